"""Every argument by its name, as those write who learned with Keras."""


def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    net.load(params=half_cast(tensors=state["master"], stay=set()))
    loss_layer = SoftmaxLossLayer()
    loss_layer.forward(input=net.forward(x=x.astype(np.float16)).astype(np.float32))
    loss = loss_layer.get_loss(label=label)
    scaler = state["scaler"]
    grads = scaled_gradients(net=net, top_diff=loss_layer.backward(), scale=scaler["scale"])
    scaler, take = adjust_scale(scaler=scaler, gradients=grads)
    master, velocity = dict(state["master"]), dict(state["velocity"])
    for name in master:
        if take:
            velocity[name] = momentum * velocity[name] + grads[name]
            master[name] = master[name] - lr * velocity[name]
    return dict(master=master, velocity=velocity, scaler=scaler), loss
