"""Printed numbers: what is read, what is refused, and that nothing is lost on the way out and back."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qippctl.money import (
    Amount,
    Interval,
    interval,
    is_blank_word,
    is_dash,
    parse_amount,
    plain,
    squeeze,
    thousands,
)

MILLION = Decimal(1_000_000)


def read(text: str, *, repair: bool = False) -> Amount:
    amount = parse_amount(text, repair=repair)
    assert amount is not None, f"{text!r} was refused"
    return amount


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("0", "0", "1"),
        ("7", "7", "1"),
        ("1,234", "1234", "1"),
        ("1234567", "1234567", "1"),
        ("12,345,678.90", "12345678.90", "0.01"),
        ("7.83", "7.83", "0.01"),
        ("7.830", "7.830", "0.001"),  # a printed nought is a digit: the step says so
        (".912", "0.912", "0.001"),
        ("+12", "12", "1"),
        (" 1,440\n", "1440", "1"),
        ("1,440\u00a0", "1440", "1"),
        ("\u2009690\u202f", "690", "1"),
    ],
)
def test_a_number_gives_its_value_and_the_size_of_its_last_digit(text: str, value: str, step: str) -> None:
    amount = read(text)
    assert (amount.value, amount.step) == (Decimal(value), Decimal(step))
    assert amount.value.as_tuple() == Decimal(value).as_tuple()


@pytest.mark.parametrize(
    "text",
    [
        "(997)",
        "( 997 )",
        "-997",
        "- 997",
        "997-",
        "–997",  # en dash
        "—997",  # em dash
        "−997",  # U+2212
        "‑997",  # a hyphen that does not break
        "£-997",
        "-£997",
        "(£997)",
        "£(997)",
        "£ - 997",
    ],
)
def test_brackets_and_every_kind_of_minus_are_negative(text: str) -> None:
    assert read(text).value == -997


@pytest.mark.parametrize(
    ("text", "value", "scale"),
    [
        ("£1.2m", "1.2", 10**6),
        ("£.912m", "0.912", 10**6),
        ("1.64million", "1.64", 10**6),
        ("1.64 Million", "1.64", 10**6),
        ("3mn", "3", 10**6),
        ("3mil", "3", 10**6),
        ("12.5k", "12.5", 10**3),
        ("12.5K", "12.5", 10**3),
        ("12 thousand", "12", 10**3),
        ("£2bn", "2", 10**9),
        ("(1.2)m", "-1.2", 10**6),
        ("(£1.2m)", "-1.2", 10**6),
        ("-£1.2m", "-1.2", 10**6),
    ],
)
def test_a_cell_may_print_its_own_unit(text: str, value: str, scale: int) -> None:
    amount = read(text)
    assert (amount.value, amount.scale) == (Decimal(value), scale)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("45%", "45"),
        ("45.5 %", "45.5"),
        ("(3%)", "-3"),
        ("(3)%", "-3"),
        ("-3%", "-3"),
        ("100.0%", "100.0"),
        ("0%", "0"),
    ],
)
def test_a_percentage_is_marked(text: str, value: str) -> None:
    amount = read(text)
    assert (amount.value, amount.is_percent, amount.scale) == (Decimal(value), True, None)


@pytest.mark.parametrize("text", ["-", "–", "—", "−", "--", " - ", "£-", "£ –", "nil", "Nil", "NIL"])
def test_a_dash_is_an_exact_nought(text: str) -> None:
    amount = read(text)
    assert is_dash(text)
    assert (amount.value, amount.is_dash) == (0, True)
    assert amount.interval == Interval(Decimal(0), Decimal(0))


@pytest.mark.parametrize("text", ["-5", "---", "£", "n/a", "", "nilly", "–1–"])
def test_what_is_no_dash(text: str) -> None:
    assert not is_dash(text)


def test_a_printed_nought_is_no_dash_and_has_a_width() -> None:
    amount = read("0")
    assert not amount.is_dash
    assert amount.interval == Interval(Decimal("-0.5"), Decimal("0.5"))


@pytest.mark.parametrize("text", ["123*", "123†", "123 ‡", "123²", "123¹⁰", "123 #", "123[note 4]", "(123)*", "123 **"])
def test_footnote_marks_are_no_digits(text: str) -> None:
    assert abs(read(text).value) == 123


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "690, , ,033",  # digits that lost their neighbours
        "1,23",
        "1,2345",
        "1234,567",
        ",123",
        "1,,234",
        "1 234",  # two numbers, or one? refused either way
        "100 200",
        "1.234,56",  # continental
        "1.234.567",
        "2.7.1",
        "1.",
        "1e400",
        "1E5",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "１２３",  # full width
        "١٢٣",  # Arabic-Indic
        "१२३",  # Devanagari
        "½",
        "Ⅻ",
        "1" * 10_000,
        "9" * 25,
        "0." + "0" * 30,
        "((5))",
        "(5",
        "5)",
        "(-5)",  # twice negative: which did they mean?
        "-5-",
        "--5",
        "+-5",
        "-(5)",
        "5%%",
        "5k%",
        "5km",
        "5m2",
        "M11",
        "m",
        "£",
        "£m",
        "%",
        "€5",
        "$5",
        "5 schemes",
        "12/13",
        "1:2",
        "10-20",
        "12 May 2015",
        "n/a",
        "TBC",
        "=1+1",
        "five",
    ],
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1ο4", "104"),  # Greek omicron
        ("1о4", "104"),  # Cyrillic o
        ("1O4", "104"),
        ("l2", "12"),
        ("|2", "12"),
        ("(1,O34)", "-1034"),
        ("£l.5", "1.5"),
        ("5O%", "50"),
    ],
)
def test_look_alikes_are_mended_only_on_request_and_marked(text: str, value: str) -> None:
    assert parse_amount(text) is None
    mended = read(text, repair=True)
    assert (mended.value, mended.look_alike) == (Decimal(value), True)


@pytest.mark.parametrize(
    "text", ["I", "l", "|", "Oil", "Old", "11 schemes", "lO schemes", "£", "()", "1e400", "1.234,56"]
)
def test_mending_makes_no_numbers_of_words_and_stray_rules(text: str) -> None:
    assert parse_amount(text, repair=True) is None


@pytest.mark.parametrize("text", ["n/a", "N/A", " na ", "TBC", "tba", "Not applicable", "[x]", "[z]", "N/K", "TВC"])
def test_words_for_no_figure_are_known(text: str) -> None:
    assert is_blank_word(text)
    assert parse_amount(text) is None


@pytest.mark.parametrize("text", ["", "-", "0", "nil", "tbc later", "n/a 5"])
def test_what_is_no_word_for_no_figure(text: str) -> None:
    assert not is_blank_word(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1440000.0", "1440000"),
        ("-0.00", "0"),
        ("0", "0"),
        ("1E+3", "1000"),
        ("1E-3", "0.001"),
        ("-1.50", "-1.5"),
        ("100", "100"),
    ],
)
def test_plain_has_no_exponent_and_no_idle_noughts(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("-952100", 1, "-952.1"),
        ("7833400", 0, "7,833"),
        ("-40", 1, "0.0"),  # no negative nought
        ("0", 1, "0.0"),
        ("1234567890", 1, "1,234,567.9"),
        ("9" * 24 + "000000000", 1, "999,999,999,999,999,999,999,999,000,000.0"),  # the longest number, in billions
    ],
)
def test_thousands_are_grouped(value: str, decimals: int, text: str) -> None:
    assert thousands(Decimal(value), decimals=decimals) == text


@pytest.mark.parametrize(
    ("left", "right", "meet"),
    [(("1", "2"), ("2", "3"), True), (("1", "2"), ("2.01", "3"), False), (("1", "9"), ("4", "5"), True)],
)
def test_intervals_meet_at_their_ends(left: tuple[str, str], right: tuple[str, str], meet: bool) -> None:
    one, other = (Interval(Decimal(low), Decimal(high)) for low, high in (left, right))
    assert one.meets(other) is meet
    assert other.meets(one) is meet


# ---- properties ------------------------------------------------------------------------------------------------------

DECIMALS = st.integers(0, 4).flatmap(
    lambda places: st.integers(-(10**13), 10**13).map(lambda n: Decimal(n).scaleb(-places))
)
FORMS: dict[str, Callable[[str, bool], str]] = {
    "minus": lambda digits, negative: "-" * negative + digits,
    "U+2212": lambda digits, negative: "−" * negative + digits,
    "trailing minus": lambda digits, negative: digits + "-" * negative,
    "brackets": lambda digits, negative: f"({digits})" if negative else digits,
    "pounds": lambda digits, negative: f"(£{digits})" if negative else f"£{digits}",
    "pounds outside": lambda digits, negative: f"£({digits})" if negative else f"£{digits}",
    "spaces": lambda digits, negative: f"\u00a0{'-' * negative} {digits} ",
    "footnote": lambda digits, negative: "-" * negative + digits + "*",
}


@given(value=DECIMALS, form=st.sampled_from(sorted(FORMS)), grouped=st.booleans(), repair=st.booleans())
def test_a_formatted_number_is_read_back_with_its_value_and_step(
    value: Decimal, form: str, grouped: bool, repair: bool
) -> None:
    digits = f"{abs(value):,f}" if grouped else f"{abs(value):f}"
    amount = read(FORMS[form](digits, value < 0), repair=repair)
    assert amount.value == value
    assert amount.step == Decimal(1).scaleb(int(value.as_tuple().exponent))
    assert not (amount.look_alike or amount.is_dash or amount.is_percent or amount.scale)


@given(value=DECIMALS, suffix=st.sampled_from(["%", " %", "k", "m", " million", "bn"]))
def test_a_unit_changes_neither_value_nor_step(value: Decimal, suffix: str) -> None:
    amount = read(f"{value:f}{suffix}")
    assert amount.value == value
    assert amount.step == Decimal(1).scaleb(int(value.as_tuple().exponent))
    assert amount.is_percent is ("%" in suffix)
    assert (amount.scale is None) is amount.is_percent


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_either_refused_or_a_finite_number(text: str, repair: bool) -> None:
    amount = parse_amount(text, repair=repair)
    if amount is not None:
        assert amount.value.is_finite()
        assert amount.step > 0


@given(st.text(alphabet=st.characters(exclude_characters="0123456789"), max_size=40))
def test_a_text_without_a_digit_is_no_number(text: str) -> None:
    assert parse_amount(text) is None or is_dash(text)


@given(st.text(alphabet="0123456789,.()-£%km OolI|", max_size=16))
def test_what_is_read_keeps_every_digit_in_order(text: str) -> None:
    amount = parse_amount(text)
    if amount is not None and not amount.is_dash:
        digits = "".join(c for c in text if c in "0123456789")
        assert int("".join(map(str, amount.value.as_tuple().digits))) == int(digits)


@given(
    st.text(alphabet="0123456789,.", min_size=1, max_size=8), st.text(alphabet="0123456789,.", min_size=1, max_size=8)
)
def test_two_numbers_in_a_cell_are_never_one(left: str, right: str) -> None:
    assert parse_amount(f"{left} {right}") is None


@given(DECIMALS)
def test_plain_loses_nothing(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text


@given(DECIMALS, st.integers(0, 3))
def test_thousands_are_read_back_within_half_a_step(value: Decimal, decimals: int) -> None:
    amount = read(thousands(value, decimals=decimals))
    assert value / 1000 in amount.interval


@given(DECIMALS, st.integers(0, 4))
def test_an_interval_holds_what_rounds_to_its_value(value: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    assert value in interval(value.quantize(step, rounding=ROUND_HALF_UP), step)


@given(DECIMALS, DECIMALS)
def test_the_sum_of_intervals_holds_the_sum_of_what_they_hold(one: Decimal, other: Decimal) -> None:
    step = MILLION
    rounded = [
        interval((value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step, step) for value in (one, other)
    ]
    assert one + other in rounded[0] + rounded[1]
    assert one - other in rounded[0] - rounded[1]


@pytest.mark.parametrize("piece", ["1", " ", "\u00a0", "-", "(", "1,", "l", "1 ", "*", "£-"])
@pytest.mark.parametrize("function", [parse_amount, is_dash, is_blank_word, squeeze])
def test_a_line_of_a_megabyte_takes_linear_time(function: Callable[[str], object], piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece)) + "x"
        start = time.process_time()
        function(text)
        return time.process_time() - start

    # Step by step, so that a quadratic pattern is found out long before a megabyte.
    before = min(cost(1 << 14) for _ in range(3))
    for size in (1 << 17, 1 << 20):
        now = cost(size)
        assert now < 30 * max(before, 0.001), f"eight times the line took {now / before:.0f} times as long"
        before = now
