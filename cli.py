"""The `provenance` command from a checkout: ``python cli.py …``."""

from provenance.cli import main

main()
