"""The best answer: equal to trying everything, and the large way equal to the small way."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.reconcile import assignment
from toolkit.reconcile.assignment import Graph, alternatives, assign


def graph(claims: int, room: list[int], costs: dict[tuple[int, int], tuple[int, int]]) -> Graph:
    """A graph by its edges' costs; every claim is of its own kind."""
    edges = sorted(costs)
    claim, node = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    first, second = (np.array([costs[edge][n] for edge in edges], dtype=np.int64) for n in (0, 1))
    return Graph(claims, np.array(room, dtype=np.int64), claim, node, first, second, np.arange(claims))


def value(net: Graph, taken: np.ndarray) -> tuple[int, int, int]:
    return -int(taken.sum()), int(net.first[taken].sum()), int(net.second[taken].sum())


def everything(net: Graph) -> list[np.ndarray]:
    """All best answers, by trying every set of edges."""
    found: dict[tuple[int, int, int], list[np.ndarray]] = {}
    for bits in product([False, True], repeat=len(net.claim)):
        taken = np.array(bits, dtype=bool)
        once = np.bincount(net.claim[taken], minlength=net.claims) <= 1
        if once.all() and (np.bincount(net.node[taken], minlength=len(net.room)) <= net.room).all():
            found.setdefault(value(net, taken), []).append(taken)
    return found[min(found)]


_GRAPHS = st.builds(
    graph,
    st.just(4),
    st.lists(st.integers(1, 2), min_size=3, max_size=3),
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(0, 2)), st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=9
    ),
)


@settings(max_examples=150, deadline=None)
@given(_GRAPHS)
def test_the_answer_is_a_best_one_and_all_others_are_told(net: Graph) -> None:
    taken, best = assign(net), everything(net)
    other = alternatives(net, taken)

    assert any((taken == answer).all() for answer in best)
    stands = np.any(best, axis=0) if best else taken
    always = np.all(best, axis=0)
    # An edge is in a choice exactly when some best answers have it and others do not.
    assert ((other.group >= 0) == (stands & ~always)).all()
    paid = np.array([np.bincount(net.claim[answer], minlength=net.claims) > 0 for answer in best])
    assert (other.swings == (paid.any(axis=0) & ~paid.all(axis=0))).all()


@settings(max_examples=60, deadline=None)
@given(_GRAPHS)
def test_the_flow_is_as_good_as_the_table(net: Graph) -> None:
    table = value(net, assign(net))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "_DENSE_CELLS", 0)
        assert value(net, assign(net)) == table


def test_claims_that_are_alike_flow_together_and_come_apart_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "_DENSE_CELLS", 0)
    costs = {(claim, node): (node, node) for claim in range(5) for node in range(2)}
    net = graph(5, [1, 2], costs)
    alike = Graph(5, net.room, net.claim, net.node, net.first, net.second, np.zeros(5, dtype=np.int64))
    taken = assign(alike)

    assert list(zip(alike.claim[taken], alike.node[taken], strict=True)) == [(0, 0), (1, 1), (2, 1)]


def test_where_pairs_may_be_exchanged_the_earlier_takes_the_earlier() -> None:
    net = graph(2, [1, 1], {(0, 0): (3, 3), (0, 1): (4, 4), (1, 0): (2, 2), (1, 1): (3, 3)})
    taken = assign(net)

    assert list(zip(net.claim[taken], net.node[taken], strict=True)) == [(0, 0), (1, 1)]
    assert (alternatives(net, taken).group >= 0).all()
    assert not alternatives(net, taken).swings.any()


def test_an_empty_graph_has_an_empty_answer() -> None:
    assert assign(graph(0, [], {})).tolist() == []
