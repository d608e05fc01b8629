"""The rules on wording: heuristics over word lists, and so never errors. Each is measured in `tests/checks/precision.py`."""
