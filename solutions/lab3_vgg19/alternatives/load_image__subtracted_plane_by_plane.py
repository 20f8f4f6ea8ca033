"""Planes first, each minus its own mean, in float64 until the end."""


@add_to_class(VGG19)
def load_image(self, image_dir):
    S = self.image_size
    with Image.open(image_dir) as photo:
        photo = photo.convert(mode="RGB").resize((S, S), resample=Image.BILINEAR)
    planes = [np.array(band, dtype=np.float64) - m for band, m in zip(photo.split(), np.ravel(self.image_mean))]
    self.input_image = np.array([planes], dtype=np.float32)
