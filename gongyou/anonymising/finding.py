"""Everything in a text that leads to somebody."""

from gongyou.anonymising.accounts import find_accounts
from gongyou.anonymising.addresses import find_addresses, join_neighbours
from gongyou.anonymising.companies import find_companies
from gongyou.anonymising.folding import fold
from gongyou.anonymising.names import find_names
from gongyou.anonymising.numbers import find_numbers
from gongyou.anonymising.spans import Span, merge
from gongyou.anonymising.tagging import tag_words


def find_personal(text: str) -> list[Span]:
    """The places in order, none overlapping. Takes a millisecond a sentence, and half a second
    more the first time, while the tagger is loaded."""
    folded = fold(text)
    words = tag_words(folded)
    places = join_neighbours(folded, list(find_addresses(folded, words)))
    return merge(
        (
            *find_numbers(folded),
            *find_accounts(folded),
            *find_companies(folded, words),
            *find_names(folded, words),
            *places,
        )
    )
