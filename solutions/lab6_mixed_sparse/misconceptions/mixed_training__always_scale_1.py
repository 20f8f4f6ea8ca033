"""The scale that was asked for is not used: training begins with a scale of 1, and small gradients vanish."""

def begin_mixed(params, scale=2.0**15):
    master = {name: array.astype(np.float32) for name, array in params.items()}
    velocity = {name: np.zeros_like(array) for name, array in master.items()}
    return {"master": master, "velocity": velocity, "scaler": {"scale": 1.0, "clean": 0}}


def mixed_training(net, state, batches, lr, momentum=0.9):
    losses, scales = [], []
    for x, label in batches:
        scales.append(state["scaler"]["scale"])
        state, loss = mixed_train_step(net, state, x, label, lr, momentum)
        losses.append(loss)
    return state, np.array(losses), np.array(scales)
