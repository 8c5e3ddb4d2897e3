"""What the parts of a written date mean on a given day."""

from __future__ import annotations

from datetime import date, timedelta

from bot.zh import calendar as cal
from bot.zh.calendar import Festivals, Period
from bot.zh.date_words import DAY_WORDS, MONTH_WORDS, YEAR_WORDS
from bot.zh.lunar import read_lunar_day
from bot.zh.numerals import read_numeral


def read_period(said: dict[str, str], today: date, festivals: Festivals) -> Period | None:
    """Return the period that the named groups of a date pattern mean, as said on `today`.

    None when they mean no particular time. Raises ValueError when the calendar has no such day.
    """
    if "dw" in said:
        return _one_day(today + timedelta(days=DAY_WORDS[said["dw"]]))
    if "lm" in said:
        return _lunar(said, today, festivals)
    if "hy" in said:
        return cal.half(_said_year(said, today) or today.year, said["hy"])
    if "n" in said:
        return _ago(said, today)
    if "wk" in said:
        return _week(said, today)
    if "monthpart" in said:
        whole = cal.shift_month(today, 0)
        part = said["monthpart"][1].replace("末", "底")
        return cal.last_day(whole) if part == "底" else cal.part_of(whole, part)
    if "f" in said or "ny" in said:
        return _festival(said, today, festivals)
    if "yb" in said:
        return cal.month(today.year, 1)
    if "mw" in said:
        return _month_word(said, today)
    return _by_numbers(said, today)


def _lunar(said: dict[str, str], today: date, festivals: Festivals) -> Period | None:
    month = {"年": "正月", "初": "正月", "除夕": "大年"}.get(said["lm"], said["lm"])
    year = _said_year(said, today)
    found = read_lunar_day(month, said.get("ld", "三十"), festivals.get("春节", {}), year, today)
    return _one_day(found) if found else None


def _festival(said: dict[str, str], today: date, festivals: Festivals) -> Period | None:
    """Return the month of a festival: how long it was kept is not for us to guess."""
    years = festivals.get(said.get("f", "春节"), {})
    wanted = [_said_year(said, today)] if "yw" in said else [today.year, today.year - 1]
    for number in wanted:
        first = years.get(number) or years.get(0)
        if first and ("yw" in said or date(number, *first) <= today):
            return cal.month(number, first[0])
    return None


def _by_numbers(said: dict[str, str], today: date) -> Period | None:
    year = _said_year(said, today)
    month = said.get("m") or said.get("m2")
    if month is None and "d" not in said:
        return _whole_year(said, year)
    if month is None:
        return _latest_day(_number(said["d"]), today)
    if "d" in said:
        return _day(year, _number(month), _number(said["d"]), today)
    return _month(year, _number(month), said.get("part"), today)


def _said_year(said: dict[str, str], today: date) -> int | None:
    if "yw" in said:
        return today.year + YEAR_WORDS[said["yw"]]
    if "ys" in said:
        return 2000 + int(said["ys"])
    return _number(said["y"]) if "y" in said else None


def _number(said: str) -> int:
    value = read_numeral(said)
    return int(value) if value is not None else 0


def _whole_year(said: dict[str, str], year: int | None) -> Period | None:
    if year is None or (said.get("yw") in ("今年", "本年") and "yp" not in said):
        return None
    whole = cal.year(year)
    if "yp" not in said:
        return whole
    number = 1 if said["yp"].endswith("初") else 12
    return cal.month(year, number)


def _day(year: int | None, month: int, number: int, today: date) -> Period:
    if year is not None:
        return cal.day(year, month, number)
    for candidate in range(today.year, today.year - 9, -1):
        try:
            found = cal.day(candidate, month, number)
        except ValueError:
            continue
        if found.start <= today:
            return found
    raise ValueError("no such day")


def _month(year: int | None, number: int, part: str | None, today: date) -> Period:
    if year is None:
        year = today.year if date(today.year, number, 1) <= today else today.year - 1
    whole = cal.month(year, number)
    if part is None:
        return whole
    return cal.part_of(whole, {"上旬": "初", "中旬": "中"}.get(part, part))


def _latest_day(number: int, today: date) -> Period:
    for months in range(0, -3, -1):
        whole = cal.shift_month(today, months)
        try:
            found = cal.day(whole.start.year, whole.start.month, number)
        except ValueError:
            continue
        if found.start <= today:
            return found
    raise ValueError("no such day")


def _month_word(said: dict[str, str], today: date) -> Period:
    whole = cal.shift_month(today, MONTH_WORDS[said["mw"]])
    if "d" in said:
        return cal.day(whole.start.year, whole.start.month, _number(said["d"]))
    part = said.get("part")
    if part is None:
        return whole
    return cal.part_of(whole, {"上旬": "初", "中旬": "中"}.get(part, part))


def _week(said: dict[str, str], today: date) -> Period:
    back = {"上上": 2, "上": 1}.get(said["wk"], 0)
    monday = today - timedelta(days=today.weekday() + 7 * back)
    if "wd" in said:
        weekday = 6 if said["wd"] in "日天" else "一二三四五六".index(said["wd"])
        return _one_day(monday + timedelta(days=weekday))
    return Period(monday, monday + timedelta(days=7), "month")


def _ago(said: dict[str, str], today: date) -> Period | None:
    unit = said["u"].lstrip("个")
    half = said["n"] == "半"
    count = 0 if half else _number(said["n"])
    if unit == "天":
        return None if half else _one_day(today - timedelta(days=count))
    if unit in ("周", "星期", "礼拜"):
        return _one_day(today - timedelta(days=7 * count))
    if unit == "月":
        days = timedelta(days=15)
        return Period(today - days, today, "month") if half else cal.shift_month(today, -count)
    return cal.shift_month(today, -6) if half else cal.year(today.year - count)


def _one_day(at: date) -> Period:
    return Period(at, at + timedelta(days=1), "day")
