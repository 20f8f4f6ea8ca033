"""The way back goes line by line, as the paper writes it: through x_hat, the variance, the mean."""


def batch_norm(store, x, is_training, momentum=0.9, epsilon=1e-5, name="bn"):
    graph, channels = store.graph, x.shape[1:2]
    with store.variable_scope(name):
        gamma = store.get_variable("gamma", channels, filled_with(1))
        beta = store.get_variable("beta", channels, filled_with(0))
        moving_mean = store.get_variable("moving_mean", channels, filled_with(0), trainable=False)
        moving_variance = store.get_variable("moving_variance", channels, filled_with(1), trainable=False)
        used = []
        for moving, batch in zip((moving_mean, moving_variance), moments(graph, x), strict=True):
            old, new = graph.apply("Scale", moving, by=momentum), graph.apply("Scale", batch, by=1 - momentum)
            after = graph.apply("Select", is_training, graph.apply("Add", old, new), moving)
            store.updates.append(graph.apply("Assign", after, variable=moving))
            used.append(graph.apply("Select", is_training, batch, moving))
        x_hat = standardized(graph, x, *used, epsilon)
        y = graph.apply("BiasAdd", channelwise(graph, "Mul", x_hat, gamma), beta)

        def rule(graph, dy):
            return batch_norm_gradient(graph, x, gamma, dy, epsilon)

        return graph.apply("WithGradient", y, x, gamma, beta, rule=rule)


def batch_norm_gradient(graph, x, gamma, dy, epsilon):
    mean, variance = moments(graph, x)
    root = reciprocal_deviation(graph, variance, epsilon)
    centred = channelwise(graph, "Sub", x, mean)
    number = graph.apply("Scale", graph.apply("Count", x), by=1 / x.shape[1])
    dx_hat = channelwise(graph, "Mul", dy, gamma)
    cube = graph.apply("Scale", graph.apply("Mul", graph.apply("Square", root), root), by=-0.5)
    dvariance = graph.apply("Mul", graph.apply("ChannelSum", graph.apply("Mul", dx_hat, centred)), cube)
    dmean = graph.apply("Neg", graph.apply("Mul", graph.apply("ChannelSum", dx_hat), root))
    share = graph.apply("Div", graph.apply("Scale", dvariance, by=2.0), number)
    dx = graph.apply("Add", channelwise(graph, "Mul", dx_hat, root), channelwise(graph, "Mul", centred, share))
    dx = channelwise(graph, "Add", dx, graph.apply("Div", dmean, number))
    dgamma = graph.apply("ChannelSum", graph.apply("Mul", dy, channelwise(graph, "Mul", centred, root)))
    return dx, dgamma, graph.apply("ChannelSum", dy)


def moments(graph, x):
    mean = graph.apply("ChannelMean", x)
    return mean, graph.apply("ChannelMean", graph.apply("Square", channelwise(graph, "Sub", x, mean)))


def reciprocal_deviation(graph, variance, epsilon):
    return graph.apply("Reciprocal", graph.apply("Sqrt", graph.apply("Shift", variance, by=epsilon)))


def standardized(graph, x, mean, variance, epsilon):
    centred = channelwise(graph, "Sub", x, mean)
    return channelwise(graph, "Mul", centred, reciprocal_deviation(graph, variance, epsilon))
