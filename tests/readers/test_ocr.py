"""Pictures of pages: words with their places and how sure they are, rules, bands, and which way up."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

pytest.importorskip("rapidocr", reason="the extra qippctl[ocr] is not installed")
pytest.importorskip("onnxruntime", reason="the extra qippctl[ocr] is not installed")
np = pytest.importorskip("numpy", reason="the extra qippctl[ocr] is not installed")
pytest.importorskip("cv2", reason="the extra qippctl[ocr] is not installed")

import pypdfium2  # noqa: E402
from PIL import Image, ImageFilter  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from qippctl.readers.pdf.ink import Ink, Word  # noqa: E402
from qippctl.readers.pdf.ocr import available, read_picture  # noqa: E402
from qippctl.readers.pdf.picture_doubts import Ink as Shapes  # noqa: E402
from qippctl.readers.pdf.picture_doubts import Shape, fit, is_figure, repaired_figure, shape  # noqa: E402

WIDTH, HEIGHT = 420.0, 200.0
SURE = 0.9
ROWS = [
    ["Scheme", "Plan", "Actual", "Variance", "RAG"],
    ["Medicines", "1,234", "567", "(1,234)", "A"],
    ["Estates", "£1.2m", "0", "-16.7", "R"],
    ["Theatres", "10,509", "-", "(0.4)", "G"],
    ["Beds", "328", "9,490", "86%", "-"],
]
COLUMNS = [20, 130, 200, 270, 340, 400]
TOP, STEP = 40, 22


def picture(draw: Callable[[Canvas], None], dpi: float = 200) -> Image.Image:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return pypdfium2.PdfDocument(stream.getvalue())[0].render(scale=dpi / 72).to_pil().convert("RGB")


def table(canvas: Canvas, *, ruled: bool = True, dark: bool = False) -> None:
    """The rows: names to the left, values to the right of their columns."""
    if dark:
        canvas.setFillColorRGB(0, 0.36, 0.7)
        canvas.rect(COLUMNS[0], HEIGHT - TOP - STEP, COLUMNS[-1] - COLUMNS[0], STEP, stroke=0, fill=1)
    for number, row in enumerate(ROWS):
        canvas.setFillGray(1 if dark and not number else 0)
        canvas.setFont("Helvetica-Bold" if not number else "Helvetica", 9)
        base = HEIGHT - TOP - STEP * number - 15
        for text, left, right in zip(row, COLUMNS, COLUMNS[1:], strict=False):
            if left == COLUMNS[0]:
                canvas.drawString(left + 4, base, text)
            else:
                canvas.drawRightString(right - 4, base, text)
    if ruled:
        canvas.setLineWidth(0.5)
        canvas.grid(COLUMNS, [HEIGHT - TOP - STEP * number for number in range(len(ROWS) + 1)])


def scanned(image: Image.Image, degrees: float = 0.0, noise: float = 8.0) -> Image.Image:
    turned = image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(0.6))
    grain = np.random.default_rng(7).normal(0, noise, (turned.height, turned.width, 1))
    noisy = Image.fromarray(np.clip(np.asarray(turned) + grain, 0, 255).astype(np.uint8))
    stream = io.BytesIO()
    noisy.save(stream, "JPEG", quality=50)
    return Image.open(stream).convert("RGB")


def texts(ink: Ink) -> list[str]:
    return sorted(word.text for word in ink.words)


def cells() -> list[str]:
    return sorted(text for row in ROWS for text in row)


def at(ink: Ink, row: int, column: int) -> list[Word]:
    left, right, top = COLUMNS[column], COLUMNS[column + 1], TOP + STEP * row
    return [w for w in ink.words if left < (w.x0 + w.x1) / 2 < right and top < (w.top + w.bottom) / 2 < top + STEP]


@pytest.fixture(scope="module")
def ruled() -> Ink:
    return read_picture(picture(table), WIDTH, HEIGHT)


def test_every_cell_is_a_word_in_its_place(ruled: Ink) -> None:
    assert texts(ruled) == cells()
    for row, line in enumerate(ROWS):
        for column, text in enumerate(line):
            assert [word.text for word in at(ruled, row, column)] == [text]
            if column:
                assert at(ruled, row, column)[0].x1 == pytest.approx(COLUMNS[column + 1] - 4, abs=1.0)


def test_clean_print_is_no_doubt(ruled: Ink) -> None:
    assert [(word.text, word.score) for word in ruled.words if word.score < SURE] == []


def test_rules_are_found_and_not_read(ruled: Ink) -> None:
    across = sorted(rule.at for rule in ruled.rules if rule.across)
    down = sorted(rule.at for rule in ruled.rules if not rule.across)
    assert across == pytest.approx([TOP + STEP * number for number in range(len(ROWS) + 1)], abs=1.0)
    assert down == pytest.approx(COLUMNS, abs=1.0)
    for rule in ruled.rules:
        ends = (COLUMNS[0], COLUMNS[-1]) if rule.across else (TOP, TOP + STEP * len(ROWS))
        assert (rule.start, rule.end) == pytest.approx(ends, abs=1.5)


def test_lone_signs_are_found_without_rules() -> None:
    ink = read_picture(picture(lambda canvas: table(canvas, ruled=False)), WIDTH, HEIGHT)
    assert [word.text for word in at(ink, 3, 2)] == ["-"]
    assert [word.text for word in at(ink, 4, 4)] == ["-"]
    assert [word.text for word in at(ink, 2, 2)] == ["0"]
    assert [word.text for word in at(ink, 1, 4)] == ["A"]
    assert not ink.rules


@pytest.mark.parametrize("degrees", [2.3, -1.4])
def test_a_crooked_scan_is_put_straight(degrees: float) -> None:
    ink = read_picture(scanned(picture(table), degrees), WIDTH, HEIGHT)
    assert texts(ink) == cells()
    assert sorted(rule.at for rule in ink.rules if rule.across) == pytest.approx(
        [TOP + STEP * number for number in range(len(ROWS) + 1)], abs=2.0
    )


@pytest.mark.parametrize("turned", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_turned(turned: int) -> None:
    wide, high = (HEIGHT, WIDTH) if turned % 2 else (WIDTH, HEIGHT)
    ink = read_picture(picture(table).rotate(90 * turned, expand=True), wide, high)
    assert (ink.turned, ink.width, ink.height) == (turned, WIDTH, HEIGHT)
    assert texts(ink) == cells()
    assert all(word.upright for word in ink.words)


def test_white_text_on_a_band_is_read() -> None:
    ink = read_picture(picture(lambda canvas: table(canvas, ruled=False, dark=True)), WIDTH, HEIGHT)
    assert texts(ink) == cells()
    (band,) = ink.fills
    assert band.bbox == pytest.approx((COLUMNS[0], TOP, COLUMNS[-1], TOP + STEP), abs=1.5)
    assert band.boxy
    assert band.rgb == pytest.approx((0, 92, 178), abs=12)


def test_figures_a_column_apart_are_two_words() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for number, (one, other) in enumerate([("1,234", "567"), ("12", "34"), ("(5.1)", "-7")]):
            canvas.drawRightString(200, 150 - 16 * number, one)
            canvas.drawString(206, 150 - 16 * number, other)

    ink = read_picture(picture(draw), WIDTH, HEIGHT)
    assert texts(ink) == sorted(["1,234", "567", "12", "34", "(5.1)", "-7"])


@pytest.mark.parametrize("dpi", [55, 65, 80])
def test_a_wrong_figure_is_not_vouched_for(dpi: int) -> None:
    """So coarse that much cannot be read: what is vouched for is right all the same."""
    coarse = scanned(picture(table, dpi), noise=12)
    ink = read_picture(coarse, WIDTH, HEIGHT)
    for row, line in enumerate(ROWS):
        for column, text in enumerate(line):
            for word in at(ink, row, column):
                assert word.text == text or word.score < SURE or not is_figure(word.text)


@pytest.mark.parametrize("shade", [0.7, 0.78, 0.85])
def test_a_faint_minus_is_read_or_a_doubt(shade: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for number in range(5):
            canvas.drawString(100, 150 - 16 * number, "4,570")
        canvas.setFillGray(shade)
        canvas.drawRightString(99.6, 150, "-")

    ink = read_picture(picture(draw), WIDTH, HEIGHT)
    first = min(ink.words, key=lambda word: word.top)
    assert first.text == "-4,570" or first.score < SURE
    assert [word.text for word in ink.words if word.score >= SURE and word is not first] == ["4,570"] * 4


def test_a_figure_that_runs_into_a_rule_is_a_doubt() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        canvas.setFont("Helvetica", 9)
        canvas.drawRightString(COLUMNS[2] + 3, 30, "7,318")
        canvas.line(COLUMNS[2], 20, COLUMNS[2], HEIGHT - TOP)

    ink = read_picture(picture(draw), WIDTH, HEIGHT)
    (word,) = [word for word in ink.words if word.top > TOP + STEP * len(ROWS)]
    assert word.score < SURE


def test_an_empty_page_has_no_ink() -> None:
    ink = read_picture(Image.new("RGB", (800, 400), "white"), WIDTH, HEIGHT)
    assert (ink.words, ink.rules, ink.fills) == ([], [], [])


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    from qippctl.readers.pdf import picture_models

    picture_models._session.cache_clear()
    assert "1,234" in texts(read_picture(picture(table), WIDTH, HEIGHT))


def test_asking_for_it_imports_nothing_heavy() -> None:
    assert available()
    code = "import sys\nfrom qippctl.readers.pdf import ocr\nocr.available()\nsys.exit('cv2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("1,234", 1.0),
        ("(1,234.5)", 1.0),
        ("-16.7", 1.0),
        ("£1.2m", 1.0),
        ("2014/15", 1.0),
        ("-", 1.0),
        ("1.234", 0.6),
        ("1,23", 0.6),
        ("(123", 0.6),
        ("12,3456", 0.6),
    ],
)
def test_shapes_no_amount_has_are_doubts(text: str, most: float) -> None:
    assert shape(text) == most


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("1,O00", "1,000"),
        ("l,234", "1,234"),
        ("4O", "40"),
        ("S106", "S106"),
        ("Oil", "Oil"),
        ("O", "O"),
        ("12th", "12th"),
    ],
)
def test_letters_are_digits_only_within_numbers(text: str, repaired: str) -> None:
    assert repaired_figure(text) == repaired


DIGIT, POINT, COMMA, MINUS = (0, 10, 40), (8, 10, 4), (8, 13, 6), (4, 6, 16)


def shapes(*kinds: tuple[int, ...]) -> Shapes:
    """Shapes side by side: top, bottom and dots of each; digits are ten dots high."""
    return Shapes(
        tuple(Shape(8 * i, 8 * i + 6, top, bottom, dots) for i, (top, bottom, dots) in enumerate(kinds)), 10.0
    )


@pytest.mark.parametrize(
    ("text", "ink", "fits"),
    [
        ("457", shapes(DIGIT, DIGIT, DIGIT), True),
        ("-457", shapes(MINUS, DIGIT, DIGIT, DIGIT), True),
        ("457", shapes(MINUS, DIGIT, DIGIT, DIGIT), False),  # a minus sign not read
        ("12", shapes(DIGIT, POINT, DIGIT), False),  # a point not read
        ("1.2", shapes(DIGIT, POINT, DIGIT), True),
        ("1.234", shapes(DIGIT, COMMA, DIGIT, DIGIT, DIGIT), False),  # it is a comma
        ("1,234", shapes(DIGIT, POINT, DIGIT, DIGIT, DIGIT), False),  # it is a point
        ("4571", shapes(DIGIT, DIGIT, DIGIT, POINT), False),  # a blot is no 1
        ("457", shapes(DIGIT, DIGIT, DIGIT, (5, 6, 1)), True),  # a speck of dust
    ],
)
def test_text_is_held_against_its_ink(text: str, ink: Shapes, fits: bool) -> None:
    assert (fit(text, ink, 1.0) >= SURE) is fits
