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


@pytest.mark.parametrize(
    "text",
    [
        "天天加班累死了",
        "气死我了，工资又少发三百",
        "今天车间热死人了",
        "笑死，这也叫加班费",
        "这个月忙到要死",
        "食堂难吃得要死",
        "饿死了，先去吃饭再说",
        "房租贵死人，工资还不涨",
        "烦死了，天天开会",
        "急死我了，工资到底哪天发",
        "吓死我了，还以为被辞退了",
        "等你们回话等得花儿都谢了，急得要命",
        "老板抠得要命，一分加班费不给",
        "排班排得想骂人，困死了",
        "这点工资够谁活啊",
        "工资拖到现在，我死心了，想走人",
        "打死我也不签这个字",
        "打死也不去那个厂了",
        "公司砍了我一半奖金",
        "这活干得累成狗了，想换岗",
    ],
)
def test_a_look_alike_brings_no_hotline_card(matcher, text):
    assert not matcher.is_danger(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "工资要不回来，我真的不想活了",
        "干了一辈子落得这样，活着没意思",
        "再不给钱我就从塔吊上跳下去",
        "我现在就站在楼顶，让老板来见我",
        "药我都买好了，喝农药一了百了",
        "我把遗书写好了，孩子托给我妈",
        "手腕上割了一道，血止不住，割腕了",
        "欠薪的事解决不了我就跟他同归于尽",
        "逼急了我就捅死那个包工头",
        "工头带人打我，现在还堵在宿舍门口",
        "老板叫人持刀守着大门",
        "他们把我们锁在宿舍里不让走",
        "老公打我，我不敢回家",
        "昨晚被班长性侵了，不敢说",
        "我工友说要跳楼，劝不住",
        "我老乡吞安眠药了，叫不醒",
        "他说再去讨薪就弄死我",
        "我带了汽油，今天就在厂门口做个了断",
        "失业半年了，天天想着怎么死比较不疼",
        "對不起爸媽，我想結束自己的生命",
    ],
)
def test_danger_said_in_other_words_is_seen(matcher, text):
    assert matcher.is_danger(fold(text))
