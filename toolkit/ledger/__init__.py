"""What became of each decision: states, the append-only book of transitions, and a product's story."""

from toolkit.ledger.book import Hand, Ledger
from toolkit.ledger.states import CORRECTED, CORRECTIONS, GONE, STATES, State

__all__ = ["CORRECTED", "CORRECTIONS", "GONE", "STATES", "Hand", "Ledger", "State"]
