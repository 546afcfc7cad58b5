"""Course cartridges (Common Cartridge 1.x, Canvas exports) become drafts."""
