"""What a run writes, and its comparison with the run before."""

import json
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from evaluation.errors import CannotEvaluate
from evaluation.judging import Judged
from evaluation.report import worst, write_reports
from evaluation.results import Run, read_last, result_of, write_result
from evaluation.table import lines
from tests.evaluation.conftest import SAMPLE

KEYS = [
    "top1",
    "top3",
    "main_top1",
    "macro_f1",
    "oos_auroc_far",
    "oos_auroc_near",
    "crisis_recall",
    "wrong_confident",
    "parse_ms_p50",
    "parse_ms_p95",
]


@pytest.fixture
def run(judged: list[Judged]) -> Run:
    return Run("sample", "a.tar.gz", datetime(2026, 11, 21, tzinfo=timezone.utc), judged)


def pages(folder: Path, run: Run, with_text: bool) -> list[str]:
    written = write_reports(folder, run, result_of(run), None, with_text)
    return [page.read_text(encoding="utf-8") for page in written]


def test_latest_has_every_figure_also_by_topic_and_source_type(tmp_path: Path, run: Run) -> None:
    write_result(tmp_path, result_of(run))
    latest = json.loads((tmp_path / "latest.json").read_text(encoding="utf-8"))
    for row in (latest, latest["topic"]["wage_arrears"], latest["source_type"]["unknown"]):
        assert set(KEYS) <= set(row)


def test_no_sentence_is_in_the_figures_or_in_reports_without_text(tmp_path: Path, run: Run) -> None:
    write_result(tmp_path, result_of(run))
    pages(tmp_path, run, with_text=False)
    said = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert "S5" in said
    for one in run.judged:
        assert one.case.text not in said
        assert json.dumps(one.case.text) not in said


def test_with_text_the_worst_sentences_are_shown(tmp_path: Path, run: Run) -> None:
    for page in pages(tmp_path, run, with_text=True):
        assert "唱首歌" in page
        assert "厂里停工一个月" not in page  # it was right


def test_a_sentence_is_text_in_html_and_one_cell_in_markdown(tmp_path: Path, run: Run) -> None:
    odd = replace(run.judged[4], case=replace(run.judged[4].case, text="<b>a|b\nc"))
    markdown, html = pages(tmp_path, replace(run, judged=[odd]), with_text=True)
    assert "&lt;b&gt;a|b c" in html
    assert "a\\|b c" in markdown


def test_the_page_needs_no_network(tmp_path: Path, run: Run) -> None:
    page = pages(tmp_path, run, with_text=False)[1]
    assert not any(word in page for word in ("http:", "https:", "src=", "<link", "<script"))


def test_the_confident_errors_come_first(run: Run) -> None:
    surer = replace(run.judged[4], confidence=0.95)
    asked_back = replace(run.judged[5], confidence=0.99)
    assert worst([run.judged[4], asked_back, surer]) == [surer, run.judged[4], asked_back]


def test_every_figure_stands_beside_the_last_one(tmp_path: Path, run: Run) -> None:
    write_result(tmp_path, result_of(replace(run, judged=run.judged[:5])))
    now = result_of(run)
    right = lines(now, read_last(tmp_path, now))[1]
    assert (right.now, right.last, right.delta) == ("0.667", "0.800", "−0.133")


def test_no_change_is_an_equals_sign_and_no_last_run_is_nothing(run: Run) -> None:
    now = result_of(run)
    assert {line.delta for line in lines(now, now)} == {"=", ""}  # "" where there is no figure
    assert {line.delta for line in lines(now, None)} == {""}


def test_other_questions_than_last_time_are_told(tmp_path: Path, run: Run) -> None:
    last = result_of(replace(run, judged=run.judged[:5]))
    for page in write_reports(tmp_path, run, result_of(run), last, False):
        assert "other questions" in page.read_text(encoding="utf-8")


def test_topics_without_an_intent_of_their_own_are_named(tmp_path: Path, run: Run) -> None:
    for page in pages(tmp_path, run, with_text=False):
        assert "Counted as other_work, having no intent of their own: leave_pay." in page


def test_a_damaged_last_result_is_named(tmp_path: Path, run: Run) -> None:
    (tmp_path / "sample.json").write_text("{", encoding="utf-8")
    with pytest.raises(CannotEvaluate, match=r"sample\.json: .*delete it"):
        read_last(tmp_path, result_of(run))


def test_the_sample_is_the_one_the_figures_are_about(run: Run) -> None:
    assert len(run.judged) == len(SAMPLE.read_text(encoding="utf-8").splitlines())
