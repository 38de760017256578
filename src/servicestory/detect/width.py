"""How many people, teams or sites do it at the least: what so many stories, seen with so many, can show."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from servicestory.detect.concentration import Counts

_ORDERS = 24  # orders in which the groups are left out one after another
_LEVEL = 0.05


@dataclass(frozen=True)
class Width:
    """What stories would show if only some of the groups did it, each as often as stories are about it.

    Args:
        exposure: stories of any kind per group, shape (groups,); groups without any are left out.
        share: of the groups; when more than that do it, it is called wide.
        seed: of the orders in which groups are left out.
    """

    exposure: Counts
    share: float
    seed: int

    @cached_property
    def _ordered(self) -> NDArray[np.float64]:
        """The exposures in random orders, shape (orders, groups): the first ``k`` are the ones that do it."""
        here = self.exposure[self.exposure > 0].astype(np.float64)
        if len(set(here.tolist())) < 2:
            return here[None, :]
        return np.random.default_rng(self.seed).permuted(np.tile(here, (_ORDERS, 1)), axis=1)

    @cached_property
    def _sizes(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The different exposures, and which of them stands where in each order, told apart from the others'.

        Groups told about as often are as likely to be seen: they are counted instead of reckoned one by one.
        """
        sizes, which = np.unique(self._ordered, return_inverse=True)
        which = which.reshape(self._ordered.shape)
        return sizes, which + len(sizes) * np.arange(len(which), dtype=np.int64)[:, None]

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return int(self._ordered.shape[1])

    def at_least(self, seen: int, stories: int) -> int:
        """The fewest groups that could do it, where ``stories`` show ``seen`` of them (95 %, one-sided).

        Fewer groups than that would show so many in fewer than 5 of 100 houses. As few as are seen when each
        is seen again and again; far more when nearly every story is of another group. 0 when none is seen.
        """
        if not seen:
            return 0
        low, high = min(seen, self.groups), self.groups
        while low < high:
            middle = (low + high) // 2
            if self._chance(seen, stories, middle) > _LEVEL:
                high = middle
            else:
                low = middle + 1
        return low

    def new_needed(self, seen: int, stories: int) -> int:
        """The fewest further stories that show that more than the share of the groups do it.

        Each of them is of a group not seen yet: stories of groups that are seen already show nothing more.
        """
        half = int(self.share * self.groups)  # what has to be ruled out
        low, high = 0, max(0, half + 1 - seen)
        while low < high:
            middle = (low + high) // 2
            if self._chance(seen + middle, stories + middle, half) <= _LEVEL:
                high = middle
            else:
                low = middle + 1
        return low

    def _chance(self, seen: int, stories: int, doing: int) -> float:
        """Chance of seeing so many groups or more when ``doing`` of them do it."""
        if seen > doing:
            return 0.0
        mean, variance = self._moments(stories, doing)
        spread = np.sqrt(np.maximum(variance, 1e-9))
        return float(ndtr((mean - seen + 0.5) / spread).mean())

    def _moments(self, stories: int, doing: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Mean and variance of the groups seen in ``stories``, for each order (occupancy, Holst 1977)."""
        sizes, which = self._sizes
        many = np.bincount(which[:, :doing].ravel(), minlength=len(which) * len(sizes))
        groups = many.reshape(len(which), len(sizes)).astype(np.float64)
        shares = sizes / (groups @ sizes)[:, None]
        none = np.exp(stories * np.log1p(-np.minimum(shares, 1 - 1e-12)))
        mean = (groups * (1 - none)).sum(axis=1)
        apart = (groups * none * (1 - none)).sum(axis=1)
        together: NDArray[np.float64] = (groups * shares * none).sum(axis=1) ** 2 * stories
        return mean, apart - together
