"""A layer gets more than it has room for."""

def redistribute(total, importance, room):
    total = min(total, sum(room.values()))
    whole = sum(importance.values())
    wanted = {name: total * importance[name] / whole for name in room}
    counts = {name: int(share) for name, share in wanted.items()}
    for name in sorted(room, key=lambda name: counts[name] - wanted[name])[: total - sum(counts.values())]:
        counts[name] += 1
    return counts
