"""What the tests of the characters share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kirara_studio.engine.queue import JobQueue


@pytest.fixture(scope="package")
def queue(queue: JobQueue) -> Iterator[JobQueue]:
    """The queue of all panels, whose second engine stays from one film or likeness to the next.

    Every start of it imports torch again. That it ends with its last job is tested with the queue.
    """
    link = queue._background_link
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(link, "rest", lambda: None)
        yield queue
    link.rest()
