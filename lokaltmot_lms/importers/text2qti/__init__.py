"""text2qti files become a draft."""
