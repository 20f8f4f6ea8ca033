"""np.take with consecutive indices along both axes."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if not (height <= H and width <= W):
        raise ValueError("crop (%d, %d) is larger than image (%d, %d)" % (height, width, H, W))
    ys = np.arange(height) + "{center_crop.top}"
    xs = np.arange(width) + "{center_crop.left}"
    return np.take(np.take(image, ys, axis=0), xs, axis=1)
