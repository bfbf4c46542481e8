"""Bytes in, canonical tables and a table of problems out.

Nothing is imported here: a weekly run whose files are all in the history already needs none of the readers.
"""
