"""The answer in words. Sentences come from words.yaml and the topic's `words`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongyou.rulebook.model import FactValue, Rulebook
from gongyou.rulebook.outcomes import Answer, Card, Citation, Step
from gongyou.rulebook.text import day_text, nested, span_text, yuan


def render_card(rulebook: Rulebook, answer: Answer, facts: Mapping[str, FactValue]) -> Card:
    """The answer card: conclusion first, then the workings, the basis, what to do, the notes."""
    words = {**rulebook.words, **rulebook.topics[answer.topic].words}
    rules = rulebook.topics[answer.topic].rules
    asides = {rule.id for rule in rules if rule.under == "notes"}
    return Card(
        conclusion=_conclusion(answer, words),
        workings=[text for line in _merged(answer.steps) for text in line.texts(words)],
        basis=[_cite(one, words) for one in answer.basis if one.rule_id not in asides],
        steps=list(answer.next_steps),
        notes=list(answer.notes),
        status=answer.status,
    )


def _conclusion(answer: Answer, words: Mapping[str, str]) -> str:
    kind = _kind(answer)
    if answer.status == "unverified" and f"conclusion.{kind}.unverified" in words:
        kind += ".unverified"
    missing = [step.missing for step in answer.steps if step.missing]
    lines = [step.says for step in answer.steps if step.says]
    return words[f"conclusion.{kind}"].format(
        total=yuan(answer.total or answer.known_total),
        known=yuan(answer.known_total),
        low=yuan(answer.total_low or answer.known_total),
        high=yuan(answer.total_high or answer.known_total),
        missing="；".join(dict.fromkeys(missing)),
        first=lines[0] if lines else "",
    )


def _kind(answer: Answer) -> str:
    if answer.total is not None:
        return "exact" if answer.total else "nothing"
    if answer.total_low is not None:
        return "range"
    if any(step.missing for step in answer.steps):
        return "part" if answer.known_total else "none"
    return "lines"


@dataclass(slots=True)
class _Line:
    """One line of the workings: a step, or several that differ in nothing but their month."""

    steps: list[Step]

    def takes(self, step: Step) -> bool:
        """Whether the step says the same of another month."""
        return bool(step.rule_id) and step.since is not None and _gist(step) == _gist(self.steps[0])

    def texts(self, words: Mapping[str, str]) -> Iterator[str]:
        """The line as the worker reads it, and one more for each alternative."""
        step = self.steps[0]
        key, figure = "line.plain", ""
        if step.missing and step.missing != step.says:
            key = "line.missing" if step.says else "line.missing.only"
        elif step.alternatives:
            key = "line.alternatives"
        elif step.amount is not None:
            key, figure = "line.amount", _arithmetic(step.expression, yuan(step.amount))
        yield words[key].format(
            label=self._label(words),
            says=step.says,
            each=words["line.each"] if len(self.steps) > 1 else "",
            figure=figure,
            source=words["line.source"].format(source=step.source) if step.source else "",
            missing=step.missing,
            count=len(step.alternatives),
        )
        for one in step.alternatives:
            figure = _arithmetic(one.expression, yuan(one.amount))
            yield words["line.option"].format(condition=one.condition, figure=figure)

    def _label(self, words: Mapping[str, str]) -> str:
        first, last = self.steps[0], self.steps[-1]
        if first is last or not (first.since and first.until and last.since and last.until):
            return first.label
        if len(self.steps) > 2:
            return span_text(first.since, last.until)
        spans = (span_text(first.since, first.until), span_text(last.since, last.until))
        return words["line.two"].format(first=spans[0], last=spans[1])


def _gist(step: Step) -> tuple[object, ...]:
    return (step.rule_id, step.expression, step.amount, step.alternatives, step.missing)


def _arithmetic(expression: str, amount: str) -> str:
    return amount if expression == amount else f"{expression} = {amount}"


def _merged(steps: tuple[Step, ...]) -> list[_Line]:
    lines: list[_Line] = []
    for step in steps:
        if lines and lines[-1].takes(step):
            lines[-1].steps.append(step)
        else:
            lines.append(_Line([step]))
    return lines


def _cite(one: Citation, words: Mapping[str, str]) -> str:
    number = words["cite.number"].format(number=one.number) if one.number else ""
    key = "cite.life.unknown"
    if one.since and one.until:
        key = "cite.life.ended"
    elif one.since:
        key = "cite.life.since"
    life = words[key].format(
        since=day_text(one.since) if one.since else "",
        until=day_text(one.until) if one.until else "",
    )
    return words["cite"].format(
        document=nested(one.document), number=number, article=one.article, life=life,
        region=one.region_name, status=words[f"cite.{one.status}"],
    )  # fmt: skip
