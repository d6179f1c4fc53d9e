"""Where results go: scratch folders, renames, the manifest."""
