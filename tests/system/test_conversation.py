"""The main job over HTTP: the worker's real words through the trained model, end to end."""

import pytest

from tests.system.whole import Phone, Whole

pytestmark = pytest.mark.system

QUESTION = "厂里9月1号停工到现在，一分钱没发，我在焦作，一个月4000"


def card(messages: list[dict]) -> dict:
    cards = [m["custom"] for m in messages if (m.get("custom") or {}).get("kind") == "answer_card"]
    assert cards, messages
    return cards[-1]


def test_the_bot_asks_only_for_what_the_rule_still_needs(phone: Phone) -> None:
    phone.say(QUESTION)
    asked = phone.seen[-1]["text"]
    assert "干活" in asked
    phone.press("没干")
    assert "发薪" in phone.seen[-1]["text"] or "几号" in phone.seen[-1]["text"]


def test_the_answer_says_the_first_cycle_in_full_and_the_tiers_of_the_rest(phone: Phone) -> None:
    phone.say(QUESTION)
    phone.press("没干")
    shown = card(phone.press("1号到月底"))
    assert "4,000" in "".join(shown["workings"])
    assert "1,880" in "".join(shown["workings"])
    assert "劳部发〔1994〕489号" in "".join(shown["basis"])
    assert shown["steps"]


def test_not_knowing_is_an_answer(phone: Phone) -> None:
    phone.say(QUESTION)
    phone.press("没干")
    assert card(phone.say("不清楚"))["conclusion"]


def test_a_correction_in_the_middle_of_the_questions_counts(phone: Phone) -> None:
    phone.say(QUESTION)
    phone.say("说错了，不是焦作，是株洲")
    phone.press("没干")
    shown = card(phone.press("1号到月底"))
    assert "株洲" in str(shown)
    assert "12333" in str(shown)


def test_a_new_question_in_the_middle_of_the_questions_is_taken_up(phone: Phone) -> None:
    phone.say(QUESTION)
    phone.say("算了先问这个，老板拖着三个月工资不给，怎么要回来")
    assert "拖欠" in phone.words() or "欠" in phone.seen[-1]["text"]


def test_the_same_facts_elsewhere_are_one_tap_away(phone: Phone) -> None:
    phone.say(QUESTION)
    phone.press("没干")
    phone.press("1号到月底")
    phone.press("换个情况再算")
    place = next(b["title"] for b in phone.seen[-1]["buttons"] if "焦作" in b["title"])
    phone.press(place)
    assert "广州" in str(card(phone.say("广州")))


def test_a_person_is_one_tap_away_and_gives_a_receipt(phone: Phone) -> None:
    phone.say(QUESTION)
    phone.say("我要找个真人")
    assert "receipt" in phone.words()


def test_crisis_words_bring_the_numbers_at_once(phone: Phone) -> None:
    said = str(phone.say("工资要不回来，我不想活了"))
    assert "12356" in said
    assert "110" in said


@pytest.mark.parametrize(
    "text",
    [
        "😀😀😀",
        "<script>alert(1)</script>",
        "how much do they owe me",
        '/wage_shutdown{"region":"410800"}',
        "一百万亿",
        "我2月31日停工的",
        "2031年5月开始停工",
        "我在西地省上班，停工了",
        "\u200b\u0007停工没发工资",
    ],
)
def test_odd_input_gets_a_clear_answer(phone: Phone, text: str) -> None:
    replies = phone.say(text)
    said = str(replies)
    assert replies
    assert "Traceback" not in said
    assert "暂时" not in said, "the fallback for a dead bot"


def test_no_word_of_a_worker_is_in_a_log(whole: Whole) -> None:
    Phone(whole).say("我叫张翠花，电话13912345678，在鸿运电子厂停工了")
    logs = whole.logs()
    assert "张翠花" not in logs
    assert "13912345678" not in logs
    assert "鸿运" not in logs
