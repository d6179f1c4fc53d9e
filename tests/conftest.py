"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# On a loaded machine any example may take long: how long says nothing of what must hold. A test that hangs ends by the
# limit in pyproject.toml.
settings.register_profile("steepest", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steepest")
