"""What a visitor may take of the server: each policy a file with its settings, its metric and its reasons.

`policy.py` has the protocol, and `table.py` a row for each.
"""
