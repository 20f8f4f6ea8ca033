"""Loops; places drawn with choice; the loss written out."""

def begin_sparse(params, density, rng):
    state = {"params": {}, "velocity": {}, "masks": {}}
    for name, array in params.items():
        state["velocity"][name] = 0 * array
        state["params"][name] = array.copy()
        if "weight" in name:
            drawn = rng.choice(array.size, round(density * array.size), replace=False)
            flat = np.zeros(array.size, dtype=bool)
            flat[drawn] = True
            state["masks"][name] = flat.reshape(array.shape)
            state["params"][name] *= state["masks"][name]
    return state


def sparse_step(net, state, x, label, lr, momentum=0.9, decay=5e-4):
    net.load(state["params"])
    scores = net.forward(x)
    scores = scores - scores.max(axis=1, keepdims=True)
    prob = np.exp(scores)
    prob /= prob.sum(axis=1, keepdims=True)
    rows = np.arange(len(x))
    loss = -np.mean(np.log(prob[rows, label]))
    prob[rows, label] -= 1
    gradients = net.backward(prob / len(x))
    new = {"params": {}, "velocity": {}, "masks": state["masks"]}
    for name in state["params"]:
        mask = state["masks"][name] if name in state["masks"] else np.full(gradients[name].shape, True)
        answer = masked_step(state["params"][name], state["velocity"][name], gradients[name], mask, lr, momentum, decay)
        new["params"][name], new["velocity"][name] = answer
    return new, {"loss": float(loss)}


def after_epoch(state, epoch, epochs, rate=0.5):
    rate = rate * np.cos(np.pi / 2 * (epoch + 1) / epochs) ** 2
    params, masks = sparse_momentum_epoch(state["params"], state["velocity"], state["masks"], rate)
    return {"params": params, "velocity": state["velocity"], "masks": masks}
