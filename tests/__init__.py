"""A package of its own: one of the dependencies installs another named `tests`."""
