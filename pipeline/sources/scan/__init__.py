"""Pages that are pictures: bytes → picture → flat page → glyphs and rulings.

Everything after recognition is what text-layer PDF goes through: a page becomes a
``PageContent`` whose glyphs were recognised and whose rulings were found in the
picture.
"""
