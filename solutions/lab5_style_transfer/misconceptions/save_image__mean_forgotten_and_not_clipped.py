"""Two mistakes at once: the mean colour was not added again, and values outside 0 to 255 were not clipped, so that
they wrap around."""


@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    assert input_image.shape[:2] == (1, 3), input_image.shape
    pixels = input_image[0].transpose(1, 2, 0)
    pixels = np.round(pixels).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
    return
