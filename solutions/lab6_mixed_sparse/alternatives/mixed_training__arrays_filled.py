"""Arrays that are filled step by step."""

def begin_mixed(params, scale=2.0**15):
    return {
        "master": {name: np.array(array, np.float32) for name, array in params.items()},
        "velocity": {name: np.zeros(array.shape, np.float32) for name, array in params.items()},
        "scaler": dict(scale=float(scale), clean=0),
    }


def mixed_training(net, state, batches, lr, momentum=0.9):
    batches = list(batches)
    notes = np.zeros((2, len(batches)))
    for step, (x, label) in enumerate(batches):
        notes[1, step] = state["scaler"]["scale"]
        state, notes[0, step] = mixed_train_step(net, state, x, label, lr, momentum)
    return state, notes[0], notes[1]
