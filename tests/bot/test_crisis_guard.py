"""Words of danger to life are never missed; figures of speech are no alarm."""

import pytest

from bot.nlu.crisis_guard import CrisisMatcher
from bot.zh.fold import fold


@pytest.fixture(scope="module")
def matcher(lexicon):
    return CrisisMatcher(lexicon.crisis, lexicon.crisis_figures)


@pytest.mark.parametrize(
    "text",
    [
        "我不想活了",
        "拿不到工资我就从楼上跳下去",
        "不 想 活 了",
        "老板拿刀逼我签字",
        "活著沒意思",
        "老公打我",
        "停工三个月了，真的活不下去了",
        "被老板打了，工资也没给",
    ],
)
def test_danger_is_seen(matcher, text):
    assert matcher.is_danger(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "累死了",
        "工资被公司打了八折",
        "气死我了",
        "笑死",
        "热得想死",
        "职工自杀算工伤吗",
        "工友去年在宿舍去世了",
        "厂里停工",
    ],
)
def test_a_figure_of_speech_or_a_question_of_law_is_no_alarm(matcher, text):
    assert not matcher.is_danger(fold(text))


def test_every_listed_phrase_is_seen_inside_a_sentence(matcher, lexicon):
    missed = [
        phrase
        for phrase in lexicon.crisis
        if not matcher.is_danger(f"今天{phrase.replace('…', '他们')}怎么办")
    ]
    assert missed == []
