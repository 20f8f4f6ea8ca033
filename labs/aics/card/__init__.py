"""A verdict made visible: as HTML in a notebook, as text in a terminal, with pictures."""
