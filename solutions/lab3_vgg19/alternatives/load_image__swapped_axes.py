"""float64 to the end, then the axes swapped and the batch added by None."""


@add_to_class(VGG19)
def load_image(self, image_dir):
    img = Image.open(image_dir)
    img = img.convert("RGB").resize((self.image_size, self.image_size), 2)
    x = np.array(img).astype("float64")
    x = x - np.asarray(self.image_mean).reshape(1, 1, 3)
    x = np.swapaxes(np.swapaxes(x, 0, 2), 1, 2)
    self.input_image = x[np.newaxis].astype(np.float32)
