"""A store folder: settings, inbox, history and runs; how one is opened, and how one begins."""

from toolkit.store.folder import Store, money_of, open_store
from toolkit.store.inbox import WasFile
from toolkit.store.named_files import MoneyFiles, read_money
from toolkit.store.new import init_store

__all__ = ["MoneyFiles", "Store", "WasFile", "init_store", "money_of", "open_store", "read_money"]
