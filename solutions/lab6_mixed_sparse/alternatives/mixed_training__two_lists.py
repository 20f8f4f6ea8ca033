"""Two lists, made arrays at the end; zeros by multiplication."""


def begin_mixed(params, scale=2.0**15):
    return dict(
        master={k: np.array(v, dtype=np.float32) for k, v in params.items()},
        velocity={k: np.zeros(v.shape, dtype=np.float32) for k, v in params.items()},
        scaler=dict(scale=float(scale), clean=0),
    )


def mixed_training(net, state, batches, lr, momentum=0.9):
    losses, scales = [], []
    for x, label in batches:
        scales.append(state["scaler"]["scale"])
        state, loss = mixed_train_step(net, state, x, label, lr=lr, momentum=momentum)
        losses.append(loss)
    return state, np.asarray(losses, dtype=float), np.asarray(scales, dtype=float)
