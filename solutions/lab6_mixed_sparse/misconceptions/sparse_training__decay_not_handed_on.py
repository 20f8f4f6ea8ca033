"""The decay was not handed on to masked_step, so that weights do not shrink."""


def begin_sparse(params, density, rng):
    masks = {}
    for name, array in params.items():
        if name.endswith("/weight"):
            mask = np.zeros(array.size, bool)
            mask[: round(density * array.size)] = True
            masks[name] = rng.permutation(mask).reshape(array.shape)
    sparse = {name: np.where(masks.get(name, True), array, 0) for name, array in params.items()}
    return {"params": sparse, "velocity": {k: np.zeros_like(v) for k, v in params.items()}, "masks": masks}


def sparse_step(net, state, x, label, lr, momentum=0.9, decay=0.0005):
    before = state["params"]
    net.load(before)
    at_the_end = SoftmaxLossLayer()
    at_the_end.forward(net.forward(x))
    loss = at_the_end.get_loss(label)
    gradients = net.backward(at_the_end.backward())
    params, velocity = ({}, {})
    for name, weight in before.items():
        mask = state["masks"].get(name, np.ones(weight.shape, bool))
        old = state["velocity"][name]
        params[name], velocity[name] = masked_step(weight, old, gradients[name], mask, lr, momentum, 0.0)
    return ({**state, "params": params, "velocity": velocity}, {"loss": loss})


def after_epoch(state, epoch, epochs, rate=0.5):
    annealed = rate / 2 * (1 + np.cos(np.pi * (epoch + 1) / epochs))
    params, masks = sparse_momentum_epoch(state["params"], state["velocity"], state["masks"], annealed)
    return {**state, "params": params, "masks": masks}
