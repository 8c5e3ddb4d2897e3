"""Which advice a week's figures give reason for: by rules (advice.yaml), never made up."""

from gongyou.reporting.figures import Figures
from gongyou.reporting.words import read_advice


def choose_advice(figures: Figures) -> list[str]:
    """Sentences: for what must never wait, for each warning, for the topics with most workers."""
    advice = read_advice()
    by_topic, first = advice["topics"], advice["always_topics"]
    keys = [line.key for line in figures.topics]
    always = [by_topic[key] for key in first if key in keys]
    risks = [
        advice["risks"][risk.subject].format(name=risk.name, place=risk.place)
        for risk in figures.risks
    ]
    others = [by_topic[key] for key in keys if key in by_topic and key not in first]
    chosen = [*always, *risks, *others[: advice["most_topics"]]]
    return list(dict.fromkeys(chosen)) or [advice["none"]]
