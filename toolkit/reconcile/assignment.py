"""Claims and the credits that could pay them: which pairing is best, and is it the only one?

Best means: as many claims as possible are paid, and among those answers the two costs of an edge (working days, then
calendar days) are smallest in sum, the first before the second. Nearest-first would lose matches; this does not.

The graph falls into connected parts; windows keep them small, and each goes through `scipy`'s linear_sum_assignment. A
part too large for a dense table (thousands of equal amounts close together) is solved as a flow: claims with the same
edges are one node with a supply, and three linear programs settle number, first and second cost in turn. Each stays on
a face of a transport polytope, whose corners are whole numbers.

An answer is the only one exactly when the residual network has no cycle of cost zero. Potentials of that network make
every arc on such a cycle tight, so the strongly connected parts of the tight arcs tell for each pair whether it stands
in some best answer, and for each claim whether it goes unpaid in some and paid in others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

__all__ = ["Alternatives", "Graph", "alternatives", "assign"]

_DENSE_CELLS = 1_000_000
_EXACT = 2**53


@dataclass(frozen=True)
class Graph:
    """Which claim could be paid by which node. Claims and nodes are numbered in the order that breaks ties.

    A node is one credit, or several that differ in nothing but their id; `room` says how many. Edges are unique and
    sorted by claim, then node.
    """

    claims: int
    room: np.ndarray
    claim: np.ndarray
    node: np.ndarray
    first: np.ndarray
    """The first cost of each edge; the second only decides where the sums of the first are equal."""
    second: np.ndarray
    alike: np.ndarray
    """Per claim: claims with the same number have the same edges at the same costs."""

    def parts(self) -> np.ndarray:
        """The connected part of each claim, then of each node, numbered from 0."""
        size = self.claims + len(self.room)
        links = csr_array((np.ones(len(self.claim)), (self.claim, self.claims + self.node)), shape=(size, size))
        return connected_components(links, directed=False)[1].astype(np.int64)


def assign(graph: Graph) -> np.ndarray:
    """Per edge: is it taken. At most one edge of a claim, at most `room` edges of a node; the best such answer.

    >>> one = np.array([0, 0, 1]), np.array([0, 1, 0])
    >>> graph = Graph(2, np.array([1, 1]), *one, np.array([0, 3, 1]), np.array([0, 3, 1]), np.array([0, 1]))
    >>> assign(graph).tolist()
    [False, True, True]
    """
    taken = np.zeros(len(graph.claim), dtype=bool)
    if not len(taken):
        return taken
    part = graph.parts()[graph.claim]
    order = np.argsort(part, kind="stable")
    starts = np.flatnonzero(np.diff(part[order], prepend=-1))
    sizes = np.diff(np.append(starts, len(order)))
    taken[order[starts[sizes == 1]]] = True
    for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
        edges = order[start : start + size]
        taken[edges[_solve(graph, edges)]] = True
    return taken


def _solve(graph: Graph, edges: np.ndarray) -> np.ndarray:
    """The taken ones among the edges of one part, as positions."""
    claims, claim = np.unique(graph.claim[edges], return_inverse=True)
    nodes, node = np.unique(graph.node[edges], return_inverse=True)
    first, second = graph.first[edges], graph.second[edges]
    room = np.minimum(graph.room[nodes], np.bincount(node))
    pairs = int(min(len(claims), room.sum()))
    scale = 1 + pairs * int(second.max())
    cost = first * scale + second
    none = 1 + pairs * int(cost.max())
    if len(claims) * int(room.sum()) > _DENSE_CELLS or none * (pairs + 1) >= _EXACT:
        return _flow(graph.alike[claims][claim], claim, node, room, first, second)
    table = np.full((len(claims), len(nodes)), none, dtype=np.int64)
    table[claim, node] = cost
    column = np.repeat(np.arange(len(nodes)), room)
    rows, columns = linear_sum_assignment(table[:, column])
    chosen = np.full(len(claims), -1)
    real = table[rows, column[columns]] < none
    chosen[rows[real]] = column[columns][real]
    _uncross(table, chosen)
    return np.flatnonzero(chosen[claim] == node)


def _uncross(table: np.ndarray, chosen: np.ndarray) -> None:
    """Where two pairs may be exchanged at no cost, the earlier claim takes the earlier credit."""
    paid = np.flatnonzero(chosen >= 0)
    if len(paid) > 200:
        return
    for place, early in enumerate(paid):
        for late in paid[place + 1 :]:
            a, b = chosen[early], chosen[late]
            if b < a and table[early, b] + table[late, a] == table[early, a] + table[late, b]:
                chosen[early], chosen[late] = b, a


def _flow(
    alike: np.ndarray, claim: np.ndarray, node: np.ndarray, room: np.ndarray, first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """The same answer for a large part: claims that are alike flow together, then are told apart in their order."""
    kinds, kind = np.unique(alike, return_inverse=True)
    arcs, at = np.unique(kind * len(room) + node, return_index=True)
    source, sink = arcs // len(room), arcs % len(room)
    supply = np.bincount(kind[np.unique(claim, return_index=True)[1]], minlength=len(kinds))
    number = np.arange(len(arcs))
    limits = csr_array(
        (np.ones(2 * len(arcs)), (np.concatenate([source, len(kinds) + sink]), np.tile(number, 2))),
        shape=(len(kinds) + len(room), len(arcs)),
    )
    most = np.concatenate([supply, room])
    equal, sums, amounts = [], [], np.zeros(len(arcs))
    for cost in (-np.ones(len(arcs)), first[at].astype(float), second[at].astype(float)):
        answer = linprog(
            cost, A_ub=limits, b_ub=most, A_eq=np.array(equal) if equal else None, b_eq=sums or None, method="highs-ds"
        )
        amounts = np.rint(answer.x)
        equal.append(cost)
        sums.append(float(cost @ amounts))
    return _told_apart(amounts.astype(np.int64), source, sink, kind, claim, node)


def _told_apart(
    amounts: np.ndarray, source: np.ndarray, sink: np.ndarray, kind: np.ndarray, claim: np.ndarray, node: np.ndarray
) -> np.ndarray:
    """Edges of single claims from the flow of their kinds: earlier claims take earlier credits."""
    claims, at = np.unique(claim, return_index=True)
    kind_of, node_of = kind[at], np.full(len(claims), -1)
    for one in np.unique(source):
        arcs = np.flatnonzero((source == one) & (amounts > 0))
        goes_to = np.repeat(sink[arcs], amounts[arcs])
        node_of[np.flatnonzero(kind_of == one)[: len(goes_to)]] = goes_to
    return np.flatnonzero(node_of[np.searchsorted(claims, claim)] == node)


@dataclass(frozen=True)
class Alternatives:
    """What other best answers look like."""

    group: np.ndarray
    """Per edge: the group of claims and nodes that can be exchanged with one another; -1: the edge is in no choice."""
    swings: np.ndarray
    """Per claim: it is paid in some best answers and goes unpaid in others."""
    spare: np.ndarray
    """Per node: a best answer leaves more of it free than another does."""


def alternatives(graph: Graph, taken: np.ndarray) -> Alternatives:
    """Where the best answer `taken` has equals: exact, for the whole graph at once.

    >>> edges = np.array([0, 1]), np.array([0, 0])
    >>> graph = Graph(2, np.array([1]), *edges, np.array([3, 3]), np.array([3, 3]), np.array([0, 1]))
    >>> alternatives(graph, assign(graph)).swings.tolist()
    [True, True]
    """
    tail, head, cost = _residual(graph, taken)
    size = int(max(tail.max(initial=0), head.max(initial=0))) + 1
    level = _potentials(tail, head, cost, size)
    tight = level[tail] + cost == level[head]
    links = csr_array((np.ones(int(tight.sum())), (tail[tight], head[tight])), shape=(size, size))
    strong = connected_components(links, connection="strong")[1]
    # A loop stands where an arc does not exist.
    inner = tight & (strong[tail] == strong[head]) & (tail != head)
    edges, nodes = len(graph.claim), len(graph.room)
    in_choice, swings, free, busy = np.split(inner, np.cumsum([edges, graph.claims, nodes]))
    ends = graph.claim[in_choice], graph.claims + graph.node[in_choice]
    groups = csr_array((np.ones(int(in_choice.sum())), ends), shape=(size, size))
    label = connected_components(groups, directed=False)[1]
    between = tight & (np.arange(len(tight)) < edges + graph.claims)
    spare = np.where(free & busy, _exchanging(tail[between], head[between], free, busy, graph.claims), free | busy)
    return Alternatives(np.where(in_choice, label[graph.claim], -1), swings, spare)


def _exchanging(tail: np.ndarray, head: np.ndarray, free: np.ndarray, busy: np.ndarray, claims: int) -> np.ndarray:
    """Per node: can it give a credit's place to another node, or take one over from another?

    Of a node partly in use an arc goes to the sink and one comes back, which is no change. So it is asked whether a node
    with room can be reached from it, or it from a node in use, without the sink: another one than the node itself.
    """
    if not (free & busy).any():
        return np.zeros(len(free), dtype=bool)
    nodes = np.arange(claims, claims + len(free))
    gives = _reaches_another(tail, head, nodes, free)
    takes = _reaches_another(head, tail, nodes, busy)
    return (busy & gives) | (free & takes)


def _reaches_another(tail: np.ndarray, head: np.ndarray, nodes: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Per node: is one of `ends` but itself at the end of a way along the arcs? By the first and the last of those ends."""
    size = int(max(tail.max(initial=0), head.max(initial=0), nodes[-1])) + 1
    first, last = np.full(size, size), np.full(size, -1)
    first[nodes[ends]] = last[nodes[ends]] = nodes[ends]
    while True:
        before = first.copy(), last.copy()
        np.minimum.at(first, tail, first[head])
        np.maximum.at(last, tail, last[head])
        if np.array_equal(first, before[0]) and np.array_equal(last, before[1]):
            return ((first[nodes] < size) & (first[nodes] != nodes)) | ((last[nodes] >= 0) & (last[nodes] != nodes))


