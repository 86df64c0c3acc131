"""Whether work grows in proportion: told by a ratio, so that a slow machine changes nothing."""

import time
from collections.abc import Callable

_TENTH = 10
# Linear work takes ten times as long, quadratic a hundred times.
_ALLOWED = 40
_SLACK = 0.005  # seconds: what can't be timed is not compared


def grows_in_proportion(work: Callable[[int], object], units: int) -> bool:
    """Whether `work` on so many units takes no more than forty times what a tenth of them takes."""

    def spent(count: int) -> float:
        begun = time.process_time()
        work(count)
        return time.process_time() - begun

    spent(1)  # what is loaded once
    tenth = spent(units // _TENTH)
    # Measured again where it is too long: a collection of garbage may fall into one of them.
    return any(spent(units) < _ALLOWED * (tenth + _SLACK) for _ in range(2))
