"""Vectors for importance and room, and a mask of the layers that are still open."""


def redistribute(total, importance, room):
    names = list(room)
    weight = np.array([importance[n] for n in names], dtype=np.float64)
    space = np.array([room[n] for n in names], dtype=np.int64)
    got = np.zeros(len(names), dtype=np.int64)
    is_open = np.ones(len(names), dtype=bool)
    rest = min(int(total), int(space.sum()))
    while is_open.any():
        w = weight * is_open
        if w.sum() == 0:
            w = is_open.astype(float)
        wanted = rest * (w / w.sum())
        over = is_open & (wanted > space)
        if not over.any():
            break
        got[over] = space[over]
        rest -= int(space[over].sum())
        is_open &= ~over
    if is_open.any():
        whole = np.floor(wanted).astype(np.int64)
        got[is_open] = whole[is_open]
        index = np.flatnonzero(is_open)
        order = index[np.argsort(-(wanted - whole)[index], kind="stable")]
        got[order[: rest - int(whole[is_open].sum())]] += 1
    return {n: int(g) for n, g in zip(names, got)}
