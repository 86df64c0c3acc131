"""How the shipped tables were made, each as a command: ``python -m training.<name>``.

They read third-party text that is not part of the project (see ``docs/translation.md`` for
sources and terms) and write only statistics of it.
"""
