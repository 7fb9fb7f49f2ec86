"""The stories of the product, the only code that composes the other packages."""
