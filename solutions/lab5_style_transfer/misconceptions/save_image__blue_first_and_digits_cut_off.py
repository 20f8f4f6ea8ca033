"""Two mistakes at once: red and blue were exchanged, and what stands behind the point was cut off in place of
rounded."""


@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    assert input_image.shape[:2] == (1, 3), input_image.shape
    pixels = input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = np.clip(pixels, 0, 255).astype(np.uint8)[..., ::-1]
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
    return
