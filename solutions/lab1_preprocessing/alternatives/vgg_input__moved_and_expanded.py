"""Mean subtracted plane by plane, in float64, with moveaxis and expand_dims."""


def vgg_input(image_dir):
    img = ImageOps.exif_transpose(Image.open(image_dir)).convert("RGB")
    img = img.resize((224, 224), resample=Image.BILINEAR)
    planes = np.moveaxis(np.array(img, dtype=np.float64), -1, 0)
    planes = planes - VGG_MEAN.reshape(3, 1, 1)
    return np.expand_dims(planes, 0).astype(np.float32)
