"""Starting is cheap: help and the package itself load nothing heavy."""

import subprocess
import sys

HEAVY = ("numpy", "rich", "ctranslate2", "trafilatura", "datasette", "networkx", "sqlite_utils")


def loaded(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_package_loads_nothing_heavy() -> None:
    assert not loaded("import provenance") & set(HEAVY)


def test_the_command_line_loads_nothing_heavy() -> None:
    code = "import io, contextlib\nfrom provenance.cli import cli\n"
    code += (
        "with contextlib.redirect_stdout(io.StringIO()):\n    cli(['--help'], standalone_mode=0)"
    )
    assert not loaded(code) & set(HEAVY)
