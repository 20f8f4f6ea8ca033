"""Whether to divide by 255 was decided by the largest value. A very dark image in bytes has no value above 1.
The dtype decides: uint8 means 0..255.

The line that decides whether to divide by 255. It looks at the values. Try it on a photo of a night sky in bytes
whose brightest pixel is 1, and on a batch of which only one picture is dark.

On which scale a picture is cannot be read off its values: a black picture in bytes and a black picture in floats
hold the same zeros. But the way in which they are stored says it, and it is the same for every picture of a batch.
Bytes, `uint8`, are on the scale 0 to 255; floats, by agreement, on 0 to 1.

Ask the array for its dtype in place of its largest value, and decide once for the whole array. Convert the values to
float32 first, so that the division does not cut them and the caller's array stays as it is."""


def normalize(images, mean, std):
    values = images.astype(np.float32)
    if values.max() > 1:
        values /= 255
    return (values - mean) / std
