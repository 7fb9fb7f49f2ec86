"""The fixed set of sentences: Hebrew and English words become a wish, before anything is looked up."""
