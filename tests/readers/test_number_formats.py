"""Number formats: the text that Excel shows for a number."""

from __future__ import annotations

import time
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qippctl.money import parse_amount
from qippctl.readers.excel.moments import FormatError, serial
from qippctl.readers.excel.number_formats import (
    BUILT_IN,
    format_number,
    format_text,
    general,
    number,
)

ACCOUNTS = '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-'
SCALED = '[>=1000000]0.0,,"m";[>=1000]0.0,"k";0'


def printed(stored: str, code: str) -> str:
    value = number(stored)
    assert value is not None
    return format_number(value, code)


NUMBERS = [
    # code, what is stored, what is printed
    ("0%", "0.45", "45%"),
    ("0%", "0.45000000000000001", "45%"),
    ("0.0%", "-0.0345", "-3.5%"),
    ("0%", "0.017", "2%"),
    ("%0", "0.5", "%50"),
    ("#,##0;(#,##0)", "-1234", "(1,234)"),
    ("#,##0;(#,##0)", "-0.4", "(0)"),
    ("#,##0_);\\(#,##0\\)", "-1234", "(1,234)"),
    ("#,##0 ;\\-#,##0\\ ", "-1234", "-1,234"),
    (ACCOUNTS, "1234.5", "1,235"),
    (ACCOUNTS, "-1234", "-1,234"),
    (ACCOUNTS, "0", "-"),
    ("#,##0,", "1234567", "1,235"),
    ("#,##0.0,", "1234567", "1,234.6"),
    ("0,.0", "1234567", "1234.6"),
    ('0.0,,"m"', "1234567", "1.2m"),
    ("£#,##0.00", "1234.5", "£1,234.50"),
    ("£#,##0.00", "-1234.5", "-£1,234.50"),
    ("[$£-809]#,##0", "1234", "£1,234"),
    ("[$£-809]#,##0", "-1234", "-£1,234"),
    ("[$USD] #,##0", "5", "USD 5"),
    ('"£"#,##0.0"m"', "12.34", "£12.3m"),
    ("#,##0;[Red]-#,##0", "-7", "-7"),
    ("[Blue]0.0;[Red](0.0)", "-7", "(7.0)"),
    (SCALED, "2500000", "2.5m"),
    (SCALED, "2500", "2.5k"),
    (SCALED, "25", "25"),
    (SCALED, "-2500000", "-2500000"),
    ('[>=1000000]0.0,,"m";0', "-5", "-5"),
    ("[<0](0);0", "-5", "(5)"),
    ("[<100]0.0", "500", "500"),
    ("[>100]0;0.0;0.00", "5", "5.00"),
    ('[=0]"nil";0', "0", "nil"),
    ("0;-0;;@", "0", ""),
    (";;;", "12", ""),
    ("+0;-0;0", "4", "+4"),
    ("▲0;▼0;-", "-4", "▼4"),
    ("0", "0.5", "1"),
    ("0", "2.5", "3"),
    ("0", "-2.5", "-3"),
    ("0", "-0.4", "0"),
    ("0.00", "0.285", "0.29"),
    ("0.00", "0.28499999999999998", "0.29"),
    ("0.00", "1.005", "1.01"),
    ("#.##", "0.5", ".5"),
    ("0.##", "5", "5."),
    ("#,##0.0#", "1234.5", "1,234.5"),
    ("00000", "42", "00042"),
    ('"E"00000', "42", "E00042"),
    ("0,000", "5", "0,005"),
    ("00-00-00", "123456", "12-34-56"),
    ("# ##0", "1234567", "1234 567"),
    ("0.00E+00", "12345", "1.23E+04"),
    ("##0.0E+0", "12345", "12.3E+3"),
    ("0E-0", "0.00012", "1E-4"),
    ("0.0;@", "-5", "-5.0"),
    ("@", "1234.5", "1234.5"),
    ('General" days"', "12.5", "12.5 days"),
    ('"£"General', "-3", "-£3"),
    ('"n/a"', "5", "n/a"),
    ("", "1.5", "1.5"),
    ("[Red]General", "-1.5", "-1.5"),
    ("general", "7", "7"),
]


