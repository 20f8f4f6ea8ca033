"""Begins with the lab's own read_image, which also turns photos."""

def vgg_input(image_dir):
    pixels = Image.fromarray(read_image(image_dir)).resize((224, 224), resample=Image.Resampling.BILINEAR)
    values = np.array(pixels).astype("float32")
    for channel, mean in enumerate([123.68, 116.779, 103.939]):
        values[..., channel] -= mean
    return to_channels_first(values[np.newaxis])
