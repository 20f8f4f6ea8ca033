"""What does not fit into a layer is lost. It should go to the layers that still have room."""

def redistribute(total, importance, room):
    total = min(total, sum(room.values()))
    whole = sum(importance.values())
    wanted = {name: total * importance[name] / whole for name in room}
    counts = {name: int(share) for name, share in wanted.items()}
    for name in sorted(room, key=lambda name: counts[name] - wanted[name])[: total - sum(counts.values())]:
        counts[name] += 1
    return {name: min(counts[name], room[name]) for name in room}
