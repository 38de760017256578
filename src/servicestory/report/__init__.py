"""The quarterly review: what was told, found, decided and measured, as one page, markdown or tables."""
