"""`python -m legannot`."""

from legannot.cli import main

main()
