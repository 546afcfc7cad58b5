"""What files are: their kind by content, and captions in both of the formats that people have."""
