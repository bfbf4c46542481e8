"""A store folder: settings, inbox, history and runs; how one is opened, and how one begins."""

from toolkit.store.folder import Store, money_of, open_store
from toolkit.store.inbox import WasFile
from toolkit.store.new import init_store

__all__ = ["Store", "WasFile", "init_store", "money_of", "open_store"]
