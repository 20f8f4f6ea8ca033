"""The master copies are rounded to float16 after each step, and small steps are lost."""

def begin_mixed(params, scale=2.0**15):
    master = {name: array.astype(np.float32) for name, array in params.items()}
    velocity = {name: np.zeros_like(array) for name, array in master.items()}
    return {"master": master, "velocity": velocity, "scaler": {"scale": scale, "clean": 0}}


def mixed_training(net, state, batches, lr, momentum=0.9):
    losses, scales = [], []
    for x, label in batches:
        scales.append(state["scaler"]["scale"])
        state, loss = mixed_train_step(net, state, x, label, lr, momentum)
        losses.append(loss)
        state["master"] = {name: a.astype(np.float16).astype(np.float32) for name, a in state["master"].items()}
    return state, np.array(losses), np.array(scales)
