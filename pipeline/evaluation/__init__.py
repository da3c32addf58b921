"""How right the product is: every stage against an annotated corpus."""

from pipeline.evaluation.evaluate import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
