"""Queries of anyone's are evaluated in processes that can be lost.

The engine cannot be interrupted, and some inputs end the process that reads them. So a warm process
that holds the release (the zygote) forks workers, each of which answers one query at a time and is
killed by the kernel's timer at its limit, or when nobody waits for its answer any more. A query
first has a short time in the quick lane; if that is not enough it begins again in the slow lane,
where a few at a time have long.

::

    supervisor ── fork ──> web process ── control ──> zygote ── fork ──> worker
         └──────── fork ──────────────────────────────┘                    │
                           web process ── a socket for each ───────────────┘
"""
