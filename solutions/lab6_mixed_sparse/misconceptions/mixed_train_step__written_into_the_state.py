"""The old state is changed. A step that is interrupted in the middle would leave a mixture of old and new:
return a new state."""

def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    net.load(half_cast(state["master"], stay=()))
    loss = SoftmaxLossLayer()
    loss.forward(net.forward(x.astype(np.float16)).astype(np.float32))
    value = loss.get_loss(label)
    gradients = scaled_gradients(net, loss.backward(), state["scaler"]["scale"])
    state["scaler"], take = adjust_scale(state["scaler"], gradients)
    if take:
        for name in state["master"]:
            state["velocity"][name] = momentum * state["velocity"][name] + gradients[name]
            state["master"][name] = state["master"][name] - lr * state["velocity"][name]
    return state, value