@pytest.mark.parametrize(("code", "stored", "text"), NUMBERS)
def test_a_number_prints_as_its_format_says(code: str, stored: str, text: str) -> None:
    assert printed(stored, code) == text


@pytest.mark.parametrize(
    "code", ["#,##0;[Red]#,##0", "_-* #,##0_-;[Red]_-* #,##0_-", "[Blue][>0]#,##0;[Red][<0]#,##0;0"]
)
def test_a_minus_that_only_red_would_show_is_not_lost(code: str) -> None:
    assert printed("-1234", code) == "-1,234"
    assert printed("1234", code) == "1,234"


def test_a_sign_that_words_show_needs_no_minus() -> None:
    assert printed("-12", '0" F";[Red]0" A"') == "12 A"
    assert printed("-12", "0;0") == "12"


GENERAL = [
    ("1440.1000000000001", "1440.1"),
    ("0.30000000000000004", "0.3"),
    ("482.6", "482.6"),
    ("-0.5", "-0.5"),
    ("0", "0"),
    ("-0", "0"),
    ("100", "100"),
    ("1E3", "1000"),
    ("123456789012", "123456789012"),
    ("1234567.891234", "1234567.891"),
    ("0.123456789012", "0.123456789"),
    ("12345678901.5", "12345678902"),
    ("0.00001", "0.00001"),
    ("0.000012345678", "1.23457E-05"),
    ("-2E-300", "-2E-300"),
    ("1.5E20", "1.5E+20"),
]


@pytest.mark.parametrize(("stored", "text"), GENERAL)
def test_a_number_without_format_prints_no_noise_and_no_needless_exponent(stored: str, text: str) -> None:
    assert printed(stored, "General") == text


MOMENTS = [
    ("mmm-yy", "41730", "Apr-14"),
    ("dd/mm/yyyy", "41730", "01/04/2014"),
    ("d mmmm yyyy", "41730", "1 April 2014"),
    ("[$-809]dddd dd mmm", "41730", "Tuesday 01 Apr"),
    ("[$-F800]dddd, mmmm dd, yyyy", "41730", "Tuesday, April 01, 2014"),
    ("yyyy\\-mm\\-dd", "41730.9", "2014-04-01"),
    ("dd.mm.yy", "41730", "01.04.14"),
    ("mmmmm", "41730", "A"),
    ("d/m/yyyy", "60", "29/2/1900"),  # which Excel believes in
    ("d/m/yyyy", "61", "1/3/1900"),
    ("d/m/yyyy", "59", "28/2/1900"),
    ("ddd", "1", "Sun"),
    ("h:mm", "0.5", "12:00"),
    ("hh:mm AM/PM", "0.75", "06:00 PM"),
    ("h A/P", "0.25", "6 A"),
    ("dd/mm/yyyy hh:mm", "41730.25", "01/04/2014 06:00"),
    ("mm:ss", "0.0423611111111111", "01:00"),
    ("mm:ss.00", "0.0000231481481481", "00:02.00"),
    ("[h]:mm", "1.5", "36:00"),
    ("[mm]:ss", "0.0423611111111111", "61:00"),
    (";;0;@", "41730", ""),
]


@pytest.mark.parametrize(("code", "stored", "text"), MOMENTS)
def test_a_date_or_time_prints_as_its_format_says(code: str, stored: str, text: str) -> None:
    assert printed(stored, code) == text


def test_dates_of_workbooks_that_begin_in_1904() -> None:
    assert format_number(Decimal(40268), "dd/mm/yyyy", from_1904=True) == "01/04/2014"


def test_a_date_that_the_country_decides_is_printed_day_first() -> None:
    assert printed("41730", BUILT_IN[14]) == "01/04/2014"


