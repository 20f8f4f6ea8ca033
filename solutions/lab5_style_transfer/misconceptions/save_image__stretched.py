"""The darkest and the brightest value of the image are stretched to 0 and 255. Every value has its own level:
add the mean and clip what lies beyond."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = 255 * (pixels - pixels.min()) / (pixels.max() - pixels.min())
    pixels = np.round(pixels).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
