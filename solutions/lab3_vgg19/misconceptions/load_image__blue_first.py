"""The channels are blue, green, red, as OpenCV reads them and some networks want them. This one takes red, green,
blue.

The order of the last axis, just before the mean is subtracted. Load a photo with much sky and print the mean of
each of the three channels: which is the largest, and which should it be?

Pillow reads red, green, blue. OpenCV and some networks, Caffe's among them, count the other way round, and much
code on the web turns the order for those. The weights of this file were trained on red, green, blue, and the mean
colour is stored in the same order. With blue first every shape fits, and the network still sees edges; only what
depends on colour goes wrong, so that the answers become a little worse and nobody notices.

Take out what reverses the channels. The array from the converted picture can stay as it is until rows, columns and
channels are reordered."""


@add_to_class(VGG19)
def load_image(self, image_dir):
    size = (self.image_size, self.image_size)
    image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = np.asarray(image, dtype=np.float32) - self.image_mean.astype(np.float32)
    self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[::-1][None])
