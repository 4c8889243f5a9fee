"""The command line: ``lmi COMMAND``.

A mistake that the user can mend is one sentence on standard error and exit status 1; a defect
keeps its traceback.
"""

from lmi.cli.app import main

__all__ = ["main"]
