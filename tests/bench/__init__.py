"""How fast the product is, beside the bare libraries that it stands on."""
