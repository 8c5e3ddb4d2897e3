"""Measure how well the bot understands.

    make evaluate                        folds of our own sentences (data/nlu)
    make evaluate FILE=questions.jsonl   the newest model on a file of labelled questions

Each line of the file holds id, text, topics (the main one first), scope (in, near or out) and
perhaps source_type. Reports and figures are written to evaluation/results.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from evaluation.cases import Case, read_cases
from evaluation.errors import CannotEvaluate
from evaluation.folds import FEWEST, cross_validate
from evaluation.judging import Judge, Prediction
from evaluation.model import find_model, keep_quiet, load, parse_all
from evaluation.report import write_reports
from evaluation.results import Run, read_last, result_of, write_result
from evaluation.table import as_text, lines
from evaluation.topics import read_intents, read_topics
from gongyou.run.model import model_path

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "evaluation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="labelled questions; without it, folds")
    parser.add_argument("--model", type=Path, default=MODELS, help="a model or a folder")
    parser.add_argument("--folds", type=int, default=5, help="how many (default 5)")
    parser.add_argument("--out", type=Path, default=ROOT / "evaluation/results", help="for reports")
    parser.add_argument(
        "--text",
        action=argparse.BooleanOptionalAction,
        help="write the sentences of the worst errors into the reports (default: only those of "
        "files inside the repository)",
    )
    options = parser.parse_args(arguments)
    if not 2 <= options.folds <= FEWEST:
        parser.error(f"--folds: from 2 to {FEWEST}")
    return options


def predict(options: argparse.Namespace) -> tuple[str, str, list[Case], list[Prediction]]:
    """Ask the model, or the models of the folds: (questions' name, model's, cases, predictions)."""
    if options.data is None:
        return "folds", f"{options.folds} folds", *cross_validate(ROOT, options.folds)
    cases = read_cases(options.data, read_topics(ROOT) | read_intents(ROOT))
    model = find_model(options.model)
    predictions = asyncio.run(parse_all(load(model), [case.text for case in cases]))
    return options.data.stem, model.name, cases, predictions


def evaluate(options: argparse.Namespace) -> str:
    """Measure, write the reports, return what to print. Raises CannotEvaluate."""
    name, model, cases, predictions = predict(options)
    judged = Judge(read_intents(ROOT), read_topics(ROOT)).judge(cases, predictions)
    run = Run(name, model, datetime.now().astimezone(), judged)
    now = result_of(run)
    options.out.mkdir(parents=True, exist_ok=True)
    last = read_last(options.out, now)
    pages = write_reports(options.out, run, now, last, shows_text(options))
    write_result(options.out, now)
    notes = [*(f"written: {page}" for page in pages), *stale(options, model)]
    return "\n".join([as_text(lines(now, last)), "", *notes])


def stale(options: argparse.Namespace, model: str) -> list[str]:
    """A warning when the newest model is not the one of the present sentences and code."""
    if options.data is None or options.model != MODELS or model == model_path(ROOT).name:
        return []
    return [f"note: {model} is not the model of the present data; `make train` makes that one"]


def shows_text(options: argparse.Namespace) -> bool:
    """Sentences of files outside the repository stay where they are, unless asked for."""
    if options.text is not None:
        return bool(options.text)
    return options.data is None or options.data.resolve().is_relative_to(ROOT)


def main(arguments: Sequence[str] | None = None) -> None:
    options = parse_arguments(arguments)
    keep_quiet()
    from rasa.shared.exceptions import RasaException

    try:
        print(evaluate(options))
    except (CannotEvaluate, RasaException, OSError) as error:
        sys.exit(f"evaluation: {error}")


if __name__ == "__main__":
    main()
