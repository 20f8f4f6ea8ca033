"""Pixel values are copied one by one, after the resizing."""

@add_to_class(VGG19)
def load_image(self, image_dir):
    S = self.image_size
    image = Image.open(image_dir).convert("RGB").resize((S, S), resample=Image.BILINEAR)
    self.input_image = np.zeros((1, 3, S, S), dtype=np.float32)
    for y in range(S):
        for x in range(S):
            for c, value in enumerate(image.getpixel((x, y))):
                self.input_image[0, c, y, x] = value - self.image_mean[c]
