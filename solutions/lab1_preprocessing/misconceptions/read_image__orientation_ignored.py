"""The colours are right, but the camera's note was not obeyed: photos with an EXIF orientation come out lying
on their side, upside down or mirrored.

The photo at the moment when you open it, before it becomes an array. Take one that was shot with the telephone held
upright, look at it in your file manager, and show your array with `plt.imshow` beside it. Is up the same in both?

A camera that is held upright does not turn any pixels. It stores them as the sensor gave them and adds a note, the
EXIF orientation: how to turn or mirror the image before anybody looks at it. Viewers obey without telling you. Pillow
leaves the decision to you, so the rows of your array are still the rows of the sensor, and a network that learned
from upright cats gets one that climbs a wall.

One step is missing between opening and converting: let Pillow apply the note. The section's prose names the function
that knows all eight orientations. It has to come early, since an array carries no notes.
"""


def read_image(image_dir):
    with Image.open(image_dir) as image:
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))
