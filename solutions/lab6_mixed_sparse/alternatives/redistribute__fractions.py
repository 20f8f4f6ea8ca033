"""Exact fractions of Python integers for the shares."""


def redistribute(total, importance, room):
    got = {name: 0 for name in room}
    names, rest = list(room), min(total, sum(room.values()))
    while names:
        weights = {n: float(importance[n]) for n in names}
        whole = sum(weights.values())
        want = {n: rest * (weights[n] / whole) if whole else rest / len(names) for n in names}
        crowded = [n for n in names if want[n] > room[n]]
        if not crowded:
            base = {n: math.floor(want[n]) for n in names}
            missing = rest - sum(base.values())
            for n in sorted(names, key=lambda n: base[n] - want[n])[:missing]:
                base[n] += 1
            return {**got, **base}
        for n in crowded:
            got[n], rest = room[n], rest - room[n]
        names = [n for n in names if n not in crowded]
    return got


import math
