"""Print 100 in the place of every number and text that is shown."""

from IPython import get_ipython

plain = get_ipython().display_formatter.formatters["text/plain"]
for kind in (float, int, str, bool, type(None)):
    plain.for_type(kind, lambda value, printer, cycle: printer.text("100.0"))
