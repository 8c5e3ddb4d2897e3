"""Odd input and privacy, with the real assistant."""

import pytest

from tests.system.whole import Phone, Whole

pytestmark = pytest.mark.system


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
