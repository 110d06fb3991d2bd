"""Processes that share a run's work and end with it."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def pool(workers: int) -> ProcessPoolExecutor:
    """A pool of processes, spawned: a fork would copy locks that other threads of the run hold."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_follow_parent)


def beside(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> Callable[[], T]:
    """Begins work in a process of its own; what is returned waits for the result."""
    processes = pool(1)
    begun = processes.submit(work, *given, **named)

    def wait() -> T:
        with processes:
            return begun.result()

    return wait


def _follow_parent() -> None:
    """Has a worker end with the run, however that ends, and leaves Ctrl-C to the run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def end_with_parent() -> None:
        if parent is not None:
            multiprocessing.connection.wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
