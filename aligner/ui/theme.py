"""The app's colours as Streamlit takes them; `components/tokens.css` has the rest of the palette."""

from __future__ import annotations

FONT = "'Source Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
HEADING_FONT = "'Source Serif', 'Noto Serif CJK SC', 'Songti SC', SimSun, serif"

LIGHT = {
    "primaryColor": "#2C4A86",
    "backgroundColor": "#FCFBF8",
    "secondaryBackgroundColor": "#F4F3EE",
    "textColor": "#1C1D21",
    "linkColor": "#2C4A86",
    "borderColor": "#C9C6BC",
}
DARK = {
    "primaryColor": "#9DB8F2",
    "backgroundColor": "#17181B",
    "secondaryBackgroundColor": "#131417",
    "textColor": "#E7E4DC",
    "linkColor": "#9DB8F2",
    "borderColor": "#474A51",
}


def options() -> dict[str, object]:
    """The theme as Streamlit's options."""
    found: dict[str, object] = {
        "theme.font": FONT,
        "theme.headingFont": HEADING_FONT,
        "theme.baseRadius": "6px",
    }
    for name, colours in (("light", LIGHT), ("dark", DARK)):
        found |= {f"theme.{name}.{key}": value for key, value in colours.items()}
    return found
