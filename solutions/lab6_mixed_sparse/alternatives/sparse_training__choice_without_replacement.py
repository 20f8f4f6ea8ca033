"""rng.choice draws the active places; loops with dicts."""


def begin_sparse(params, density, rng):
    state = {"params": {}, "velocity": {}, "masks": {}}
    for name, array in params.items():
        state["velocity"][name] = np.zeros(array.shape, array.dtype)
        state["params"][name] = array.copy()
        if name.split("/")[-1] == "weight":
            n = int(round(density * array.size))
            active = rng.choice(array.size, size=n, replace=False)
            mask = np.zeros(array.size, dtype=bool)
            mask[active] = True
            state["masks"][name] = mask.reshape(array.shape)
            state["params"][name][~state["masks"][name]] = 0
    return state


def sparse_step(net, state, x, label, lr, momentum=0.9, decay=5e-4):
    net.load(params=state["params"])
    loss_layer = SoftmaxLossLayer()
    loss_layer.forward(net.forward(x))
    loss = loss_layer.get_loss(label)
    grads = net.backward(loss_layer.backward())
    new = {
        name: masked_step(
            state["params"][name],
            state["velocity"][name],
            grads[name],
            state["masks"].get(name, np.full(grads[name].shape, True)),
            lr,
            momentum=momentum,
            decay=decay,
        )
        for name in state["params"]
    }
    params, velocity = ({name: pair[k] for name, pair in new.items()} for k in (0, 1))
    return {"params": params, "velocity": velocity, "masks": state["masks"]}, {"loss": float(loss)}


def after_epoch(state, epoch, epochs, rate=0.5):
    progress = (epoch + 1) / epochs
    now = rate * np.cos(np.pi * progress / 2) ** 2
    params, masks = sparse_momentum_epoch(state["params"], state["velocity"], state["masks"], now)
    return dict(state, params=params, masks=masks)
