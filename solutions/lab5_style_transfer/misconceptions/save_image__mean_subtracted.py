"""The mean colour was subtracted once more. load_image took it off, so it has to be added."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = input_image[0].transpose(1, 2, 0) - self.image_mean
    pixels = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
