"""What a topic counts as when it is scored, and which topics there are."""

from pathlib import Path

# One class in every score: the bot has no answer of its own to any of them.
FAR = frozenset({"chitchat", "abuse", "non_law"})
NEAR = frozenset({"other_law"})
OUT_TOPICS = FAR | NEAR
OUT = "out"
CRISIS = "crisis"
# Rights at work without an intent of their own, as long as the bot has an intent for the rest.
REST = "other_work"
# Topics that are answered without a rule.
ROUTED = OUT_TOPICS | {CRISIS, REST, "human_handoff"}


def read_intents(root: Path) -> frozenset[str]:
    """The intents a model can choose: data/nlu has one file for each, named after it."""
    return frozenset(path.stem for path in (root / "data/nlu").glob("*.yml"))


def read_topics(root: Path) -> frozenset[str]:
    """All that can be an answer: the topics of the rulebook and those routed without a rule."""
    return ROUTED | {path.stem for path in (root / "rulebook/national").glob("*.yaml")}


def label(topic: str, intents: frozenset[str]) -> str:
    """What a topic counts as: the out classes are one, and a topic without an intent of its own
    belongs to other_work where there is such an intent."""
    if topic in OUT_TOPICS:
        return OUT
    return REST if topic not in intents and REST in intents else topic
