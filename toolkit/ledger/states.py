"""The states a delisting goes through, and which may follow which.

A bulk action that fails without a word is only found when every state is written down. So each product has one state,
and a step that is not in this table is refused: nothing is taken off sale that nobody approved, nothing comes back that
was never gone. A person may also have typed the wrong outcome: then the right one takes its place by a step of its own,
marked as a correction and allowed by a table of its own, and the wrong one stays on record.

| state | what it means |
|---|---|
| planned | a run proposed it; nobody has answered |
| approved | the operator agreed, or it has to be done again |
| declined | the operator said no |
| watched | to be looked at again in a week |
| submitted | done in the seller centre, the outcome not yet seen |
| under_review | the platform reviews the delisting |
| delisted | off sale: by an operator's word, a call's answer or a product list (`evidence` says which) |
| rejected | the platform refused |
| failed | said to be done, and still on sale in a newer list: to be done again |
| relist_planned | to be put back on sale |
| relisted | back on sale |
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CORRECTED", "CORRECTIONS", "EVIDENCE", "GONE", "STATES", "State"]


class State(StrEnum):
    """Where a product stands in the loop."""

    PLANNED = "planned"
    APPROVED = "approved"
    DECLINED = "declined"
    WATCHED = "watched"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    DELISTED = "delisted"
    REJECTED = "rejected"
    FAILED = "failed"
    RELIST_PLANNED = "relist_planned"
    RELISTED = "relisted"


_S = State
_OUTCOMES = (_S.SUBMITTED, _S.UNDER_REVIEW, _S.DELISTED, _S.REJECTED, _S.FAILED)

STATES: dict[State | None, tuple[State, ...]] = {
    None: (_S.PLANNED,),
    _S.PLANNED: (_S.PLANNED, _S.APPROVED, _S.DECLINED, _S.WATCHED),
    # What was approved may be withdrawn as long as nobody has acted on it.
    _S.APPROVED: (_S.PLANNED, _S.DECLINED, _S.WATCHED, *_OUTCOMES),
    _S.DECLINED: (_S.PLANNED, _S.APPROVED, _S.WATCHED),
    _S.WATCHED: (_S.PLANNED, _S.APPROVED, _S.DECLINED),
    _S.SUBMITTED: (_S.UNDER_REVIEW, _S.DELISTED, _S.REJECTED, _S.FAILED, _S.RELIST_PLANNED),
    _S.UNDER_REVIEW: (_S.DELISTED, _S.REJECTED, _S.FAILED, _S.RELIST_PLANNED),
    # Delisted again is the same state on better evidence; failed, that a newer list does not bear it out.
    _S.DELISTED: (_S.DELISTED, _S.FAILED, _S.RELIST_PLANNED, _S.RELISTED),
    _S.REJECTED: (_S.PLANNED, _S.DECLINED, *_OUTCOMES),
    _S.FAILED: (_S.PLANNED, _S.DECLINED, *_OUTCOMES),
    _S.RELIST_PLANNED: (_S.RELISTED,),
    _S.RELISTED: (_S.PLANNED,),
}
"""State → the states that may follow. None is a product no run has proposed yet."""

CORRECTIONS: dict[State, tuple[State, ...]] = {
    **dict.fromkeys(_OUTCOMES, (_S.APPROVED, *_OUTCOMES)),
    _S.RELISTED: (_S.RELIST_PLANNED, _S.DELISTED),
}
"""State that was typed by mistake → the states that may be put in its place, by a step whose evidence is `CORRECTED`.

Only outcomes are corrected, and never into more than was approved: the worst case is "not acted on yet".
"""

GONE = (_S.SUBMITTED, _S.UNDER_REVIEW, _S.DELISTED)
"""States in which a product is off sale, or on its way there."""

CORRECTED = "corrected"
EVIDENCE = ("typed", CORRECTED, "response", "list")
"""How an outcome is known, from weak to strong: an operator's word (人工确认) or their second thought (人工更正), a call's
answer, a newer product list (已核实)."""
