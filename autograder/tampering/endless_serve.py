"""Serve as one should, but never come back from it, so that no later cell can be run."""

import aics.serve

properly = aics.serve.serve


def serve(*args):
    properly(*args)
    while True:
        pass


aics.serve.serve = serve
