"""A mean over all steps so far is noted for each step. The loss of that step is asked for."""

def begin_mixed(params, scale=2.0**15):
    master = {name: array.astype(np.float32) for name, array in params.items()}
    velocity = {name: np.zeros_like(array) for name, array in master.items()}
    return {"master": master, "velocity": velocity, "scaler": {"scale": scale, "clean": 0}}


def mixed_training(net, state, batches, lr, momentum=0.9):
    losses, scales = [], []
    total = 0.0
    for x, label in batches:
        scales.append(state["scaler"]["scale"])
        state, loss = mixed_train_step(net, state, x, label, lr, momentum)
        total += loss
        losses.append(total / (len(losses) + 1))
    return state, np.array(losses), np.array(scales)
