"""Makes the PDFs beside it with Chromium: python tests/samples/make_pdfs.py

Each is a page of plain HTML, printed. They are committed, because fonts and versions of Chromium differ.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

ENGLISH = [
    "Dear colleagues,",
    "Today I am writing to tell you that, after six years of work on things that none of us could have imagined "
    "at the beginning, I have made the difficult decision to leave the company and to look for something "
    "new. It was a well-known secret that I wanted to return to teaching, and now the moment has come.",
    "There is never an ideal time to step away from a place one cherishes, yet this moment feels right. Our recent "
    "releases mark the beginning of a new era in interaction and intelligence, and they were made possible by "
    "your ingenuity and craftsmanship. We did not merely build smarter things, we fundamentally changed how "
    "they learn and reason through hard problems.",
    "I am stepping away because I want to create the time and space to do my own exploration. For now, my primary "
    "focus is doing everything in my power to ensure a smooth transition, maintaining the momentum we have built.",
    "I will forever be grateful for the opportunity to build and work alongside this remarkable team. Together, "
    "we have pushed the boundaries of understanding in our quest to improve wellbeing.",
    "While I may no longer be in the trenches with you, I will still be rooting for you all. With deep gratitude "
    "for the friendships forged, the triumphs achieved, and most importantly, the challenges overcome together.",
    "Yours,",
    "Anna",
]
CHINESE = [
    "亲爱的同事们：",
    "今天我写信告诉大家，在经历了六年谁都无法预料的工作之后，我做出了一个艰难的决定：离开公司，去寻找新的方向。"
    "我想重新回到课堂教书，这早就不是什么秘密，现在时候到了。",
    "离开一个自己珍惜的地方，永远没有合适的时机，但此刻感觉是对的。我们最近的发布标志着人机交互与智能新时代的开端，"
    "它们的实现离不开你们的智慧与匠心。我们不只是造出了更聪明的东西，还从根本上改变了它们学习和推理难题的方式。",
    "我之所以离开，是因为想为自己的探索留出时间和空间。眼下我最主要的任务，是尽一切力量确保平稳过渡，保持 OpenSource "
    "项目已经积累起来的势头。",
    "能与这支出色的团队并肩工作，我将永远心怀感激。我们一起拓展了理解的边界，以追求人类的福祉。",
    "虽然我不再与你们一同奋战，但我仍会为你们加油。感谢我们结下的友谊、取得的胜利，最重要的是一起克服的挑战。",
    "安娜",
]
STYLE = {
    "english_indented": "p{text-indent:1.5em;margin:0}",
    "english_spaced": "p{margin:0 0 1em}",
    "chinese_indented": "p{text-indent:2em;margin:0}",
    "chinese_spaced": "p{margin:0 0 1em}",
}


def page(name: str, paragraphs: list[str], style: str, *, lang: str, title: str, size: str) -> str:
    head = f"@page{{size:{size};margin:2.2cm 2cm}}h1{{font-size:16pt}}"
    head += "body{font:11pt/1.5 'Noto Serif CJK SC',serif;text-align:justify}"
    head += f"@page{{@top-center{{content:'{title}'}}@bottom-left{{content:'example.org'}}"
    head += "@bottom-center{content:counter(page) ' / ' counter(pages)}}"
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!DOCTYPE html><html lang={lang}><meta charset=utf-8><title>{name}</title><style>{head}{style}</style>"
        f"<h1>{title}</h1>{body}</html>"
    )


def main() -> None:
    chromium = next(path for path in map(shutil.which, ("chromium", "google-chrome")) if path)
    for name, style in STYLE.items():
        english = name.startswith("english")
        text = page(
            name,
            ENGLISH if english else CHINESE,
            style,
            lang="en" if english else "zh-Hans",
            title="An Open Letter" if english else "一封公开信",
            size="105mm 148mm",
        )
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "page.html"
            source.write_text(text, encoding="utf-8")
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            places = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={HERE / name}.pdf"]
            command = [chromium, *options, *places, source.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main()
