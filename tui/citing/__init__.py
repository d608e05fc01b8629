"""Bibliographic records, and the formats that hold them."""
