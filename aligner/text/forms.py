"""The fixed forms of a letter: salutations and closing lines, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.text.lines import width
from aligner.text.scripts import HAN

_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening)|to (?:all|everyone|my|our|the)"
    r"|team|all|everyone|friends|colleagues)\b[^.?]{0,50}$"
    r"|[“「『\"]?(?:(?:大家|各位|你们|你們|您|你)好|亲爱的|親愛的|尊敬的|敬爱的|敬愛的|致[全各]|各位|诸位|諸位|嗨"
    r"|同事们|同事們|朋友们|朋友們|伙伴们|夥伴們)[^。？！]{0,30}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:with|best|kind|kindest|warm|warmest|many)?\s*(?:regards|wishes|thanks|gratitude|love|cheers|sincerely"
    r"|faithfully|respectfully|truly|yours|onwards?)"
    r"|(?:yours|thank you|thanks|with|best|sincerely|love|cheers|xo+)\b)"
    r"[^.?;:]{0,60}$"
    r"|(?:此致|敬礼|敬禮|敬上|谨上"
    r"|謹上|谨启|謹啟|祝好|祝[你您大各安一]|顺颂|順頌|致以|谨致|謹致|谢谢|謝謝|感恩|感谢|感謝"
    r"|您的|你的|你们的|你們的|爱你们|愛你們|怀着|懷著|懷着|带着|帶著|帶着|满怀|滿懷|谨代表|謹代表)[^。；：]{0,30}$",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 4
_NAME_WIDTH = 50

_NAME = re.compile(
    rf"(?:[{HAN}“”「」]{{2,14}}[ \u3000]+)?"
    rf"[{HAN}]{{1,6}}(?:[·・．•][{HAN}－\-]{{1,10}}){{1,3}}"
    rf"(?:[ \u3000]+[{HAN}]{{2,12}})?"
)


def greets(line: str) -> bool:
    """Whether a line is a salutation (`Dear colleagues,`, `各位同事：`), by its first words and its length."""
    body = line.strip()
    return width(body) <= 70 and bool(_GREETING.match(body))


def closes(line: str) -> bool:
    """Whether a line is a letter's closing formula, which a name follows (`With love,`, `此致`)."""
    body = line.strip()
    return width(body) <= 80 and bool(_CLOSING.match(body))


def leads_to_name(line: str, rest: Sequence[str]) -> bool:
    """Whether `line` is a closing formula and the lines after it, `rest`, are nothing but a signature.

    A wrapped sentence can begin with the words of a formula (`With`, `感谢`); it goes on in lower case
    or ends with a sentence's punctuation, which names and titles do not.
    """
    return 0 < len(rest) <= _LONGEST_SIGNATURE and closes(line) and all(_is_name(following) for following in rest)


def _is_name(line: str) -> bool:
    body = line.strip()
    ends = body[-1:] in set("。！？!?…；;：:，,") or (body.endswith(".") and " " not in body[-4:])
    return bool(body) and width(body) <= _NAME_WIDTH and not body[0].islower() and not ends


def signs(line: str) -> bool:
    """Whether a line is nothing but a foreign name in Chinese, with a title or not (`校长　约翰·史密斯`)."""
    return bool(_NAME.fullmatch(line.strip()))
