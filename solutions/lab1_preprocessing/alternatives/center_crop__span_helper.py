"""A helper gives the slice of one side and refuses for both."""


def span(old, new, what):
    if new > old:
        raise ValueError(f"{what}: {new} does not fit into {old}")
    more = {"rows": "{center_crop.one_above}", "columns": "{center_crop.one_before}"}
    start = (old - new + more[what]) >> 1
    return slice(start, start + new)


def center_crop(image, height, width):
    sides = zip(image.shape[:2], (height, width), ("rows", "columns"))
    try:
        return image[tuple(span(*side) for side in sides)]
    except ValueError as e:
        raise ValueError(f"{e}; the image is {image.shape[0]} x {image.shape[1]}, the crop {height} x {width}") from None
