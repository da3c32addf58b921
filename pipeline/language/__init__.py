"""Texts to quantities, statements and words; the only user of spaCy and jieba."""
