"""A scheduler: it deals out hand-ins, and knows nothing of grading."""

from __future__ import annotations

from collections.abc import Callable

from distributed import Scheduler

from aics.language import tr
from autograder.cluster.errors import ClusterError


async def serve(host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until this is cancelled; calls `ready` with the address once it does. ClusterError where it cannot."""
    try:
        scheduler = await Scheduler(host=host, port=port, dashboard=False, dashboard_address=":0")
    except (OSError, ValueError, RuntimeError) as error:
        why = error.__cause__ or error  # Dask says of all that it failed to start
        raise ClusterError(
            tr(
                "No scheduler can serve at {host}:{port}: {why}. Name another --port, or --host, an "
                "address of this machine.",
                host=host,
                port=port,
                why=why,
            )
        ) from error
    async with scheduler:
        ready(scheduler.address)
        await scheduler.finished()
