"""The velocities are set to 0 before each step: the momentum has nothing to add to."""

def begin_mixed(params, scale=2.0**15):
    master = {name: array.astype(np.float32) for name, array in params.items()}
    velocity = {name: np.zeros_like(array) for name, array in master.items()}
    return {"master": master, "velocity": velocity, "scaler": {"scale": scale, "clean": 0}}


def mixed_training(net, state, batches, lr, momentum=0.9):
    losses, scales = [], []
    for x, label in batches:
        scales.append(state["scaler"]["scale"])
        state["velocity"] = {name: np.zeros_like(array) for name, array in state["velocity"].items()}
        state, loss = mixed_train_step(net, state, x, label, lr, momentum)
        losses.append(loss)
    return state, np.array(losses), np.array(scales)
