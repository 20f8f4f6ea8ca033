"""By the largest size; a maximum keeps nan and infinity."""

def adjust_scale(scaler, gradients, interval=200):
    worst = max(0.0 if np.abs(g).max() < np.inf else 1.0 for g in gradients.values())
    new = dict(scaler, clean=scaler["clean"] + 1)
    if worst:
        new = {"scale": scaler["scale"] * 0.5, "clean": 0}
    elif new["clean"] >= interval:
        new = {"scale": 2.0 * scaler["scale"], "clean": 0}
    return new, worst == 0
