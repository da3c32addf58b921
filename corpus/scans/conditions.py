"""The ways in which a page suffers, by name, and in which order.

A condition is a sequence of steps of ``wear`` and ``photograph``; each step
draws its own strength per page. ``dpi`` is that of the scanner.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """Steps, scanner and file of a kind of wear.

    ``file``: ``pdf`` (image-only), ``png``, ``jpg`` or ``tiff``; a document of
    several pages is a PDF where the kind holds one page only.
    """

    id: str
    steps: tuple[str, ...] = ()
    dpi: int = 200
    file: str = "pdf"
    photo: bool = False


CONDITIONS = (
    Condition("clean"),
    Condition("dpi-150", ("soften", "jpeg_good"), dpi=150),
    Condition("dpi-300", ("skew_small", "jpeg_good"), dpi=300),
    Condition("skew", ("skew",)),
    Condition("noise", ("gaussian_noise", "salt"), file="png"),
    Condition("jpeg", ("jpeg",)),
    Condition("light", ("uneven_light",)),
    Condition("fold", ("fold", "gaussian_noise_small")),
    Condition("seal", ("seal",), file="png"),
    Condition("fax", ("skew_small", "binarise"), file="tiff"),
    Condition("rotated", ("turn",)),
    Condition("blur", ("blur",)),
    Condition("faded", ("fade",)),
    Condition("copier", ("skew_small", "streaks", "black_edges"), file="tiff"),
    Condition("show-through", ("show_through",)),
    Condition("office", ("seal", "skew", "gaussian_noise_small", "jpeg")),
    Condition("old-copy", ("fade", "fold", "skew_small", "streaks", "binarise")),
    Condition(
        "photo", ("light_gradient", "photograph", "jpeg_good"), file="jpg", photo=True
    ),
    Condition(
        "photo-seal",
        ("seal", "photograph", "uneven_light", "jpeg_good"),
        file="jpg",
        photo=True,
    ),
    Condition(
        "photo-hard",
        (
            "fold",
            "photograph_steep",
            "uneven_light",
            "soften",
            "gaussian_noise_small",
            "jpeg",
        ),
        file="jpg",
        photo=True,
    ),
)
