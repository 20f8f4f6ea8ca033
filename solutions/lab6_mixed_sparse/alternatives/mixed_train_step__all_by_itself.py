"""Without the functions from before."""

def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    scale, clean = state["scaler"]["scale"], state["scaler"]["clean"] + 1
    net.load({name: array.astype(np.float16) for name, array in state["master"].items()})
    scores = np.float32(net.forward(np.float16(x)))
    power = np.exp(scores - scores.max(axis=1, keepdims=True))
    prob = power / power.sum(axis=1, keepdims=True)
    loss = -np.log(prob[np.arange(len(x)), label]).mean()
    prob[np.arange(len(x)), label] -= 1
    down = net.backward(np.float16(prob * np.float32(scale / len(x))))
    if any(not np.isfinite(g).all() for g in down.values()):
        return {**state, "scaler": {"scale": scale / 2, "clean": 0}}, loss
    new = {"master": {}, "velocity": {}, "scaler": {"scale": scale, "clean": clean}}
    if clean == 200:
        new["scaler"] = {"scale": 2 * scale, "clean": 0}
    for name, g in down.items():
        new["velocity"][name] = momentum * state["velocity"][name] + np.float32(g) / np.float32(scale)
        new["master"][name] = state["master"][name] - lr * new["velocity"][name]
    return new, float(loss)
