"""The union's own pages for finding a job and for joining, one for each place; officers edit them.

The assistant shows a worker the link of the smallest place around them that has one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from urllib.parse import urlsplit

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.audit import record
from gongyou.desk.base import Base, UtcDateTime, one_of
from gongyou.desk.errors import LinkRefused, NotAllowed, NotFound
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.people.roles import EVERYWHERE

type LinkKind = Literal["jobs", "join"]

LINK_KINDS: Final[tuple[LinkKind, ...]] = ("jobs", "join")
TITLE_LONGEST: Final = 40  # characters
URL_LONGEST: Final = 300
HOST_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


class UnionLink(Base):
    """One page of a union's. `region`: a GB/T 2260 code, "000000" for the whole country."""

    __tablename__ = "union_links"
    __table_args__ = (
        CheckConstraint(one_of("kind", LINK_KINDS), name="kind"),
        UniqueConstraint("kind", "region"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(String(8))
    region: Mapped[str] = mapped_column(String(6))
    title: Mapped[str] = mapped_column(String(TITLE_LONGEST))
    url: Mapped[str] = mapped_column(String(URL_LONGEST))
    updated_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class LinkText:
    """What an officer writes down."""

    kind: LinkKind
    region: str
    title: str
    url: str


def save_link(session: Session, person: Person, link: LinkText, now: datetime) -> int:
    """The place's link of this kind from now on; gives its number.

    Raises NotAllowed (another's place), LinkRefused (title_…, url_…).
    """
    _check_place(person, link.region)
    check_title(link.title)
    check_url(link.url)
    row = {
        "kind": link.kind,
        "region": link.region,
        "title": link.title,
        "url": link.url,
        "updated_by": person.id,
        "updated_at": now,
    }
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    written = dialect.insert(UnionLink).values(row)
    changed = {name: row[name] for name in ("title", "url", "updated_by", "updated_at")}
    written = written.on_conflict_do_update(index_elements=["kind", "region"], set_=changed)
    number: int = session.scalars(written.returning(UnionLink.id)).one()
    session.get(UnionLink, number, populate_existing=True)
    record(session, actor_of(person), "link.save", f"link:{number}", now)
    return number


def remove_link(session: Session, number: int, person: Person, now: datetime) -> None:
    """The place has no link of its own any more. Raises NotFound, NotAllowed."""
    link = session.get(UnionLink, number)
    if link is None:
        raise NotFound("link_missing")
    _check_place(person, link.region)
    session.execute(delete(UnionLink).where(UnionLink.id == number))
    record(session, actor_of(person), "link.remove", f"link:{number}", now)


def fetch_links(session: Session) -> Sequence[UnionLink]:
    """Every link; they are public."""
    return session.scalars(select(UnionLink).order_by(UnionLink.kind, UnionLink.region)).all()


def find_link(session: Session, kind: LinkKind, regions: Sequence[str]) -> UnionLink | None:
    """The link of the first of these regions that has one: the smallest place first."""
    query = select(UnionLink).where(UnionLink.kind == kind, UnionLink.region.in_(regions))
    found = {link.region: link for link in session.scalars(query)}
    return next((found[region] for region in regions if region in found), None)


def may_edit(person: Person, region: str) -> bool:
    """An officer's own places; the officers of one enterprise's union have none."""
    if person.role != "officer" or person.employer:
        return False
    return any(_covers(own, region) for own in person.regions)


def host_of(url: str) -> str:
    """jzzgh.org.cn for https://jzzgh.org.cn/join: what a worker is shown beside the link."""
    return urlsplit(url).netloc


def check_title(title: str) -> None:
    """Raises LinkRefused."""
    if not title:
        raise LinkRefused("title_empty", "title")
    if len(title) > TITLE_LONGEST:
        raise LinkRefused("title_long", "title", most=TITLE_LONGEST, length=len(title))


def check_url(url: str) -> None:
    """Raises LinkRefused unless it is a plain https address of a named host."""
    if len(url) > URL_LONGEST:
        raise LinkRefused("url_long", "url", most=URL_LONGEST, length=len(url))
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise LinkRefused("url_bad", "url") from None
    if parts.scheme != "https":
        raise LinkRefused("url_not_https", "url")
    if any(c.isspace() or not c.isprintable() or c in '\\"<>' for c in url):
        raise LinkRefused("url_bad", "url")
    if parts.username is not None or parts.password is not None:
        raise LinkRefused("url_at", "url")
    if not set(host) <= HOST_LETTERS or not _is_named(host):
        raise LinkRefused("url_host", "url")


def _is_named(host: str) -> bool:
    """example.org and not 10.0.0.1, 127.0.0.0x1, localhost or a..b."""
    labels = host.split(".")
    return len(labels) > 1 and all(labels) and labels[-1][0].isalpha()


def _check_place(person: Person, region: str) -> None:
    if not may_edit(person, region):
        raise NotAllowed("link_not_yours")


def _covers(own: str, region: str) -> bool:
    if own == EVERYWHERE:
        return True
    prefix = own[:2] if own.endswith("0000") else own[:4] if own.endswith("00") else own
    return region.startswith(prefix)
