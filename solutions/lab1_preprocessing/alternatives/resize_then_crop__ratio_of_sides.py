"""The other side from the ratio of the two, as a division of products."""


def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W, _ = image.shape
    short = min(H, W)
    new_h, new_w = (int(np.rint(side * shorter / short)) for side in (H, W))
    resized = resize(image=image, height=new_h, width=new_w)
    return center_crop(image=resized, height=size, width=size)
