"""Policies, each in a file with its settings, metric and reasons.

`policy.py` has the protocol, and `table.py` a row for each.
"""
