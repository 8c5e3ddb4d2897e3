"""Measure a trained model on labelled questions.

    PYTHONPATH=. bot/.venv/bin/python -m evaluation.understanding --data questions.jsonl

Each line of the file holds id, text, topics (the main one first) and scope (in, near or out).
A question is right when the bot's topic is anywhere in its topics.
"""

import argparse
import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from evaluation.cases import Case, read_cases
from evaluation.report import report_lines, write_errors
from evaluation.scoring import Prediction, judge


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evaluation.understanding", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="questions, JSON lines")
    parser.add_argument("--model", type=Path, default=Path("models"), help="model or its folder")
    parser.add_argument("--intents", type=Path, default=Path("data/nlu"), help="one file each")
    parser.add_argument("--errors", type=Path, help="where to write the wrong ones, TSV")
    return parser.parse_args(arguments)


def read_intents(folder: Path) -> frozenset[str]:
    """The intents a model can choose: data/nlu has one file for each, named after it."""
    return frozenset(path.stem for path in folder.glob("*.yml"))


async def predict(model: Path, cases: Sequence[Case]) -> list[Prediction]:
    """Parse each text with the model. Raises rasa's ModelNotFound when there is none."""
    from rasa.core.agent import Agent
    from rasa.model import get_local_model
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)  # at its debug level rasa writes every text it parses
    agent = Agent.load(get_local_model(str(model)))
    parsed = [await agent.parse_message(case.text) for case in cases]
    return [_read_prediction(one) for one in parsed]


def _read_prediction(parsed: dict) -> Prediction:
    ranking = {row["name"]: row["confidence"] for row in parsed.get("intent_ranking", [])}
    return Prediction(parsed["intent"]["name"] or "none", ranking)


def main(arguments: Sequence[str] | None = None) -> None:
    options = parse_arguments(arguments)
    cases = read_cases(options.data)
    predictions = asyncio.run(predict(options.model, cases))
    judged = judge(cases, predictions, read_intents(options.intents))
    print("\n".join(report_lines(judged)))
    if options.errors:
        print(f"\n{write_errors(options.errors, judged)} errors in {options.errors}")


if __name__ == "__main__":
    main()
