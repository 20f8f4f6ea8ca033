"""Each colour resized on its own."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    bands = []
    for channel, mean in zip(input_image[0], self.image_mean):
        levels = np.rint(np.minimum(np.maximum(channel + mean, 0), 255)).astype('uint8')
        bands.append(Image.fromarray(levels).resize(image_shape[1::-1], Image.Resampling.BILINEAR))
    Image.merge('RGB', bands).save(image_dir)
