"""Planes with their means in a list, stacked at the end; np.rint."""


@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    planes = [plane + m for plane, m in zip(input_image[0], np.ravel(self.image_mean))]
    rgb = np.dstack(planes)
    rgb = np.rint(rgb)
    rgb[rgb < 0] = 0
    rgb[rgb > 255] = 255
    picture = Image.fromarray(rgb.astype("uint8"), mode="RGB") if False else Image.fromarray(rgb.astype("uint8"))
    picture = picture.resize(size=(image_shape[1], image_shape[0]), resample=Image.BILINEAR)
    picture.save(fp=image_dir)
