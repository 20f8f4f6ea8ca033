"""Computes what is cut off at each side."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    rows, columns = H - int(np.rint(share * H)), W - int(np.rint(share * W))
    middle = image[rows // 2 : H - (rows - rows // 2), columns // 2 : W - (columns - columns // 2)]
    return resize(middle, height=size, width=size)
