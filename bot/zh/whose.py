"""Whether words are denied, or said of somebody who is not the worker."""

from __future__ import annotations

import re

NOT_OURS = "-"
"""The kind of a span that is somebody else's, and no duration or sum of the worker either."""
_CLAUSE = re.compile(r"[,。;!?\n]")
_DENIED = re.compile(
    r"(?:不是|并非|不算|不属于|没有|没|未|不用|不需要|无需|不必|别|非|也不|不)"
    r"(?:在|被|去|是|说|让|叫|通过|因为|什么|我|我的|的|厂里|单位)?$"
)
_OTHER = (
    r"同事|工友|老板娘|老板|领导|主管|主任|组长|厂长|邻居|室友|舍友|老乡|朋友|婆婆|亲戚|别人|隔壁|人家"
    r"|他|她|楼上"
)
_FAMILY = r"老婆|媳妇|妻子|爱人|对象|女朋友"
_KIN = r"老公|丈夫|孩子|儿子|女儿|爸|妈|父亲|母亲"
_SAYS = r"(?:们|家|的|又|也|就)*(?:说|让|叫|要|把|给|不|看|知道|逼|催|因|嫌|以)"
_I = rf"(?:我|俺|咱|本人|自己)(?!们?的?(?:{_OTHER}|{_FAMILY}|{_KIN}))"
# A wife's pregnancy is asked about as one's own; her isolation is hers.
_SUBJECT = re.compile(rf"(?P<own>{_I}|{_FAMILY})|(?P<other>{_OTHER})(?!{_SAYS})")
_ONESELF = re.compile(rf"(?P<own>{_I})|(?P<other>{_OTHER}|{_FAMILY}|{_KIN})(?!{_SAYS})")


def is_denied(text: str, start: int) -> bool:
    """Say whether 不是, 没有 ... stands right before a place in the text."""
    return _DENIED.search(_clause_before(text, start)) is not None


def is_of_another(text: str, start: int, *, oneself: bool = False) -> bool:
    """Say whether the last person named before a place, in its clause, is somebody else than the
    worker, or than the worker's wife unless it must be `oneself`."""
    named = list((_ONESELF if oneself else _SUBJECT).finditer(_clause_before(text, start)))
    return bool(named) and named[-1].lastgroup == "other"


def _clause_before(text: str, start: int) -> str:
    return _CLAUSE.split(text[:start])[-1]
