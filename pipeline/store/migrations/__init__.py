"""Steps from one schema to the next; ``pipeline.store.migrate`` runs them."""
