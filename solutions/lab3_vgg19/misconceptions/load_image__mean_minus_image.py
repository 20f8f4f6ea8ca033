"""Every sign is flipped: this is the mean minus the image. The network was trained on the image minus the
mean."""

@add_to_class(VGG19)
def load_image(self, image_dir):
    size = (self.image_size, self.image_size)
    image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = self.image_mean.astype(np.float32) - np.asarray(image, dtype=np.float32)
    self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
