"""A week's figures as a union sends them upward: a Word file, a workbook, charts. Knows no desk."""

from gongyou.reporting.chart import Bar, columns_chart, rows_chart
from gongyou.reporting.compose import compose_report, report_name, tell_risk
from gongyou.reporting.figures import Figures, Line, Risk
from gongyou.reporting.words import region_words, tell_week, topic_words
from gongyou.reporting.workbook import render_xlsx

__all__ = [
    "Bar",
    "Figures",
    "Line",
    "Risk",
    "columns_chart",
    "compose_report",
    "region_words",
    "render_xlsx",
    "report_name",
    "rows_chart",
    "tell_risk",
    "tell_week",
    "topic_words",
]
