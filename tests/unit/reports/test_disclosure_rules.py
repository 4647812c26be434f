"""Small numbers and what would give them away."""

import polars as pl
import pytest

from assets.reports.disclosure import DisclosureError, Sum, hidden_cells, rounded, share_limit, with_hidden


def test_small_counts_are_hidden_and_zero_is_not():
    assert hidden_cells([0, 1, 5, 6], []) == [False, True, True, False]


def test_a_single_hidden_part_takes_another_with_it():
    # 3 + 40 + 60 = 103: without the second, 103 - 40 - 60 would tell
    assert hidden_cells([3, 40, 60, 103], [Sum(3, (0, 1, 2))]) == [True, True, False, False]


def test_below_a_small_total_everything_goes():
    assert hidden_cells([3, 0, 3, 0, 9], [Sum(2, (0, 1))]) == [True, True, True, False, False]


def test_two_hidden_parts_that_can_only_be_one_each_take_a_third():
    # 1 + 1 = 2 leaves no choice
    assert hidden_cells([1, 1, 50, 52], [Sum(3, (0, 1, 2))]) == [True, True, True, False]


def test_the_same_number_shown_twice_is_hidden_twice():
    assert hidden_cells([3, 9, 12, 12], [Sum(2, (0, 1)), Sum(3, (2,))]) == [True, True, False, False]
    assert hidden_cells([3, 3], [Sum(1, (0,))]) == [True, True]


def test_a_table_that_does_not_add_up_is_refused():
    with pytest.raises(DisclosureError, match="does not add up"):
        hidden_cells([1, 2, 4], [Sum(2, (0, 1))])


def test_a_count_below_zero_is_refused():
    with pytest.raises(DisclosureError, match="below zero"):
        hidden_cells([-1], [])


def test_frames_say_which_counts_to_hide():
    frame = pl.DataFrame({"who": ["a", "b"], "n_both": [97, 20], "n_only": [3, 30], "n": [100, 50]})
    marked = with_hidden(frame, ["n_both", "n_only", "n"], [Sum(2, (0, 1)), Sum(5, (3, 4))])
    hidden = marked.select("n_both_hidden", "n_only_hidden", "n_hidden").rows()
    assert hidden == [(True, True, False), (False, False, False)]


def test_a_limit_says_no_more_than_the_symbol():
    assert share_limit(98, 100) == ("at least", 0.95)
    assert share_limit(2, 100) == ("at most", 0.05)
    assert share_limit(50, 100) is None
    assert share_limit(4, 6) is None


def test_bases_are_rounded_half_up():
    assert [rounded(n) for n in (0, 4, 5, 14, 15)] == [0, 0, 10, 10, 20]
