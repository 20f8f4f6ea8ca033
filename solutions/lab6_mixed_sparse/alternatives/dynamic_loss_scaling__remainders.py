"""The count as a remainder."""

def adjust_scale(scaler, gradients, interval=200):
    take = bool(np.all([np.all(np.isfinite(g)) for g in gradients.values()]))
    clean = (scaler["clean"] + 1) % interval if take else 0
    power = -1 if not take else int(clean == 0)
    return {"scale": scaler["scale"] * 2.0**power, "clean": clean}, take
