"""Common code for targets that build a Common Cartridge: manifest, static pages, QTI and links to the LTI tool."""
