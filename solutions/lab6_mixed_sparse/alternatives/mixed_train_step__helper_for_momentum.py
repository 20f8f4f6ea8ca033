"""A helper for one parameter's momentum step; the parameters in one loop."""


def momentum_step(weight, speed, gradient, lr, momentum):
    speed = momentum * speed + gradient
    return weight - lr * speed, speed


def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    net.load({name: w.astype(np.float16) for name, w in state["master"].items()})
    scores = net.forward(np.float16(x)).astype(np.float32)
    loss_layer = SoftmaxLossLayer()
    loss_layer.forward(scores)
    loss = loss_layer.get_loss(label)
    grads = scaled_gradients(net, loss_layer.backward(), state["scaler"]["scale"])
    new_scaler, good = adjust_scale(state["scaler"], grads)
    new = {"master": dict(state["master"]), "velocity": dict(state["velocity"]), "scaler": new_scaler}
    if good:
        for name in new["master"]:
            new["master"][name], new["velocity"][name] = momentum_step(
                state["master"][name], state["velocity"][name], grads[name], lr, momentum
            )
    return new, loss
