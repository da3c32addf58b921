"""Learning from an annotated corpus: the pair scorer, and a try at vagueness."""
