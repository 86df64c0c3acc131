"""Whose name stands under a decision: the one git knows, else the login's."""

from __future__ import annotations

import getpass
import subprocess

_PATIENCE = 2.0  # seconds: git answers in milliseconds, or its settings lie on a dead share


def signer() -> str:
    """The user's name as git has it, else the name of their account; "" when neither says."""
    return _in_git() or _login()


def _in_git() -> str:
    try:
        asked = subprocess.run(
            ["git", "config", "--get", "user.name"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such account, as in a container
        return ""
