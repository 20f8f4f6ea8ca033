"""Entries of the active weights as lists, averaged by statistics.fmean."""

from statistics import fmean


def layer_importance(momenta, masks):
    moved = {}
    for name, mask in masks.items():
        entries = np.abs(momenta[name])[mask].tolist()
        moved[name] = fmean(entries) if entries else 0.0
    total = sum(moved[name] for name in moved)
    if not total:
        return {name: 1 / len(moved) for name in moved}
    return {name: value / total for name, value in moved.items()}
