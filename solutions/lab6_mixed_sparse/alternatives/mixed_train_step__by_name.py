"""Parameter by parameter, and the step by update_master's rule."""

def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    net.load(half_cast(state["master"], set()))
    softmax = SoftmaxLossLayer()
    softmax.forward(net.forward(x.astype("float16")).astype("float32"))
    loss = softmax.get_loss(label)
    found = scaled_gradients(net, softmax.backward(), state["scaler"]["scale"])
    scaler, take = adjust_scale(state["scaler"], found)
    new = {"master": dict(state["master"]), "velocity": dict(state["velocity"]), "scaler": scaler}
    for name in found if take else ():
        new["velocity"][name] = found[name] + momentum * new["velocity"][name]
        new["master"][name] = new["master"][name] - lr * new["velocity"][name]
    return new, loss
