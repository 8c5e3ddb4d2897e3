"""Personal data in a text of a worker's: where it stands, and the text without it.

`find_personal` proposes; a second person looks at what it proposes and at what it left, so it
would rather take too much than too little. Wages, dates, amounts, provinces, cities and
districts stay: they are what the sentence is about.
"""

from gongyou.anonymising.finding import find_personal
from gongyou.anonymising.replacing import replace
from gongyou.anonymising.spans import KINDS, Kind, Span

__all__ = ["KINDS", "Kind", "Span", "find_personal", "replace"]
