"""Pairs of loss and scale."""

def begin_mixed(params, scale=2.0**15):
    state = {"master": {}, "velocity": {}, "scaler": {"clean": 0, "scale": scale}}
    for name in params:
        state["master"][name] = params[name].copy()
        state["velocity"][name] = 0 * params[name]
    return state


def mixed_training(net, state, batches, lr, momentum=0.9):
    pairs = []
    for batch in batches:
        scale = state["scaler"]["scale"]
        state, loss = mixed_train_step(net, state, *batch, lr, momentum=momentum)
        pairs.append((loss, scale))
    losses, scales = zip(*pairs, strict=True)
    return state, np.asarray(losses), np.asarray(scales)
