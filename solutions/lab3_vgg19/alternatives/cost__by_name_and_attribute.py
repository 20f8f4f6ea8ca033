"""What a layer is, its attributes say."""

def cost(layers, input_shape):
    size, counts = np.array(input_shape[1:]), {}
    for name, layer in layers.items():
        products, learned = 0, 0
        if hasattr(layer, "stride"):
            size = (size + 2 * getattr(layer, "padding", 0) - layer.kernel_size) // layer.stride + 1
        if hasattr(layer, "channel_out"):
            filter_size = layer.kernel_size * layer.kernel_size * layer.channel_in
            products = filter_size * layer.channel_out * int(size.prod())
            learned = (filter_size + 1) * layer.channel_out
        if hasattr(layer, "num_input"):
            products = layer.num_input * layer.num_output
            learned = products + layer.num_output
        counts[name] = [products, learned]
    return counts
