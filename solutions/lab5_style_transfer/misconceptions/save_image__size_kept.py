"""The file has the size of the network's image. It should have the photo's original size, image_shape."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    Image.fromarray(pixels).save(image_dir)
