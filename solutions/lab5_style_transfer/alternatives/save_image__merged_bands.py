"""Image.merge puts three bands together."""


@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    mean = np.asarray(self.image_mean, dtype=np.float64).reshape(3, 1, 1)
    values = np.clip(input_image.squeeze(0) + mean, 0.0, 255.0).round().astype(np.uint8)
    bands = [Image.fromarray(np.ascontiguousarray(v)) for v in values]
    H, W = image_shape[0], image_shape[1]
    Image.merge("RGB", bands).resize((W, H), Image.Resampling.BILINEAR).save(image_dir)
