"""The state's own dicts are written into; lowest random numbers say which places are active."""

def begin_sparse(params, density, rng):
    masks = {}
    for name in params:
        if name.endswith("weight"):
            size = params[name].size
            rank = np.argsort(np.argsort(rng.random(size)))
            masks[name] = (rank < round(density * size)).reshape(params[name].shape)
    start = {name: array * masks[name] if name in masks else array for name, array in params.items()}
    return {"params": start, "velocity": {name: np.zeros(a.shape, a.dtype) for name, a in params.items()}, "masks": masks}


def sparse_step(net, state, x, label, lr, momentum=0.9, decay=5e-4):
    net.load(state["params"])
    softmax = SoftmaxLossLayer()
    softmax.forward(net.forward(x))
    numbers = {"loss": softmax.get_loss(label)}
    gradients = net.backward(softmax.backward())
    for name, gradient in gradients.items():
        mask = state["masks"].get(name)
        if mask is None:
            mask = np.ones_like(gradient, dtype=bool)
        state["params"][name], state["velocity"][name] = masked_step(
            state["params"][name], state["velocity"][name], gradient, mask, lr, momentum=momentum, decay=decay
        )
    return state, numbers


def after_epoch(state, epoch, epochs, rate=0.5):
    share = 0.5 * rate * (1 + np.cos(np.pi * (epoch + 1) / epochs))
    state["params"], state["masks"] = sparse_momentum_epoch(state["params"], state["velocity"], state["masks"], share)
    return state
