"""The crop has the size of the result, whatever the size of the photo: a large photo loses nearly everything,
and nothing is left to resize. Cut out 0.875 of the photo's own height and width.

The two sizes that you hand to `center_crop`. Print them for a photo of 3000 x 4000 pixels and for one of 256 x 256.
How much of each photo is left?

Two arguments are easily mixed up here. `size` says how large an input the network wants. `share` says how much of the
photo is kept, and it is a fraction because photos come in all sizes: a narrow margin goes, and the subject stays. A
crop of fixed size is the right one for one size of photo only. That is how 224 out of 256 came into many programs;
out of a telephone's photo it cuts the tip of a cat's nose.

Give the crop a height that depends on the photo's height, and a width that depends on its width, both rounded to the
nearest integer. `size` has nothing to do with the crop; it comes in afterwards, in `resize`.
"""


def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    return resize(center_crop(image, size, size), size, size)
