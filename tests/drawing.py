"""What every picture of the labs keeps to."""

from __future__ import annotations


def assert_is_drawn(picture) -> None:
    """It draws without a display, carries alt text, and reaches a notebook as an image."""
    from matplotlib.figure import Figure

    assert isinstance(picture, Figure)
    assert len(picture.alt) > 20
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == picture.alt
    assert bundle["text/html"].startswith('<img alt="')
    assert "data:image/png;base64," in bundle["text/html"]
    assert picture.png().startswith(b"\x89PNG")
