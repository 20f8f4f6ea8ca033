"""The mean colour is read from the file again."""


@add_to_class(VGG19)
def load_image(self, image_dir):
    mean = self.params["normalization"][0][0][0].mean(axis=(0, 1))
    image = Image.open(image_dir).convert("RGB").resize((self.image_size,) * 2, Image.BILINEAR)
    x = np.asarray(image, dtype=np.float32) - mean.astype(np.float32)
    self.input_image = x.transpose(2, 0, 1).reshape(1, 3, self.image_size, self.image_size)
