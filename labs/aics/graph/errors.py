"""The error that graphs raise.

GraphError (an Exception)
    an operator, kernel, node or feed does not fit; the message names it and says what there is
"""


class GraphError(Exception):
    """The graph cannot be built or run as asked; the message names the culprit and what would fit."""
