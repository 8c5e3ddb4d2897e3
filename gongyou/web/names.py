"""Topics, regions and facts in words, for the desk's pages."""

from collections.abc import Mapping
from typing import Any

from gongyou.rulebook import NATION, Rulebook, decode_facts, describe_fact, parse_region
from gongyou.web.texts import read_texts


class Names:
    """Looks up the rulebook's words; whatever it does not know is shown as it is."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def topic(self, key: str) -> str:
        """「停工停产的工资」 for wage_shutdown."""
        topic = self._rulebook.topics.get(key)
        return topic.title if topic else str(read_texts()["topics"].get(key, key))

    def region(self, code: str | None) -> str:
        """「河南省焦作市」 for 410800; a dash when the region is not known."""
        return "—" if code in (None, "", NATION) else self._full_name(str(code))

    def place(self, code: str) -> str:
        """As `region`, but 全国 is a place as well."""
        return self._full_name(code)

    def region_code(self, name: str) -> str:
        """The code of a place as somebody wrote it; "000000" when there is no one such place."""
        return parse_region(self._rulebook, name) or NATION

    def facts(self, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Label and text of each fact: from a sheet, or as the rulebook encodes them."""
        rows = [(f["label"], f["text"]) for f in facts.values() if isinstance(f, dict)]
        encoded = {name: f for name, f in facts.items() if not isinstance(f, dict)}
        return rows + self._encoded(encoded)

    def _encoded(self, encoded: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [self._one(name, value) for name, value in encoded.items()]

    def _one(self, name: str, value: Any) -> tuple[str, str]:
        """A fact the rulebook no longer has, or no longer allows, is shown as it was stored."""
        fact = self._rulebook.facts.get(name)
        try:
            decoded = decode_facts(self._rulebook, {name: value})
            shown = describe_fact(self._rulebook, name, decoded[name])
        except (ValueError, KeyError):
            shown = str(value)
        return (fact.label if fact else name, shown)

    def _full_name(self, code: str) -> str:
        try:
            return self._rulebook.region_name(code)
        except KeyError:
            return code
