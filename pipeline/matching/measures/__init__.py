"""What a quantity measures: the words around it, its unit, and what it is per."""
