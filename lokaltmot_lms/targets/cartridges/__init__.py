"""What the targets that make a Common Cartridge share: manifest, static pages, QTI and links to the tool."""
