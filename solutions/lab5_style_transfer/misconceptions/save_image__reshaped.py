"""The axes were moved by reshape, which moves nothing: the colours of neighbouring pixels are mixed.
transpose moves axes."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = input_image[0].reshape(*input_image.shape[2:], 3) + self.image_mean
    pixels = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