def _residual(graph: Graph, taken: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Arcs along which an answer can be changed without paying fewer claims: tail, head and cost.

    First one per edge (from the claim where it is free, back to it where it is taken), then one per claim (from its
    part's source where it is unpaid, to it where it is paid), then to the part's sink from nodes with room left, then
    from the sink to nodes in use. An arc that does not exist is a loop.
    """
    size, parts = graph.claims + len(graph.room), graph.parts()
    source, sink = size + parts, size + int(parts.max(initial=0)) + 1 + parts
    claims, nodes = np.arange(graph.claims), np.arange(graph.claims, size)
    paid = np.bincount(graph.claim[taken], minlength=graph.claims) > 0
    used = np.bincount(graph.node[taken], minlength=len(graph.room))
    a, b = graph.claim, graph.claims + graph.node
    s, t = source[: graph.claims], sink[graph.claims :]
    largest = int(np.bincount(parts[: graph.claims], minlength=1).max())
    cost = graph.first * (1 + 4 * largest * (1 + int(graph.second.max(initial=0)))) + graph.second
    tail = np.where(taken, b, a), np.where(paid, claims, s), nodes, np.where(used > 0, t, nodes)
    head = np.where(taken, a, b), np.where(paid, s, claims), np.where(used < graph.room, t, nodes), nodes
    costs = np.where(taken, -cost, cost), np.zeros(graph.claims + 2 * len(nodes), dtype=np.int64)
    return np.concatenate(tail), np.concatenate(head), np.concatenate(costs)


def _potentials(tail: np.ndarray, head: np.ndarray, cost: np.ndarray, size: int) -> np.ndarray:
    """Levels with ``level[head] <= level[tail] + cost`` on every arc: shortest distances from anywhere."""
    order = np.argsort(head, kind="stable")
    tail, cost = tail[order], cost[order]
    heads, starts = np.unique(head[order], return_index=True)
    level = np.zeros(size, dtype=np.int64)
    for _ in range(size + 1):
        best = np.minimum(level[heads], np.minimum.reduceat(level[tail] + cost, starts))
        if np.array_equal(best, level[heads]):
            return level
        level[heads] = best
    raise ArithmeticError("the answer was not the best one")
