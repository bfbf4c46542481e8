"""How good would last year's advice have been? The model replayed on a shop's own past, beside the rules used today."""

from __future__ import annotations

from toolkit.backtest.own_past import OwnPast, judge_past, record_of
from toolkit.backtest.replay import Record, Replay, finished_cutoffs, replay
from toolkit.backtest.tables import (
    at_equal_counts,
    false_delists,
    probabilities,
    ranking,
    reliability_by_rate,
    worst_capture,
)

__all__ = [
    "OwnPast", "Record", "Replay", "at_equal_counts", "false_delists", "finished_cutoffs", "judge_past", "probabilities", "ranking", "record_of", "reliability_by_rate", "replay",
    "worst_capture",
]  # fmt: skip
