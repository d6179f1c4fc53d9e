"""What holds for all tests."""

from hypothesis import settings

# On a loaded machine any example may take long: how long says nothing of what must hold.
settings.register_profile("steepest", deadline=None)
settings.load_profile("steepest")
