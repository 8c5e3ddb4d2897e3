"""What contradicts a correction, in words."""

from gongyou.desk.errors import Contradicts
from gongyou.web.names import Names
from gongyou.web.staff.teaching.topics import name_topic
from gongyou.web.texts import read_texts, say


def tell_contradiction(error: Contradicts, names: Names) -> str:
    """Names the other sentence: one of our own, or another correction by its number.

    Some of our own have no topic to name: they answer the bot, or steer the talk.
    """
    named = name_topic(names, error.topic)
    topic = str(read_texts()["teach_steering"]) if named == error.topic else named
    if error.correction is None:
        return say("teach_contradicts_ours", topic=topic)
    return say("teach_contradicts", topic=topic, number=error.correction)
