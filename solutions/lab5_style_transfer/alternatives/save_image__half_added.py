"""Rounded by adding a half, mean added before the axes move."""

@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    image = input_image + np.reshape(self.image_mean, (1, 3, 1, 1))
    image = np.clip(image + 0.5, 0, 255).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(image[0].transpose(1, 2, 0)))
    image.resize((image_shape[1], image_shape[0]), Image.BILINEAR).save(image_dir, 'PNG')
