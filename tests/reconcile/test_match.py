"""Claims and credits: strong evidence first, every row once, every equally good answer told."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.reconcile.sides import CALENDAR, amounts, claim, day, ids, matched, pairs, rows
from toolkit.errors import DataError
from toolkit.reconcile.match import Matches, MatchOptions, match


def test_the_same_id_and_amount_beat_a_nearer_day() -> None:
    found = matched(
        rows(claim("A", 0, keys=["R1"]), claim("B", 0)), rows(claim("far", 20, keys=["R1", "x"]), claim("near", 1))
    )

    assert pairs(found) == [("A", "far", "exact_key", "matched"), ("B", "near", "same_amount", "matched")]
    assert found.pairs.filter(pl.col("expected_id") == "A")["shared_id"].item() == "R1"


def test_legs_with_the_base_key_are_summed() -> None:
    due = rows(claim("A", base_keys=["T"]), claim("B", base_keys=["U"]), claim("C", base_keys=["V"]))
    paid = rows(
        claim("a1", 1, amount_fen=400000, base_keys=["T"]),
        claim("a2", 9, amount_fen=600000, base_keys=["T"]),
        claim("b1", 2, amount_fen=998760, base_keys=["U"]),
        claim("c1", 2, amount_fen=700000, base_keys=["V"]),
        claim("c2", 3, amount_fen=700000, base_keys=["V"]),
    )
    found = matched(due, paid)

    assert pairs(found) == [
        ("A", "a1", "base_key_sum", "matched"),
        ("A", "a2", "base_key_sum", "matched"),
        ("B", "b1", "base_key_sum", "short"),
        ("C", "c1", "base_key_sum", "over"),
        ("C", "c2", "base_key_sum", "over"),
    ]
    gaps = dict(found.pairs.select("expected_id", "gap_fen").iter_rows())
    assert gaps == {"A": 0, "B": -1240, "C": 400000}
    assert found.pairs["legs"].to_list() == [2, 2, 1, 2, 2]


def test_a_second_payment_under_the_same_id_is_told() -> None:
    found = matched(rows(claim("A", keys=["R1"])), rows(claim("x", 3, keys=["R1"]), claim("y", 4, keys=["R1"])))

    assert pairs(found) == [("A", "x", "exact_key", "matched")]
    assert found.unmatched.select("id", "alone_because", "fits_id").row(0) == ("y", "same_key_used", "A")


def test_the_window_is_working_days() -> None:
    # Friday; five working days end on the Friday after, not on Wednesday.
    assert pairs(matched(rows(claim("A", 4)), rows(claim("x", 11)))) == [("A", "x", "same_amount", "matched")]
    late = matched(rows(claim("A", 4)), rows(claim("x", 12)))
    assert late.pairs.height == 0
    assert late.unmatched["alone_because"].to_list() == ["outside_window", "outside_window"]
    assert matched(rows(claim("A", 4)), rows(claim("x", 14)), window_days=6).pairs["lag_working_days"].to_list() == [6]


def test_early_money_needs_a_window_that_opens_early() -> None:
    assert matched(rows(claim("A", 4)), rows(claim("x", 3))).pairs.height == 0
    assert matched(rows(claim("A", 4)), rows(claim("x", 3)), early_days=2).pairs["lag_days"].to_list() == [-1]
    own = rows(claim("A", 4, earliest=day(1), latest=day(2)))
    assert matched(own, rows(claim("x", 2))).pairs["lag_days"].to_list() == [-2]


def test_nearest_first_would_lose_a_match() -> None:
    # x is nearest to B, but then A gets nothing.
    found = matched(rows(claim("A", 0), claim("B", 3)), rows(claim("x", 3), claim("y", 9)))

    assert [(a, b) for a, b, *_ in pairs(found)] == [("A", "x"), ("B", "y")]


def test_one_credit_for_two_stores_is_ambiguous_and_lists_both() -> None:
    found = matched(rows(claim("A", 0, store="one"), claim("B", 0, store="two")), rows(claim("x", 3)))

    assert found.pairs.height == 0
    assert found.ambiguous.select("expected_id", "credit_id", "answers", "pays", "answer_group").rows() == [
        ("A", "x", 2, 1, 1),
        ("B", "x", 2, 1, 1),
    ]
    assert ids(found, "expected") == []
    assert ids(found, "expected", "ambiguous_ids") == ["A", "B"]


def test_two_stores_paid_on_the_same_day_are_interchangeable() -> None:
    found = matched(rows(claim("A", 0, store="one"), claim("B", 0, store="two")), rows(claim("x", 3), claim("y", 3)))

    assert pairs(found) == [
        ("A", "x", "same_amount", "interchangeable"),
        ("B", "y", "same_amount", "interchangeable"),
    ]
    assert found.pairs["rivals"].to_list() == [1, 1]


def test_claims_that_differ_only_in_their_id_are_twins() -> None:
    found = matched(rows(claim("A", 0, store="one"), claim("B", 0, store="one")), rows(claim("x", 3)))

    assert pairs(found) == [("A", "x", "same_amount", "interchangeable")]
    assert found.unmatched.select("id", "alone_because", "fits_id").row(0) == ("B", "used_by_other", "x")


def test_refunds_of_different_orders_are_no_twins() -> None:
    found = matched(rows(claim("A", 0, keys=["O1"]), claim("B", 0, keys=["O2"])), rows(claim("x", 3)))

    assert ids(found, "expected", "ambiguous_ids") == ["A", "B"]


def test_money_of_two_accounts_is_ambiguous_and_of_one_account_is_not() -> None:
    due = rows(claim("A", 0))
    two = matched(due, rows(claim("x", 3, account="p"), claim("y", 3, account="q")))
    one = matched(due, rows(claim("x", 3, account="p"), claim("y", 3, account="p")))

    assert two.ambiguous.select("expected_id", "credit_id", "pays").rows() == [("A", "x", 1), ("A", "y", 1)]
    assert pairs(one) == [("A", "x", "same_amount", "interchangeable")]
    assert ids(one, "credit") == ["y"]


def test_stores_and_accounts_must_fit_and_unknown_fits() -> None:
    due = rows(claim("A", 0, store="one", account="1234"))
    assert matched(due, rows(claim("x", 3, store="two"))).pairs.height == 0
    assert matched(due, rows(claim("x", 3, account="1387777"))).pairs.height == 0
    assert matched(due, rows(claim("x", 3, store="one", account="1381234"))).pairs.height == 1
    assert matched(due, rows(claim("x", 3))).pairs.height == 1


def test_currencies_never_mix() -> None:
    assert matched(rows(claim("A", 0)), rows(claim("x", 1, currency="USD"))).pairs.height == 0


def test_a_tolerance_is_short_or_over_and_never_matched() -> None:
    due = rows(claim("A", 0), claim("B", 0, amount_fen=5000))
    paid = rows(claim("x", 2, amount_fen=998760), claim("y", 2, amount_fen=5010))

    assert matched(due, paid).pairs.height == 0
    found = matched(due, paid, tolerance_fen=1240)
    assert found.pairs.select("expected_id", "match_verdict", "gap_fen").rows() == [
        ("A", "short", -1240),
        ("B", "over", 10),
    ]
    assert matched(due, paid, tolerance_fen=1239).pairs.height == 1


def test_the_nearest_amount_goes_first_in_a_tolerance() -> None:
    found = matched(
        rows(claim("A", 0)), rows(claim("x", 1, amount_fen=999900), claim("y", 4, amount_fen=999990)), tolerance_fen=500
    )

    assert [(a, b) for a, b, *_ in pairs(found)] == [("A", "y")]


def test_a_unique_split_is_suggested_and_uses_nothing_up() -> None:
    found = matched(rows(claim("A", 0, amount_fen=98012)), rows(*amounts([50007, 48005, 31000], "c", 2)))

    assert found.suggestions.select("credit_id", "match_verdict", "legs", "answers").rows() == [
        ("c0", "suggested_split", 2, 1),
        ("c1", "suggested_split", 2, 1),
    ]
    assert ids(found, "expected") == ["A"]
    assert ids(found, "credit") == ["c0", "c1", "c2"]


def test_several_splits_are_listed_as_ambiguous() -> None:
    found = matched(rows(claim("A", 0)), rows(*amounts([500000, 500000, 400000, 600000], "c", 2)))

    assert found.suggestions["match_verdict"].unique().to_list() == ["ambiguous_split"]
    assert found.suggestions.group_by("split_no", maintain_order=True).agg("credit_id")["credit_id"].to_list() == [
        ["c0", "c1"],
        ["c2", "c3"],
    ]


def test_a_split_two_claims_would_need_is_ambiguous() -> None:
    found = matched(rows(claim("A", 0), claim("B", 0)), rows(*amounts([400000, 600000], "c", 2)))

    assert found.suggestions["match_verdict"].unique().to_list() == ["ambiguous_split"]


def test_too_many_candidates_mean_no_suggestion() -> None:
    many = rows(*amounts([400000, 600000, *range(1, 12)], "c", 2))

    assert matched(rows(claim("A", 0)), many).suggestions.height == 0
    assert matched(rows(claim("A", 0)), many, split_candidates=13).suggestions.height == 2


def test_rows_without_money_are_excluded_and_said_so() -> None:
    found = matched(
        rows(claim("A", 0, amount_fen=None), claim("B", 0, amount_fen=-5), claim("C", 0, currency=None)),
        rows(claim("x", 1)),
    )

    assert found.excluded.select("id", "alone_because").rows() == [
        ("A", "no_amount"),
        ("B", "not_positive"),
        ("C", "no_currency"),
    ]


def test_a_row_without_a_day_can_still_match_by_key() -> None:
    found = matched(
        rows(claim("A", None, keys=["k"]), claim("B", None)), rows(claim("x", None, keys=["k"]), claim("y", 1))
    )

    assert [(a, b) for a, b, *_ in pairs(found)] == [("A", "x")]
    assert dict(found.unmatched.select("id", "alone_because").iter_rows())["B"] == "no_day"


def test_answers_are_capped_and_counted() -> None:
    due = rows(*(claim(f"A{n}", 0, store=f"s{n}") for n in range(8)))
    found = matched(due, rows(claim("x", 3)), answers=5)

    assert found.ambiguous.height == 5
    assert found.ambiguous["answers"].unique().to_list() == [8]
    assert len(ids(found, "expected", "ambiguous_ids")) == 8


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(DataError, match="A"):
        matched(rows(claim("A"), claim("A")), rows())


def test_nothing_to_match_is_no_error() -> None:
    found = matched(rows(), rows())

    assert [found.pairs.height, found.ambiguous.height, found.unmatched.height, found.control.height] == [0, 0, 0, 0]


def test_the_window_is_provisional_past_the_last_published_year() -> None:
    due = rows({"id": "A", "on": pl.Series(["2026-12-28"]).str.to_date()[0]})
    paid = rows({"id": "x", "on": pl.Series(["2027-01-06"]).str.to_date()[0]})

    assert matched(due, paid).pairs["is_provisional"].to_list() == [True]


# What must hold for any input.

_OWNER = st.sampled_from([None, None, "one", "two"])


def _side(prefix: str, most: int) -> st.SearchStrategy[pl.DataFrame]:
    row = st.fixed_dictionaries(
        {
            "on": st.integers(0, 18).map(day),
            "amount_fen": st.sampled_from([1000000, 1000000, 500000, 998760]),
            "store": _OWNER,
            "account": st.sampled_from([None, "p", "q"]),
            "keys": st.sampled_from([None, None, None, ["k1"], ["k2"]]),
            "base_keys": st.sampled_from([None, None, ["b1"], ["k1"]]),
        }
    )
    named = st.lists(row, max_size=most).map(lambda many: [r | {"id": f"{prefix}{n}"} for n, r in enumerate(many)])
    return named.map(lambda many: rows(*many))


_CLAIMS, _CREDITS = _side("A", 7), _side("x", 7)


def _fates(found: Matches, side: str) -> list[str]:
    used = found.pairs["expected_id" if side == "expected" else "credit_id"].unique().to_list()
    return sorted([*used, *ids(found, side), *ids(found, side, "excluded"), *ids(found, side, "ambiguous_ids")])


@settings(max_examples=40, deadline=None)
@given(_CLAIMS, _CREDITS, st.sampled_from([0, 2000]))
def test_every_row_has_one_fate_and_no_fen_is_lost(due: pl.DataFrame, paid: pl.DataFrame, tolerance: int) -> None:
    found = matched(due, paid, tolerance_fen=tolerance)

    assert _fates(found, "expected") == sorted(due["id"])
    assert _fates(found, "credit") == sorted(paid["id"])
    assert found.pairs["credit_id"].is_unique().all()
    one_leg = found.pairs.filter(pl.col("layer") != "base_key_sum")
    assert one_leg["expected_id"].is_unique().all()
    parts = pl.sum_horizontal("matched_fen", "ambiguous_fen", "alone_fen", "excluded_fen")
    assert found.control.filter(parts != pl.col("total_fen")).is_empty()
    for side, table in (("expected", due), ("credit", paid)):
        told = found.control.filter(pl.col("match_side") == side)
        assert told["total_fen"].sum() == table["amount_fen"].sum()
        assert told["rows"].sum() == table.height


@settings(max_examples=30, deadline=None)
@given(_CLAIMS, _CREDITS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(due: pl.DataFrame, paid: pl.DataFrame, random: Any) -> None:
    mixed = [
        frame[random.sample(range(frame.height), frame.height)] if frame.height else frame for frame in (due, paid)
    ]
    one, other = matched(due, paid), matched(*mixed)

    for table in ("pairs", "ambiguous", "unmatched", "excluded", "suggestions", "control"):
        assert getattr(one, table).equals(getattr(other, table)), table


def _answered(found: Matches) -> int:
    """How many claims every answer pays: matched ones, and of each ambiguity as many as it pays."""
    groups = int(found.ambiguous.unique("answer_group")["pays"].sum())
    return found.pairs["expected_id"].n_unique() + groups


@settings(max_examples=40, deadline=None)
@given(_CLAIMS, _CREDITS, st.integers(1, 8), st.integers(0, 6))
def test_a_wider_window_never_pays_fewer_claims(due: pl.DataFrame, paid: pl.DataFrame, window: int, more: int) -> None:
    narrow = matched(due, paid, window_days=window)
    wide = matched(due, paid, window_days=window + more, early_days=more)

    assert _answered(wide) >= _answered(narrow)


@settings(max_examples=40, deadline=None)
@given(_CLAIMS, _CREDITS)
def test_one_more_credit_never_pays_fewer_claims(due: pl.DataFrame, paid: pl.DataFrame) -> None:
    if paid.height:
        fewer, all_ = matched(due, paid.slice(1)), matched(due, paid)
        assert _answered(all_) >= _answered(fewer)


@settings(max_examples=40, deadline=None)
@given(_CLAIMS, _CREDITS, st.integers(1, 10**9))
def test_an_unmatched_row_moves_the_difference_by_exactly_its_amount(
    due: pl.DataFrame, paid: pl.DataFrame, fen: int
) -> None:
    def difference(found: Matches) -> int:
        sides = dict(found.control.group_by("match_side").agg(pl.col("total_fen").sum()).iter_rows())
        return int(sides.get("credit", 0) - sides.get("expected", 0))

    def alone(found: Matches) -> int:
        return int(found.control["alone_fen"].sum())

    lonely = rows(claim("zz", 400, amount_fen=fen, store="three"))
    before, after = matched(due, paid), matched(due, pl.concat([paid, lonely]))

    assert difference(after) - difference(before) == fen
    assert alone(after) - alone(before) == fen
    assert before.pairs.equals(after.pairs)


def _best(due: pl.DataFrame, paid: pl.DataFrame) -> tuple[tuple[int, int, int], list[frozenset[tuple[str, str]]]]:
    """All best answers of the window layer by trying everything: their value, and their sets of pairs."""
    window = CALENDAR.dues(due["on"], 5)["due_latest"]
    costs: dict[tuple[int, int], tuple[int, int]] = {}
    for a, (mine, latest) in enumerate(zip(due.iter_rows(named=True), window, strict=True)):
        for b, theirs in enumerate(paid.iter_rows(named=True)):
            fits = all(None in (mine[n], theirs[n]) or mine[n] == theirs[n] for n in ("store", "account"))
            if fits and mine["amount_fen"] == theirs["amount_fen"] and mine["on"] <= theirs["on"] <= latest:
                days = CALENDAR.elapsed(mine["on"], theirs["on"]).days
                costs[a, b] = days, (theirs["on"] - mine["on"]).days
    best, answers = (0, 0, 0), {frozenset[tuple[str, str]]()}
    for size in range(1, min(due.height, paid.height) + 1):
        for chosen in combinations(range(due.height), size):
            for given_ in permutations(range(paid.height), size):
                edges = list(zip(chosen, given_, strict=True))
                if all(edge in costs for edge in edges):
                    value = -size, sum(costs[e][0] for e in edges), sum(costs[e][1] for e in edges)
                    if value <= best:
                        answers = (answers if value == best else set()) | {
                            frozenset((due["id"][a], paid["id"][b]) for a, b in edges)
                        }
                        best = value
    return best, sorted(answers, key=sorted)


def _window_side(prefix: str) -> st.SearchStrategy[pl.DataFrame]:
    row = st.fixed_dictionaries(
        {
            "on": st.integers(0, 9).map(day),
            "amount_fen": st.sampled_from([1000000, 1000000, 1000000, 500000]),
            "store": st.sampled_from([None, None, "one", "two"]),
            "account": st.sampled_from([None, None, "p", "q"]),
        }
    )
    named = st.lists(row, max_size=4).map(lambda many: [r | {"id": f"{prefix}{n}"} for n, r in enumerate(many)])
    return named.map(lambda many: rows(*many))


@settings(max_examples=60, deadline=None)
@example(
    rows(
        *[
            {"on": day(n), "amount_fen": 1000000, "account": who, "id": f"A{n}{who}"}
            for n, who in ((0, None), (3, None), (3, "p"))
        ]
    ),
    rows(
        *[
            {"on": day(n), "amount_fen": 1000000, "account": who, "id": f"x{n}{who}"}
            for n, who in ((2, None), (2, "p"), (3, None))
        ]
    ),
)
@given(_window_side("A"), _window_side("x"))
def test_the_matcher_equals_trying_everything(due: pl.DataFrame, paid: pl.DataFrame) -> None:
    _holds_to_all_answers(due, paid)


def _holds_to_all_answers(due: pl.DataFrame, paid: pl.DataFrame) -> None:
    found = matched(due, paid)
    best, answers = _best(due, paid)
    unsure = set(ids(found, "expected", "ambiguous_ids"))
    sure = found.pairs.filter(~pl.col("expected_id").is_in(list(unsure)))

    # As many claims are paid as can be, and what is paired belongs to one best answer.
    assert _answered(found) == -best[0]
    pairs_found = set(sure.select("expected_id", "credit_id").iter_rows())
    assert any(pairs_found <= answer for answer in answers)
    # A claim called paid is paid in every best answer, or a twin of it is; one called alone likewise in none.
    twin = {
        row["id"]: (row["on"], row["amount_fen"], row["store"], row["account"]) for row in due.iter_rows(named=True)
    }
    for name in due["id"]:
        fates = {any(a == name for a, _ in answer) for answer in answers}
        if name not in unsure and len(fates) > 1:
            swing = {other for other in due["id"] if len({any(a == other for a, _ in x) for x in answers}) > 1}
            assert any(twin[other] == twin[name] for other in swing - {name})
        elif name not in unsure:
            assert fates == {name in set(sure["expected_id"])}
    # Where only one answer exists nothing is ambiguous, and it is the one.
    if len(answers) == 1:
        assert not unsure
        assert pairs_found == set(answers[0])


@settings(max_examples=60, deadline=None)
@example(
    rows(*[{"on": day(0), "amount_fen": 1000000, "id": f"A{n}"} for n in range(3)]),
    rows(
        *[{"on": day(0), "amount_fen": 1000000, "id": f"x{n}"} for n in range(2)],
        *[{"on": day(1), "amount_fen": 1000000, "store": "two", "id": f"x{n}"} for n in range(2, 4)],
    ),
)
@given(_window_side("A"), _window_side("x"))
def test_what_is_ambiguous_really_has_two_meanings(due: pl.DataFrame, paid: pl.DataFrame) -> None:
    _means_two_things(due, paid)


def _means_two_things(due: pl.DataFrame, paid: pl.DataFrame) -> None:
    found = matched(due, paid)
    unsure = set(ids(found, "expected", "ambiguous_ids"))
    if unsure:
        _, answers = _best(due, paid)
        assert len(answers) > 1
        owner = {row["id"]: (row["store"], row["account"]) for row in paid.iter_rows(named=True)}
        meanings = {
            (frozenset(a for a, _ in answer), tuple(sorted(map(str, (owner[b] for _, b in answer)))))
            for answer in answers
        }
        assert len(meanings) > 1


@pytest.mark.long
@settings(max_examples=2000, deadline=None)
@given(_window_side("A"), _window_side("x"))
def test_at_length_the_matcher_equals_trying_everything(due: pl.DataFrame, paid: pl.DataFrame) -> None:
    _holds_to_all_answers(due, paid)
    _means_two_things(due, paid)


def test_a_large_block_is_solved_like_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit.reconcile import assignment

    due = rows(*(claim(f"A{n:03}", n % 11, store=f"s{n % 3}") for n in range(60)))
    paid = rows(*(claim(f"x{n:03}", (n * 7) % 16, account=f"p{n % 2}") for n in range(45)))
    dense = matched(due, paid)
    monkeypatch.setattr(assignment, "_DENSE_CELLS", 10)
    flow = matched(due, paid)

    assert _answered(flow) == _answered(dense)
    assert ids(flow, "expected", "ambiguous_ids") == ids(dense, "expected", "ambiguous_ids")


def test_options_are_what_the_head_says() -> None:
    assert (
        match(
            rows(claim("A")), rows(claim("x", 7)), calendar=CALENDAR, options=MatchOptions(window_days=5)
        ).pairs.height
        == 1
    )
