"""How figures read."""

import pytest

from assets.reports.cells import base, count, number, said_share, share


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.5, "50.0%"),
        (0.99996, "over 99.9%"),
        (1.0, "100.0%"),
        (0.0001, "under 0.1%"),
        (0.0, "0.0%"),
        (0.1225, "12.3%"),
    ],
)
def test_a_share_never_reads_as_all_or_nothing_unless_it_is(value, said):
    assert said_share(value) == said


def test_a_share_comes_with_its_interval():
    cell = share(90, 100, 5)
    assert (cell.text, cell.detail) == ("90.0%", "82.6 to 94.5%")


def test_a_share_that_rests_on_a_small_number_is_not_shown():
    assert share(98, 100, 5).text == "95% or more"
    assert share(3, 100, 5).text == "5% or less"
    assert share(18, 20, 5).text == "c"
    assert share(3, 4, 5).text == "c"
    assert share(50, 100, 5, hidden=True).text == "c"
    assert share(98, 100, 5, base_hidden=True).text == "c"
    assert share(0, 0, 5).text == "–"
    assert share(100, 100, 5).text == "100.0%"


def test_counts():
    assert [count(n, 5).text for n in (0, 1, 5, 6, 1234)] == ["0", "c", "c", "6", "1,234"]
    assert count(600, 5, hidden=True).text == "c"
    assert [base(n, 5).text for n in (0, 3, 6, 1234)] == ["0", "c", "10", "1,230"]


def test_numbers_are_rounded_half_up_with_a_true_minus():
    assert number(2.5).text == "3"
    assert number(-1234.55, 1).text == "−1,234.6"
    assert number(None).text == "–"
