"""What the reader can do: one table, from which bindings, footer, palette, help and README are made."""
