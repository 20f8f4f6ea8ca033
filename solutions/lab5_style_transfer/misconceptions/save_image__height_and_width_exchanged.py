"""The file is as wide as it should be high. Pillow's resize takes (width, height)."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    Image.fromarray(pixels).resize(tuple(image_shape[:2]), Image.Resampling.BILINEAR).save(image_dir)
