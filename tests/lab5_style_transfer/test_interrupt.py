"""Kernel > Interrupt stops a watched run in a real kernel; running the cell again goes on without loss."""

from __future__ import annotations

import time

import pytest

from tests.kernel import outputs, running

BEGIN = """
import time
import numpy as np
from aics.lab5_style_transfer import pictures as show
from aics.lab5_style_transfer.picture_run import PictureRun

class Count:
    step = 0

def step(image):
    counter.step = counter.step + 1
    time.sleep(0.02)
    return image + 1, (1.0, 0.5, 0.5)

counter = Count()
counter.step = 0
run = PictureRun(step, np.zeros((1, 3, 8, 12)), counter)
"""
WATCH = "show.watch_transfer(run, {}, np.zeros(3))"
SAY = "print(run.step, counter.step, run.image.max())"

#: A run is shown no more than so many times a second.
OFTEN = 5

pytestmark = pytest.mark.slow


@pytest.fixture
def kernel():
    with running() as started:
        yield started


def test_an_interrupted_run_goes_on(kernel):
    manager, client = kernel
    assert outputs(client, client.execute(BEGIN)) == []
    began = time.monotonic()
    watching = client.execute(WATCH.format(1000))
    shown = outputs(client, watching, enough=3)
    manager.interrupt_kernel()
    shown += outputs(client, watching)
    assert "KeyboardInterrupt" not in shown
    assert shown[0].startswith("step 0 of 1000")
    assert "Run this cell again, and it goes on from there." in shown[-1]
    assert len(shown) <= 4 + OFTEN * (time.monotonic() - began)
    (said,) = outputs(client, client.execute(SAY))
    done = int(said.split()[0])
    assert 0 < done < 1000
    outputs(client, client.execute(WATCH.format(done + 10)))
    (said,) = outputs(client, client.execute(SAY))
    assert said.split() == [str(done + 10), str(done + 10), f"{done + 10}.0"]
