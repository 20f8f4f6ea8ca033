"""The error that the device raises.

CnmlError (a RuntimeError)
    the card prints such a line and exits; here it is raised, so that the notebook goes on
"""


class CnmlError(RuntimeError):
    """The device cannot do what it was told; the message says what to do instead."""
