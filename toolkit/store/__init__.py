"""A store folder: settings, inbox, history and runs; how one is opened (`toolkit.store.new`: how one begins)."""

from toolkit.store.folder import Store, money_of, open_store
from toolkit.store.inbox import WasFile
from toolkit.store.named_files import MoneyFiles, read_money

__all__ = ["MoneyFiles", "Store", "WasFile", "money_of", "open_store", "read_money"]
