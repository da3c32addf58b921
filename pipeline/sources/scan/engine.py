"""RapidOCR's detector and recogniser, from the models in its wheel.

We drive the two models ourselves instead of calling RapidOCR on a page: boxes are
found on the page as it comes, text is read from the flattened page, and short
crops are not padded to the width of long ones, which halves the time.
"""

from __future__ import annotations

import logging
import math
import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.sources.scan.options import Backend, chosen

Picture = NDArray[np.uint8]
"""Grey (height, width) or blue-green-red (height, width, 3)."""

Quads = NDArray[np.float64]
"""Text lines as corners (n, 4, 2), clockwise from the start of the text."""

DETECTED_SIDE = 2000
"""Pixels of the longer side on which text is looked for; more finds no more."""

LINE_HEIGHT = 48
"""Pixels that the recogniser expects; its columns are 8 pixels wide."""

LEAST_WIDTH = 64
WIDTH_STEP = 16
BATCH_WIDTH = 2000
"""Pixels of all crops of a batch side by side: few calls, little padding."""

BATCH_SPREAD = 1.15
"""Times the narrowest crop of a batch that its widest may have."""

LONGEST = 4000
"""Pixels of one crop; a longer line would take the memory of a page."""


@dataclass(frozen=True, slots=True)
class Char:
    """A recognised character: its centre as share of the crop's width."""

    text: str
    centre: float
    confidence: float


Reading = tuple[Char, ...]


class Engine(Protocol):
    """Finds lines of text and reads them."""

    name: str

    def detect(self, picture: Picture) -> Quads:
        """Lines of text of a page."""
        ...

    def read(self, crops: list[Picture], *, only: str = "") -> list[Reading]:
        """The text of each crop, which holds one line.

        ``only`` are the characters that it can consist of; empty for all.
        """
        ...


def text_of(reading: Reading) -> str:
    """The characters as a string."""
    return "".join(char.text for char in reading)


def confidence_of(reading: Reading) -> float:
    """Mean confidence of the characters; 0 where nothing was read."""
    if not reading:
        return 0.0
    return sum(char.confidence for char in reading) / len(reading)


@lru_cache(maxsize=1)
def load_engine(backend: Backend, threads: int | None) -> Engine:
    """The engine, once per process. Raises DependencyError."""
    return RapidEngine(chosen(backend), threads)


class RapidEngine:
    """PP-OCR detection and recognition on ONNX Runtime or OpenVINO."""

    def __init__(self, backend: Backend, threads: int | None) -> None:
        # OpenVINO reports its use over the network and keeps a file in the home
        # folder, unless this module is missing.
        sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
        from rapidocr import EngineType, RapidOCR

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        kind = (
            EngineType.OPENVINO
            if backend is Backend.OPENVINO
            else EngineType.ONNXRUNTIME
        )
        count = threads or -1
        params: dict[str, Any] = {
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Det.engine_type": kind,
            "Rec.engine_type": kind,
            "EngineConfig.onnxruntime.intra_op_num_threads": count,
            "EngineConfig.openvino.inference_num_threads": count,
        }
        self.name = backend.value
        ocr: Any = RapidOCR(params=params)
        self._detector = ocr._load_det_model()
        recogniser = ocr._load_rec_model()
        self._session = recogniser.session
        self._alphabet: list[str] = recogniser.postprocess_op.character

    def detect(self, picture: Picture) -> Quads:
        """Lines of text of a page."""
        import cv2

        height, width = picture.shape[:2]
        scale = min(1.0, DETECTED_SIDE / max(height, width))
        if scale < 1:
            size = (round(width * scale), round(height * scale))
            picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
        boxes = self._detector(_coloured(picture)).boxes
        if boxes is None or not len(boxes):
            return np.zeros((0, 4, 2))
        return np.asarray(np.asarray(boxes, dtype=np.float64) / scale)

    def read(self, crops: list[Picture], *, only: str = "") -> list[Reading]:
        """The text of each crop; crops of like width go through together."""
        barred = self._barred(only)
        widths = [_model_width(crop) for crop in crops]
        readings: list[Reading] = [()] * len(crops)
        for batch in _batches(widths):
            width = widths[batch[-1]]
            stacked = np.stack([_normalised(crops[i], width) for i in batch])
            scores = np.array(self._session(stacked))
            if only:
                # What was a character stays one, however unlike those allowed.
                inked = scores.argmax(axis=2) != 0
                scores[:, :, barred] = 0
                scores[inked, 0] = 0
            for i, score in zip(batch, scores, strict=True):
                readings[i] = self._decode(score, width / _inner_width(crops[i]))
        return readings

    def _barred(self, only: str) -> NDArray[np.intp]:
        """Columns of characters that cannot come; the blank always can."""
        if not only:
            return np.zeros(0, dtype=np.intp)
        allowed = np.array([char in only for char in self._alphabet])
        allowed[0] = True
        return np.flatnonzero(~allowed)

    def _decode(self, scores: NDArray[np.float32], padding: float) -> Reading:
        """Greedy CTC: repeated and blank columns vanish."""
        best = scores.argmax(axis=1)
        confidence = scores.max(axis=1)
        kept = best != 0
        kept[1:] &= best[1:] != best[:-1]
        columns = np.flatnonzero(kept)
        ends = [_run_end(best, int(c)) for c in columns]
        share = padding / len(best)
        return tuple(
            Char(
                self._alphabet[best[c]],
                min(1.0, (c + end) / 2 * share),
                round(float(confidence[c:end].max()), 4),
            )
            for c, end in zip(columns, ends, strict=True)
        )


def _run_end(best: NDArray[np.int64], column: int) -> int:
    end = column + 1
    while end < len(best) and best[end] == best[column]:
        end += 1
    return end


def _batches(widths: list[int]) -> list[list[int]]:
    batches: list[list[int]] = []
    for i in sorted(range(len(widths)), key=lambda i: widths[i]):
        batch = batches[-1] if batches else []
        fits = (len(batch) + 1) * widths[i] <= BATCH_WIDTH
        if batch and fits and widths[i] <= BATCH_SPREAD * widths[batch[0]] + WIDTH_STEP:
            batch.append(i)
        else:
            batches.append([i])
    return batches


def _inner_width(crop: Picture) -> int:
    height, width = crop.shape[:2]
    return int(max(1, min(LONGEST, math.ceil(LINE_HEIGHT * width / max(1, height)))))


def _model_width(crop: Picture) -> int:
    steps = math.ceil(_inner_width(crop) / WIDTH_STEP)
    return max(LEAST_WIDTH, steps * WIDTH_STEP)


def _normalised(crop: Picture, width: int) -> NDArray[np.float32]:
    """A crop as the model wants it: −1 to 1, padded with grey on the right."""
    import cv2

    inner = _inner_width(crop)
    resized = cv2.resize(_coloured(crop), (inner, LINE_HEIGHT))
    padded = np.zeros((3, LINE_HEIGHT, width), dtype=np.float32)
    padded[:, :, :inner] = resized.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
    return padded


def _coloured(picture: Picture) -> Picture:
    if picture.ndim == 3:
        return picture
    return np.repeat(picture[:, :, None], 3, axis=2)
