"""Money against money: what a store's deposit was, what was taken, what came back, and what is still missing.

Every row of every bill gets one class, every row is used at most once, and what cannot be told is said to be unknown.
"""
