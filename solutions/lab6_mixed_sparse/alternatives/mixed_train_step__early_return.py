"""Returns early where the step is not taken; float64 for the step itself."""


def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    net.load(half_cast(state["master"], set()))
    top = SoftmaxLossLayer()
    top.forward(np.asarray(net.forward(np.asarray(x, np.float16)), np.float32))
    loss = float(top.get_loss(label))
    grads = scaled_gradients(net, top.backward(), scale=state["scaler"]["scale"])
    scaler, take = adjust_scale(scaler=state["scaler"], gradients=grads)
    if not take:
        return {**state, "scaler": scaler}, loss
    velocity, master = {}, {}
    for name, v in state["velocity"].items():
        wide = momentum * v.astype(np.float64) + grads[name]
        velocity[name] = wide.astype(np.float32)
        master[name] = (state["master"][name] - lr * wide).astype(np.float32)
    return dict(master=master, velocity=velocity, scaler=scaler), loss
