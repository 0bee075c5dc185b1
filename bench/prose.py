"""The prose of the benchmark's pack: pages of numbered paragraphs, bullets and small drawings, all of it invented."""

from __future__ import annotations

import random
from collections.abc import Iterator

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # reportlab carries these two files itself
pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf"))

MARGIN, FOOT = 48, 64
BODIES = ("Larkbeck and Wendle Trust", "Aldersike Community Board", "Harbour Row Partnership", "Low Mill Hospitals")
WHO = (
    "The committee", "The director of finance", "Each division", "The programme office", "Our largest supplier",
    "The ward manager", "A small working group", "The regional team", "The estates team", "The chief pharmacist",
)  # fmt: skip
DID = (
    "heard", "was assured", "has concluded", "reported in {month}", "noted with concern", "told the meeting",
    "expects", "had hoped", "explained at some length", "asked members to accept",
)  # fmt: skip
WHAT = (
    "that {number} of the {larger} posts had been filled by the end of {month}",
    "that the forecast had moved by £{money}m, most of it outside the control of the services concerned",
    "that patients were now seen within {number} weeks, where a year ago it had been {larger}",
    "that no further savings could be taken from the contract before it ends",
    "that the scheme was {number}% ahead of its profile, though half of that was good luck",
    "that agency shifts at weekends remained the greatest single pressure",
    "that the risk should stay on the register until the new rota has run for a full quarter",
    "that a refund of £{number},{larger}0 was due and had been claimed in {month}",
)
AND = (
    "and would return with a plan", "which members welcomed", "although the figures are not yet audited",
    "and nobody dissented", "subject to the usual checks", "because the winter had been milder than feared",
    "so the decision was put off", "and asked for a note by {month}", "without any loss of quality",
)  # fmt: skip
TITLES = ("Introduction", "Quality and safety", "People", "Estate and equipment", "Risks", "Next steps", "Contracts")
CALENDAR = ("April", "June", "September", "November", "January", "March")


def sentence(rng: random.Random) -> str:
    """One invented sentence, now and then with figures in it."""
    text = f"{rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHAT)}, {rng.choice(AND)}."
    return text.format(
        number=rng.randint(2, 49), larger=rng.randint(50, 98), money=rng.randint(1, 19) / 10, month=rng.choice(CALENDAR)
    )


def paragraph(rng: random.Random, sentences: int = 4) -> str:
    """So many sentences on end."""
    return " ".join(sentence(rng) for _ in range(sentences))


def draw_text(canvas: Canvas, text: str, left: float, top: float, width: float, size: float, font: str) -> float:
    """Set the text in lines of that width; the height at which the next may start."""
    canvas.setFont(font, size)
    for line in simpleSplit(text, font, size, width):
        top -= size * 1.25
        canvas.drawString(left, top, line)
    return top


def draw_furniture(canvas: Canvas, body: str, page: int, size: tuple[float, float]) -> None:
    """The head and foot of every page: whose paper it is, a rule, the page number."""
    width, height = size
    canvas.setFont("Helvetica", 8)
    canvas.drawString(MARGIN, height - 30, f"{body}: papers of the meeting")
    canvas.setStrokeColor(colors.grey)
    canvas.line(MARGIN, height - 36, width - MARGIN, height - 36)
    canvas.drawRightString(width - MARGIN, 28, f"Page {page}")


def draw_paragraphs(
    canvas: Canvas, rng: random.Random, size: tuple[float, float], count: int, top: float | None = None
) -> float:
    """So many short numbered paragraphs above or below a table; the height beneath them."""
    top = size[1] - 44 if top is None else top
    for number in range(1, count + 1):
        top = draw_text(canvas, f"{number}. {paragraph(rng, 2)}", MARGIN, top, size[0] - 2 * MARGIN, 10, "Helvetica")
        top -= 6
    return top


def draw_bars(canvas: Canvas, rng: random.Random, left: float, top: float) -> float:
    """A bar chart with its axes and no words; the height beneath it."""
    canvas.setFillColor(colors.HexColor("#4a6f8f"))
    for bar in range(10):
        canvas.rect(left + 12 + bar * 22, top - 84, 14, rng.uniform(8, 78), stroke=0, fill=1)
    canvas.setFillColor(colors.black)
    canvas.line(left, top - 84, left + 240, top - 84)
    canvas.line(left, top - 84, left, top)
    return top - 96


def draw_note(canvas: Canvas, rng: random.Random, left: float, top: float, width: float, size: float) -> float:
    """A boxed note in tinted ink; the height beneath it."""
    lines = simpleSplit(paragraph(rng, 2), "Helvetica", size, width - 20)
    height = len(lines) * size * 1.25 + 14
    canvas.setFillColor(colors.HexColor("#f3efe4"))
    canvas.rect(left, top - height - 4, width, height, fill=1)
    canvas.setFillColor(colors.black)
    draw_text(canvas, " ".join(lines), left + 10, top - 7, width - 20, size, "Helvetica")
    return top - height - 12


def draw_bullets(canvas: Canvas, rng: random.Random, left: float, top: float, width: float, size: float) -> float:
    """Three points of one sentence each; the height beneath them."""
    for _ in range(3):
        canvas.setFont("Helvetica", size)
        canvas.drawString(left + 10, top - size * 1.25, "•")
        top = draw_text(canvas, sentence(rng), left + 24, top, width - 24, size, "Helvetica")
    return top - 6


def columns(rng: random.Random) -> list[tuple[float, float]]:
    """Left edge and width of each column of type; one page in twelve is set in two."""
    full = A4[0] - 2 * MARGIN
    if rng.random() > 1 / 12:
        return [(MARGIN, full)]
    half = (full - 24) / 2
    return [(MARGIN, half), (MARGIN + half + 24, half)]


def numbers(rng: random.Random) -> Iterator[str]:
    """The numbers of one section's paragraphs: 4.1, 4.2 and on."""
    section = rng.randint(1, 9)
    for number in range(1, 100):
        yield f"{section}.{number}"


def draw_column(canvas: Canvas, rng: random.Random, left: float, width: float, size: float) -> None:
    """Fill one column of type down to the foot of the page."""
    counter, font = numbers(rng), rng.choice(("Helvetica", "Times-Roman"))
    top = draw_text(canvas, rng.choice(TITLES), left, A4[1] - 50, width, size + 3, "Helvetica-Bold") - 6
    while top > FOOT + 110:
        canvas.setFont(font, size)
        canvas.drawString(left, top - size * 1.25, next(counter))
        top = draw_text(canvas, paragraph(rng), left + 30, top, width - 30, size, font) - 7
        choice = rng.random()
        if choice < 0.25 and top > FOOT + 90:
            top = draw_bullets(canvas, rng, left + 20, top, width - 20, size)
        elif choice < 0.31 and top > FOOT + 110 and width > 250:
            top = draw_bars(canvas, rng, left + 40, top)
        elif choice < 0.37 and top > FOOT + 90:
            top = draw_note(canvas, rng, left + 30, top, width - 30, size)


def draw_prose_page(canvas: Canvas, rng: random.Random, page: int) -> None:
    """One page of prose, four or five hundred words of it."""
    canvas.setPageSize(A4)
    canvas.setPageRotation(0)
    draw_furniture(canvas, rng.choice(BODIES), page, A4)
    size = rng.choice((9.5, 10, 10.5))
    for left, width in columns(rng):
        draw_column(canvas, rng, left, width, size)
    canvas.showPage()
