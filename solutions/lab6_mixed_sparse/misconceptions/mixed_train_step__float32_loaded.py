"""The network is loaded with the master copies themselves. It runs in half precision: load float16 copies."""

def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    master, velocity, scaler = state["master"], state["velocity"], state["scaler"]
    net.load(master)
    loss = SoftmaxLossLayer()
    loss.forward(net.forward(x.astype(np.float16)).astype(np.float32))
    value = loss.get_loss(label)
    gradients = scaled_gradients(net, loss.backward(), scaler["scale"])
    scaler, take = adjust_scale(scaler, gradients)
    if take:
        velocity = {name: momentum * velocity[name] + gradients[name] for name in velocity}
        master = {name: master[name] - lr * velocity[name] for name in master}
    return {"master": master, "velocity": velocity, "scaler": scaler}, value
