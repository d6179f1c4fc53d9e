"""What the figures of several kinds share: axes with their numbers, labels that step aside, maps, losses, graphs."""
