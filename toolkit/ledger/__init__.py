"""What became of each decision: states, the append-only book of transitions, and a product's story."""

from toolkit.ledger.book import Hand, Ledger
from toolkit.ledger.states import GONE, STATES, State

__all__ = ["GONE", "STATES", "Hand", "Ledger", "State"]
