"""This saves self.input_image, an image that the network saw before. The image to save is the argument."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = self.input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
