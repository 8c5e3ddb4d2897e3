"""A small project for real trainings that take seconds: four topics told by their words.

Code, lexicon and rulebook are the repository's own, by links; sentences, domain and pipeline are
written here. Among the four topics nobody can be mistaken, so the present model's folds are all
right, and what is taught can only keep that or spoil it.
"""

import json
from pathlib import Path

from gongyou.run.taught import Example

REPOSITORY = Path(__file__).resolve().parents[2]
LINKS = ("bot", "gongyou", "rulebook", "data/lexicon")
WORDS = {
    "overtime_pay": ("加班费", "加班", "周末加班", "晚上加班"),
    "wage_cut": ("降薪", "降工资", "砍掉绩效", "扣减底薪"),
    "leave_pay": ("年假", "年休假", "带薪年假", "休年假"),
    "union_membership": ("加入工会", "工会入会", "入工会", "工会会员"),
}
ENDS = ("怎么办", "合法吗", "问一下", "厂里不管", "谁来管", "能不能找人")
CONFIG = """
recipe: default.v1
language: zh
assistant_id: small
pipeline:
  - name: bot.nlu.normaliser.Normaliser
  - name: bot.nlu.tokenizer.LexiconTokenizer
  - name: bot.nlu.topic_classifier.TopicClassifier
    strength: 10.0
  - name: FallbackClassifier
    threshold: 0.4
    ambiguity_threshold: 0.05
policies:
  - name: RulePolicy
"""
CREDENTIALS = "bot.channel.GatewayInput:\n"
# Nothing among the small project's sentences tells what this is about, until it is taught.
SENTENCE = "天天干到半夜才走人"
GOOD = (
    Example(1, "overtime_pay", SENTENCE),
    Example(2, "overtime_pay", "干到半夜，走人没车"),
    Example(3, "overtime_pay", "半夜才走人，天天这么干"),
)
# Half of our own sentences but for a blank, each said to be about the other of two topics.
SWAPPED = {"overtime_pay": "wage_cut", "wage_cut": "overtime_pay"}
BAD = tuple(
    Example(10 + number, SWAPPED[topic], f"我们 {word}的事{end}")
    for number, (topic, word, end) in enumerate(
        (topic, word, end) for topic in SWAPPED for word in WORDS[topic] for end in ENDS
    )
)


def write_project(root: Path) -> Path:
    """Write it and return where."""
    (root / "data" / "nlu").mkdir(parents=True)
    for name in LINKS:
        (root / name).symlink_to(REPOSITORY / name)
    _write_evaluation(root / "evaluation")
    for topic, words in WORDS.items():
        lines = "".join(f"    - 我们{word}的事{end}\n" for word in words for end in ENDS)
        text = f'version: "3.1"\nnlu:\n- intent: {topic}\n  examples: |\n{lines}'
        (root / "data" / "nlu" / f"{topic}.yml").write_text(text, encoding="utf-8")
    rules = "".join(
        f"- rule: {topic}\n  steps: [{{intent: {topic}}}, {{action: utter_{topic}}}]\n"
        for topic in WORDS
    )
    answers = "".join(f'  utter_{topic}: [{{text: "{topic}"}}]\n' for topic in WORDS)
    written = {
        "config.yml": CONFIG,
        "credentials.yml": CREDENTIALS,
        "endpoints.yml": "",
        "domain.yml": f'version: "3.1"\nintents: [{", ".join(WORDS)}]\nresponses:\n{answers}',
        "data/rules.yml": f'version: "3.1"\nrules:\n{rules}',
    }
    for name, text in written.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def _write_evaluation(folder: Path) -> None:
    """The code by links, with checks of its own."""
    folder.mkdir()
    for path in (REPOSITORY / "evaluation").iterdir():
        if path.suffix in (".py", ".yaml"):
            (folder / path.name).symlink_to(path)
    checks = (
        {"id": f"{topic}-1", "text": f"{words[0]}的事", "topics": [topic], "scope": "in"}
        for topic, words in WORDS.items()
    )
    lines = (json.dumps(check, ensure_ascii=False) + "\n" for check in checks)
    (folder / "checks.jsonl").write_text("".join(lines), encoding="utf-8")
