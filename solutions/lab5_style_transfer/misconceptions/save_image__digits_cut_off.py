"""The decimals are cut off, so every colour comes out darker, by half a level on average. Round before you make
bytes."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = np.clip(pixels, 0, 255).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
