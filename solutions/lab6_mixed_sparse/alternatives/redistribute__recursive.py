"""The full layers first, then the same question for the others."""

def redistribute(total, importance, room):
    if not room:
        return {}
    total = min(total, sum(room.values()))
    whole = sum(importance[n] for n in room)
    pull = {n: importance[n] / whole for n in room} if whole > 0 else {n: 1 / len(room) for n in room}
    full = {n: room[n] for n in room if pull[n] * total > room[n]}
    if full:
        others = {n: room[n] for n in room if n not in full}
        found = {**full, **redistribute(total - sum(full.values()), importance, others)}
        return {n: found[n] for n in room}
    counts = {n: int(pull[n] * total) for n in room}
    while sum(counts.values()) < total:
        best = max(room, key=lambda n: (pull[n] * total - counts[n]))
        counts[best] += 1
    return counts
