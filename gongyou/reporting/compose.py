"""Figures → the report as it will stand: 问题概况, 突出风险, 处置情况, 建议."""

from collections.abc import Sequence
from datetime import date

from gongyou.casework.documents import (
    Block,
    Composed,
    Heading,
    Numbered,
    Paragraph,
    Signature,
    Table,
)
from gongyou.reporting.advice import choose_advice
from gongyou.reporting.figures import Figures, Line, Risk
from gongyou.reporting.words import read_words, tell_day

_MOST_TOLD = 3  # topics named in the first sentence


def compose_report(figures: Figures) -> Composed:
    """The whole report; every figure in it is one of `figures`."""
    words = read_words()
    head = Table((), tuple((label, text) for label, text in report_head(figures)), (1, 4))
    blocks: list[Block] = [Heading(words["title"], 0), head]
    for part, write in (
        ("overview", _overview),
        ("risks", _risks),
        ("handling", _handling),
        ("advice", _advice),
    ):
        blocks += [Heading(words["parts"][part]), *write(figures)]
    blocks += [Heading(words["notes_head"], 2), Numbered(tuple(words["notes"]))]
    blocks.append(Signature((tuple(words["sign"]),)))
    return Composed(report_name(figures.place, figures.monday), words["title"], tuple(blocks), {})


def report_name(place: str, monday: date) -> str:
    """The file's name without its ending."""
    year, week, _ = monday.isocalendar()
    return str(read_words()["name"]).format(place=place, year=year, week=week)


def report_head(figures: Figures) -> list[tuple[str, str]]:
    """报告单位, 时间段, 制表日期, each with its text."""
    words = read_words()
    year, week, _ = figures.monday.isocalendar()
    span = words["span"].format(start=tell_day(figures.monday), end=tell_day(figures.sunday))
    values = {"place": figures.place, "span": span, "year": year, "week": week}
    values["made"] = tell_day(figures.made_on)
    return [(label, text.format(**values)) for label, text in words["head"].values()]


def tell_risk(risk: Risk) -> str:
    """One warning as a sentence."""
    sentence = read_words()["risks"][risk.why][risk.subject]
    return str(sentence).format(
        name=risk.name, place=risk.place, workers=risk.workers, before=risk.before
    )


def tell_handling(figures: Figures) -> list[str]:
    """Who has an answer and who waits, without what is nought."""
    words = read_words()["handling"]
    values = {name: getattr(figures, name) for name in ("answered", "waiting", "untold")}
    told = [words[name].format(**values) for name, value in values.items() if value]
    return told or [words["none"]]


def tell_before(before: int | None) -> str:
    return str(read_words()["absent"] if before is None else before)


def _overview(figures: Figures) -> list[Block]:
    words = read_words()["overview"]
    if not figures.workers:
        return [Paragraph(words["none"])]
    sentence = words["total" if figures.before is None else "before"]
    text = sentence.format(workers=figures.workers, before=figures.before)
    told = [line for line in figures.topics if line.key][:_MOST_TOLD]
    if told:
        each = (words["topic"].format(name=line.name, workers=line.workers) for line in told)
        text += words["most"].format(topics="，".join(each))
    blocks: list[Block] = [Paragraph(text), _table(words["topics"], figures.topics)]
    if len(figures.regions) > 1:
        blocks.append(_table(words["regions"], figures.regions))
    return blocks


def _risks(figures: Figures) -> list[Block]:
    words = read_words()["risks"]
    blocks: list[Block] = [Paragraph(words["none"])]
    if figures.risks:
        blocks = [Numbered(tuple(tell_risk(risk) for risk in figures.risks))]
    for name, lines in (("employers", figures.employers), ("parks", figures.parks)):
        if lines:
            blocks.append(Paragraph(words[f"{name}_head"], keep=True))
            blocks.append(_table(words[name], lines, with_place=True))
    return blocks


def _handling(figures: Figures) -> list[Block]:
    return [Paragraph("".join(tell_handling(figures)))]


def _advice(figures: Figures) -> list[Block]:
    return [Numbered(tuple(choose_advice(figures)))]


def _table(header: Sequence[str], lines: Sequence[Line], with_place: bool = False) -> Table:
    rows = tuple(
        (
            line.name,
            *((line.place,) if with_place else ()),
            str(line.workers),
            tell_before(line.before),
        )
        for line in lines
    )
    return Table(tuple(header), rows, (3, 3, 2, 2) if with_place else (4, 2, 2))
