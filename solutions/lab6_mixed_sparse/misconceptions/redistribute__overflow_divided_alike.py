"""What overflows is divided equally among the others. Divide it by their importance."""

def redistribute(total, importance, room):
    shares = dict.fromkeys(room, 0)
    still_open, rest = list(room), min(total, sum(room.values()))
    whole = sum(importance[name] for name in still_open)
    wanted = {name: rest * (importance[name] / whole if whole else 1 / len(still_open)) for name in still_open}
    while still_open:
        full = [name for name in still_open if wanted[name] > room[name]]
        if not full:
            break
        over = sum(wanted[name] - room[name] for name in full)
        for name in full:
            shares[name] = room[name]
            rest -= room[name]
            still_open.remove(name)
        for name in still_open:
            wanted[name] += over / len(still_open)
    if still_open:
        shares |= {name: int(wanted[name]) for name in still_open}
        by_remainder = sorted(still_open, key=lambda name: shares[name] - wanted[name])
        for name in by_remainder[: round(rest - sum(shares[name] for name in still_open))]:
            shares[name] += 1
    return shares
