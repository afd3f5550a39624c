"""Asks ruptures for the change points of the series that `bench_alerts` wrote, and compares them with ours.

    python xtask/bench/changes.py DIR       (PyPI: ruptures, numpy)

The same cost and the same penalty: squares off the mean by `Pelt` (Python) and `KernelCPD` (C), Poisson by `Pelt` with a cost
of its own, since ruptures has none. CPU is user + system of this process, reading and comparing apart.
"""

import ast
import math
import os
import sys
import time

import numpy
import ruptures
from ruptures.base import BaseCost

L2_PENALTY = 150.0
POISSON_PENALTY = 25.0
# Series that the slow ones are asked for; their time is given for all by proportion.
N_SLOW = 3


class CostPoisson(BaseCost):
    """Twice the negative log-likelihood of Poisson counts at their best rate."""

    model = "poisson"
    min_size = 1

    def fit(self, signal):
        self.signal = signal
        self.sums = [0.0]
        for count in signal[:, 0]:
            self.sums.append(self.sums[-1] + float(count))
        return self

    def error(self, start, end):
        total = self.sums[end] - self.sums[start]
        return 0.0 if total == 0.0 else -2.0 * (total * math.log(total / (end - start)) - total)


def ours(folder, name):
    with open(os.path.join(folder, f"changes-{name}.ours"), encoding="ascii") as lines:
        return [ast.literal_eval(line) for line in lines]


def ask(name, series, answer, expected):
    begun = time.process_time()
    found = [answer(one)[:-1] for one in series]
    cpu = time.process_time() - begun
    same = sum(list(map(int, a)) == b for a, b in zip(found, expected))
    print(f"{name}: {same} of {len(series)} series the same; CPU {cpu:.3f} s, {cpu / len(series):.4f} s a series")


def main():
    folder = sys.argv[1]
    series = [numpy.array(row, dtype=float).reshape(-1, 1)
              for row in numpy.loadtxt(os.path.join(folder, "changes.csv"), delimiter=",")]
    print("ruptures", ruptures.__version__, "numpy", numpy.__version__, "python", sys.version.split()[0])
    kernel = ruptures.KernelCPD(kernel="linear", min_size=1)
    ask("l2, KernelCPD (C)", series, lambda one: kernel.fit(one).predict(pen=L2_PENALTY), ours(folder, "l2"))
    slow = series[:N_SLOW]
    pelt = ruptures.Pelt(model="l2", min_size=1, jump=1)
    ask("l2, Pelt (Python)", slow, lambda one: pelt.fit(one).predict(pen=L2_PENALTY), ours(folder, "l2"))
    custom = ruptures.Pelt(custom_cost=CostPoisson(), min_size=1, jump=1)
    ask("poisson, Pelt (Python)", slow, lambda one: custom.fit(one).predict(pen=POISSON_PENALTY),
        ours(folder, "poisson"))


main()
