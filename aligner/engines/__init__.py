"""Engines: two texts in, links with confidence out.

`align_article` finds a letter inside an article, `align_articles` inside several; `realign_article` mends an
alignment after a reviewer's word (`Anchors`). `ENGINES` align two given lists of sentences.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aligner.engines.base import Bead, Engine, bead_line, check_beads
from aligner.engines.beads import BeadAnchors, BeadEngine, GaleChurch, beads_around
from aligner.engines.bertalign import Bertalign, install_hint

if TYPE_CHECKING:
    from aligner.engines.anchors import Anchors, Confirmed, Forbidden
    from aligner.engines.article import Target, align_article, align_articles, realign_article

ENGINES: dict[str, Engine] = {
    "crf": BeadEngine(),
    "galechurch": GaleChurch(),
    "bertalign": Bertalign(),
}
"""By name; the first is the default."""

EXTRAS: dict[str, tuple[str, str]] = {"bertalign": ("bertalign", install_hint(sys.version_info[:2]))}
"""Name -> the module that it needs and how to get it, of those that come with an extra of this program."""

# Who aligns two lists does not wait for what reads articles: these come when they are first asked for.
_HOMES = {
    "Anchors": "aligner.engines.anchors",
    "Confirmed": "aligner.engines.anchors",
    "Forbidden": "aligner.engines.anchors",
    "Target": "aligner.engines.article",
    "align_article": "aligner.engines.article",
    "align_articles": "aligner.engines.article",
    "realign_article": "aligner.engines.article",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


__all__ = [
    "ENGINES",
    "EXTRAS",
    "Anchors",
    "Bead",
    "BeadAnchors",
    "Confirmed",
    "Engine",
    "Forbidden",
    "Target",
    "align_article",
    "align_articles",
    "bead_line",
    "beads_around",
    "check_beads",
    "realign_article",
]
