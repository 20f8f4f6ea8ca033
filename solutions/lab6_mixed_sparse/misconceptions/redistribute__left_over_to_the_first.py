"""What rounding leaves over goes to the first layers. It should go to the largest remainders."""

def redistribute(total, importance, room):
    shares = dict.fromkeys(room, 0)
    still_open, rest = list(room), min(total, sum(room.values()))
    while still_open:
        whole = sum(importance[name] for name in still_open)
        wanted = {name: rest * (importance[name] / whole if whole else 1 / len(still_open)) for name in still_open}
        full = [name for name in still_open if wanted[name] > room[name]]
        if not full:
            break
        for name in full:
            shares[name] = room[name]
            rest -= room[name]
            still_open.remove(name)
    if still_open:
        shares |= {name: int(wanted[name]) for name in still_open}
        by_remainder = list(still_open)  # stable: the earlier first
        for name in by_remainder[: rest - sum(shares[name] for name in still_open)]:
            shares[name] += 1
    return shares
