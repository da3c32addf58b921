"""The nouns of the pipeline: frozen, typed, standard library only."""
