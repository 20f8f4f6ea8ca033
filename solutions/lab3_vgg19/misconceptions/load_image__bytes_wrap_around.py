"""The subtraction was done in bytes, where 10 - 20 is 246. Make the pixels float32 first."""

@add_to_class(VGG19)
def load_image(self, image_dir):
    size = (self.image_size, self.image_size)
    image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = (np.asarray(image) - self.image_mean.astype(np.uint8)).astype(np.float32)
    self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
