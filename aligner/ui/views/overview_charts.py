"""The Overview page's charts, made with Altair; every one has its numbers in a table beside it.

A severity has a column, a glyph and a number of its own, so that its colour is never needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from aligner.ui.messages import Catalogue, plain

GLYPHS = {"critical": "◆", "major": "■", "minor": "▲", "info": "○"}

COLOURS = {
    "light": {"critical": "#8E1A0E", "major": "#B5301F", "minor": "#C08412", "info": "#6F737B", "mode": "#51627B"},
    "dark": {"critical": "#FF9C8B", "major": "#EC7A67", "minor": "#D6A23C", "info": "#8D8F94", "mode": "#9FB0C9"},
}
"""As in `components/tokens.css`, by theme."""
INK = {"light": "#464A52", "dark": "#BCB9B1"}

ROW = 24  # pixels of a row
AXIS = 30  # pixels of the axis below, which the height of a chart includes
WIDE = 170  # pixels of a severity's column
LONGEST = 46  # characters of a row's name


def findings_chart(view: Mapping[str, Any], say: Catalogue, theme: str) -> Any:
    """An Altair chart of open findings by check, a column of bars for each severity that there is; None without any."""
    alt: Any = import_module("altair")

    names = [name for name in view["severities"] if view["open"].get(name)]
    if not names:
        return None
    heads = {name: f"{GLYPHS[name]} {say(f'severity.{name}')} ({view['open'][name]})" for name in names}
    rows = [
        {"check": check_name(say, row["check"]), "severity": heads[name], "n": row["counts"].get(name, 0)}
        for row in view["checks"]
        for name in names
    ]
    order = [check_name(say, row["check"]) for row in view["checks"]]
    most = max(row["n"] for row in rows)
    ink = INK[theme]
    bare = {"ticks": False, "domain": False, "labelColor": ink}
    y = alt.Y("check:N", sort=order, title=None, axis=alt.Axis(labelLimit=160, **bare))
    x = alt.X("n:Q", title=None, axis=None, scale=alt.Scale(domain=[0, most * 1.18]))
    base = alt.Chart(alt.Data(values=rows)).encode(y=y, x=x)
    bars = base.mark_bar(height=12).encode(
        color=alt.Color(
            "severity:N",
            scale=alt.Scale(domain=list(heads.values()), range=[COLOURS[theme][name] for name in names]),
            legend=None,
        ),
        tooltip=alt.value(None),
    )
    numbers = base.transform_filter("datum.n > 0").mark_text(align="left", dx=4, color=ink).encode(text="n:Q")
    header = alt.Header(title=None, labelAnchor="start", labelFontWeight="bold", labelColor=ink, labelFontSize=12)
    columns = alt.Column("severity:N", sort=list(heads.values()), header=header)
    return (
        alt.layer(bars, numbers)
        .properties(width=WIDE, height=ROW * len(order))
        .facet(column=columns, spacing=12)
        .configure_view(stroke=None)
    )


def agreement_chart(rows: Sequence[Mapping[str, Any]], say: Catalogue, theme: str) -> Any:
    """An Altair chart of figures as points with their intervals, on one scale up to 1; None without any."""
    alt: Any = import_module("altair")

    if not rows:
        return None
    ink, colour = INK[theme], COLOURS[theme]["mode"]
    data = [
        {
            "name": _named(row, say),
            "at": f"{row['value']:.2f}",
            **{name: row[name] for name in ("value", "low", "high")},
        }
        for row in rows
    ]
    order = list(dict.fromkeys(row["name"] for row in data))
    least = min(0.0, *(row["low"] if row["low"] is not None else row["value"] for row in rows))
    domain = alt.Scale(domain=[-1 if least < -0.5 else -0.5 if least < 0 else 0, 1.1])
    bare = {"ticks": False, "domain": False, "labelColor": ink}
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=420, **bare))
    axis = alt.Axis(values=[-1, -0.5, 0, 0.5, 1], format=".1f", **bare)
    base = alt.Chart(alt.Data(values=data)).encode(y=y)
    x = alt.X("value:Q", title=None, scale=domain, axis=axis)
    low = alt.X("low:Q", title=None, scale=domain, axis=axis)
    spans = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=2, color=colour, opacity=0.55)
    dots = base.mark_point(filled=True, size=70, color=colour, opacity=1).encode(x=x)
    numbers = base.mark_text(dy=-9, fontSize=10, color=ink).encode(x=x, text="at:N")
    layers = alt.layer(spans.encode(x=low, x2="high:Q"), dots, numbers)
    return layers.properties(height=ROW * 1.2 * len(order) + AXIS).configure_view(stroke=None)


def findings_alt(view: Mapping[str, Any], say: Catalogue) -> str:
    """The first chart in words."""
    told = [
        f"{check_name(say, row['check'])}{say('compare.colon')}{_counted(row['counts'], say)}" for row in view["checks"]
    ]
    return say("overview.findings_alt", told=say("compare.stop").join(told))


def _counted(counts: Mapping[str, int], say: Catalogue) -> str:
    return say("card.comma").join(say("card.count", n=n, kind=say(f"severity.{name}")) for name, n in counts.items())


def agreement_alt(rows: Sequence[Mapping[str, Any]], say: Catalogue) -> str:
    """The second chart in words."""
    told = [f"{_named(row, say)}{say('compare.space')}{row['value']:.2f}" for row in rows]
    return say("overview.agreement_alt", told=say("compare.stop").join(told))


def check_name(say: Catalogue, check: str) -> str:
    """A check by the name that people read; one that has none by its own."""
    return say.messages.get(f"check.{check}", check)[:LONGEST]


def _named(row: Mapping[str, Any], say: Catalogue) -> str:
    what = say(f"agreement.{row['what']}") if row["what"] else row["named"]
    who = say("overview.and").join(plain(each["name"]) for each in row["between"])
    return f"{what}: {who}" if len(row["between"]) < 3 else what
