"""The pixels were divided by 255. This network was trained on values from 0 to 255, and the mean is on that
scale."""

@add_to_class(VGG19)
def load_image(self, image_dir):
    size = (self.image_size, self.image_size)
    image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = np.asarray(image, dtype=np.float32) / 255 - self.image_mean.astype(np.float32)
    self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