@pytest.mark.parametrize(
    "code",
    [
        "# ?/?",  # fractions
        "0.0m",  # digits and months
        "ggge",  # years of emperors
        "[DBNum1]0",
        "0;0;0;@;0",
        "0" * 256,
        "#,#-#",  # a hyphen among digits in groups
        "ss.0000",
        "[Whatever]0",
    ],
)
def test_a_code_that_is_not_understood_is_refused(code: str) -> None:
    with pytest.raises(FormatError):
        format_number(Decimal("1234.5"), code)


@pytest.mark.parametrize("stored", ["-1", "2958466", "1E20"])
def test_a_number_that_is_no_date_is_refused(stored: str) -> None:
    with pytest.raises(FormatError):
        printed(stored, "dd/mm/yyyy")


@pytest.mark.parametrize(
    "stored", ["1e400", "NaN", "Infinity", "-inf", "", "1_000", "1,000", "١٢", "12a", " 1", "9" * 10_000, "0x10"]
)
def test_what_excel_cannot_hold_is_no_number(stored: str) -> None:
    assert number(stored) is None


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("Beds", "General", "Beds"),
        ("Beds", ACCOUNTS, "Beds"),
        ("Beds", '"Scheme: "@', "Scheme: Beds"),
        ("Beds", '0;-0;0;@"*"', "Beds*"),
        ("Beds", "0;-0;0;", ""),
        ("Beds", "0;-0", "Beds"),
        ("1,440", "#,##0.00", "1,440"),
        (" Beds\n", "@", "Beds"),
        ("Beds", "gg@", "Beds"),
        ("Beds", "@0", "Beds"),
    ],
)
def test_a_text_prints_as_the_section_for_texts_says(text: str, code: str, shown: str) -> None:
    assert format_text(text, code) == shown


def test_iso_dates_become_the_numbers_that_excel_keeps() -> None:
    assert serial("2014-04-01") == 41730
    assert serial("2014-04-01T18:00:00") == Decimal("41730.75")
    assert serial("2014-04-01", from_1904=True) == 40268
    assert serial("next week") is None


amounts = st.decimals(min_value=-(10**11), max_value=10**11, places=4, allow_nan=False, allow_infinity=False)


@given(amounts)
def test_what_is_printed_reads_back_as_the_rounded_number(value: Decimal) -> None:
    for code, places in (("#,##0", 0), ("£#,##0.00;(£#,##0.00)", 2), ("0.0%", 3)):
        kept = number(str(value))
        assert kept is not None
        amount = parse_amount(format_number(kept, code))
        assert amount is not None
        back = amount.value / 100 if amount.is_percent else amount.value
        assert back == kept.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_of_excel_prints_plainly_and_within_a_ten_thousand_millionth(value: float) -> None:
    kept = number(repr(value))
    assert kept is not None
    text = general(kept)
    assert len(text) <= 18
    size = max(abs(kept), Decimal(1)) if "E" not in text else abs(kept)
    assert abs(Decimal(text) - kept) <= size * Decimal("1e-5" if "E" in text else "1e-9")


@given(st.text(alphabet='0#?.,%;@-_*"\\[]()£$ /:E+eymdhsAPMGeneral<>=1Redbg', max_size=40), amounts)
def test_any_code_prints_something_or_is_refused(code: str, value: Decimal) -> None:
    try:
        text = format_number(value, code)
    except FormatError:
        return
    assert len(text) < 600


def test_long_codes_and_large_numbers_take_no_time() -> None:
    started = time.process_time()
    for code in ("[" * 255, '"' * 255, "%" * 255, "0." + "0" * 250, "," * 255, "#," * 127, "m" * 255, "_" * 255):
        for stored in ("1e308", "-1e-300", "12345.678"):
            try:
                assert len(printed(stored, code)) < 2000
            except FormatError:
                continue
    assert time.process_time() - started < 2
