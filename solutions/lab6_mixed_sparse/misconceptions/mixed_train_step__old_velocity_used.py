"""The step follows the old velocity. It should follow the new one, with this gradient in it."""

def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    master, velocity = state["master"], state["velocity"]
    net.load(half_cast(master, stay=()))
    loss = SoftmaxLossLayer()
    loss.forward(net.forward(x.astype(np.float16)).astype(np.float32))
    value = loss.get_loss(label)
    gradients = scaled_gradients(net, loss.backward(), state["scaler"]["scale"])
    scaler, take = adjust_scale(state["scaler"], gradients)
    if take:
        master = {name: master[name] - lr * velocity[name] for name in master}
        velocity = {name: momentum * velocity[name] + gradients[name] for name in velocity}
    return {"master": master, "velocity": velocity, "scaler": scaler}, value
