"""The answer in words. Sentences come from words.yaml and the topic's `words`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongyou.rulebook.model import FactValue, Rulebook
from gongyou.rulebook.model.outcomes import Answer, Card, Citation, Eligibility, Step, Total
from gongyou.rulebook.model.text import day_text, in_unit, nested, spaced, span_text


def render_card(rulebook: Rulebook, answer: Answer, facts: Mapping[str, FactValue]) -> Card:
    """The answer card: conclusion first, then the workings, the basis, what to do, the notes."""
    words = {**rulebook.words, **rulebook.topics[answer.topic].words}
    rules = rulebook.topics[answer.topic].rules
    asides = {rule.id for rule in rules if rule.under == "notes"}
    conclusion = _conclusion(answer, words)
    steps = [step for step in answer.steps if not _is_said(step, conclusion)]
    return Card(
        conclusion=conclusion,
        workings=[
            *_reasons(answer, words),
            *(text for line in _merged(steps) for text in line.texts(words)),
        ],
        basis=[_cite(one, words) for one in answer.basis if one.rule_id not in asides],
        steps=[*_applying(answer, words), *answer.next_steps],
        notes=list(answer.notes),
        status=answer.status,
    )


def _is_said(step: Step, conclusion: str) -> bool:
    """Whether a line that works nothing out stands in the conclusion already."""
    return not step.name and bool(step.says) and step.says in conclusion


def _conclusion(answer: Answer, words: Mapping[str, str]) -> str:
    told = [_entitled(one, answer, words) for one in answer.eligibility]
    told += [_summed(one, answer, words) for one in answer.totals]
    if told:
        return "".join(told)
    lines = [step.says for step in answer.steps if step.says]
    missing = [step.missing for step in answer.steps if step.missing]
    key = _worded("none" if missing else "lines", "", answer, words)
    first = lines[0] if lines else ""
    return words[key].format(missing="；".join(missing), first=first, label=answer.title)


def _reasons(answer: Answer, words: Mapping[str, str]) -> Iterator[str]:
    for one in answer.eligibility:
        for reason in one.reasons:
            kind = {True: "yes", False: "no", None: "unsure"}[reason.met]
            yield (
                words[f"reason.{kind}"].format(text=reason.text)
                if kind != "unsure"
                else reason.text
            )


def _applying(answer: Answer, words: Mapping[str, str]) -> Iterator[str]:
    """Where to apply and what to bring, for what is not refused."""
    for one in answer.eligibility:
        if one.eligible is False:
            continue
        if one.apply:
            yield one.apply
        if one.papers:
            yield words["eligibility.papers"].format(papers="、".join(one.papers))


def _worded(kind: str, name: str, answer: Answer, words: Mapping[str, str]) -> str:
    """The key of the fitting sentence: one that says 待核实 before all, then the amount's own."""
    endings = (".unverified", "") if answer.status == "unverified" else ("",)
    stems = (f"conclusion.{name}.{kind}", f"conclusion.{kind}")
    return next(f"{s}{e}" for e in endings for s in stems if f"{s}{e}" in words)


def _summed(one: Total, answer: Answer, words: Mapping[str, str]) -> str:
    key = _worded(_kind(one), one.name, answer, words)
    return words[key].format(
        label=one.label,
        unit=spaced(one.unit),
        total=in_unit(one.known if one.value is None else one.value, one.unit),
        known=in_unit(one.known, one.unit),
        low=in_unit(one.low or one.known, one.unit),
        high=in_unit(one.high or one.known, one.unit),
        missing="；".join(one.missing),
    )


def _kind(one: Total) -> str:
    if one.value is not None:
        return "exact" if one.value else "nothing"
    if one.low is not None:
        return "range"
    return "part" if one.known else "none"


def _entitled(one: Eligibility, answer: Answer, words: Mapping[str, str]) -> str:
    """Whether it may be applied for; the reasons that stand in the way."""
    kind = {True: "yes", False: "no", None: "unsure"}[one.eligible]
    doubt = words["eligibility.unverified"] if answer.status == "unverified" else ""
    against = "；".join(reason.text for reason in one.reasons if reason.met is not True)
    sentence = one.conclusion or words[f"eligibility.{kind}"]
    return doubt + sentence.format(name=one.name, reasons=against)


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
            key, figure = "line.amount", _arithmetic(step)
            if not step.says:
                key = "line.amount.only"
        yield words[key].format(
            label=self._label(words),
            says=step.says,
            each=words["line.each"] if len(self.steps) > 1 else "",
            figure=figure,
            source=words["line.source"].format(source=step.source) if step.source else "",
            missing=step.missing,
            count=len(step.alternatives),
            unit=spaced(step.unit),
        )
        for one in step.alternatives:
            figure = _equation(one.expression, in_unit(one.amount, step.unit))
            text = words["line.option"]
            yield text.format(condition=one.condition, figure=figure, unit=spaced(step.unit))

    def _label(self, words: Mapping[str, str]) -> str:
        first, last = self.steps[0], self.steps[-1]
        if first is last or not (first.since and first.until and last.since and last.until):
            return first.label
        if len(self.steps) > 2:
            return span_text(first.since, last.until)
        spans = (span_text(first.since, first.until), span_text(last.since, last.until))
        return words["line.two"].format(first=spans[0], last=spans[1])


def _gist(step: Step) -> tuple[object, ...]:
    return (
        step.rule_id, step.name, step.expression, step.amount, step.alternatives, step.missing,
    )  # fmt: skip


def _arithmetic(step: Step) -> str:
    assert step.amount is not None
    return _equation(step.expression, in_unit(step.amount, step.unit))


def _equation(expression: str, amount: str) -> str:
    bare = expression.replace(",", "") == amount.replace(",", "")
    return amount if bare or not expression else f"{expression} = {amount}"


def _merged(steps: Iterable[Step]) -> list[_Line]:
    """Lines of the workings; what is on the way to several figures is said once."""
    lines: list[_Line] = []
    said: set[tuple[object, ...]] = set()
    for step in steps:
        if step.on_the_way and (step.label, *_gist(step)) in said:
            continue
        said.add((step.label, *_gist(step)))
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
