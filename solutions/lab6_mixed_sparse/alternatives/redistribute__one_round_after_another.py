"""What overflows is given out round by round, as fractions, and rounded at the end."""

def redistribute(total, importance, room):
    names = list(room)
    weight = np.array([importance[name] for name in names], dtype=np.float64)
    space = np.array([room[name] for name in names], dtype=np.float64)
    total = min(total, int(space.sum()))
    closed = np.zeros(len(names), dtype=bool)
    share = np.zeros(len(names))
    while not closed.all():
        pull = np.where(closed, 0, weight)
        if pull.sum() == 0:
            pull = np.where(closed, 0.0, 1.0)
        share = np.where(closed, space, (total - space[closed].sum()) * pull / pull.sum())
        if not (share > space).any():
            break
        closed |= share > space
    share = np.minimum(share, space)
    counts = np.floor(share + 1e-9).astype(int)
    order = np.argsort(-(share - counts).round(9), kind="stable")
    counts[order[: total - counts.sum()]] += 1
    return {name: int(count) for name, count in zip(names, counts)}
