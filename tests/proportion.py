"""Whether work grows in proportion: told by a ratio, so that a slow machine changes nothing."""

import time
from collections.abc import Callable

_TENTH = 10
# Linear work takes ten times as long, quadratic a hundred times. At twenty a square is seen that
# takes one and a quarter times what is linear: forty would want texts four times as long for that.
_ALLOWED = 20
_TRIES = 3  # a collection of garbage may fall into one measurement
_SLACK = 0.005  # seconds: what can't be timed is not compared


def grows_in_proportion(
    work: Callable[[int], object], units: int, allowed: float = _ALLOWED
) -> bool:
    """Whether `work` on so many units takes at most `allowed` times what a tenth of them takes."""

    def spent(count: int) -> float:
        begun = time.process_time()
        work(count)
        return time.process_time() - begun

    def holds() -> bool:
        tenth = spent(units // _TENTH)
        return spent(units) < allowed * (tenth + _SLACK)

    spent(1)  # what is loaded once
    return any(holds() for _ in range(_TRIES))
