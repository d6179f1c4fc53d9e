"""What the core says about runs, as data: keys and values, and the English words for them."""
