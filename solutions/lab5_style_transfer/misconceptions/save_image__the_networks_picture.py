"""This saves self.input_image, an image that the network saw before. The image to save is the argument.

The line that takes the pixels: from where? Save a picture, then pass in another one, all zeros for instance, and save
again. Are the two files different?

`self.input_image` is something that the network has seen at some time. The picture that is being painted goes from
hand to hand, as an argument and a result, and nobody promises that the network holds it. A function that ignores its
argument raises no error here: the file has the right size and fine colours. But after an hour of painting it may show
what was there at the beginning, and you would look for the mistake in the losses, in Adam, in the gradients, where
there is none.

Take the pixels from the argument. Only one thing here has to come from `self`: the mean colour that has to be added
again.
"""


@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    pixels = self.input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
