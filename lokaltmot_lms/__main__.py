"""`lokaltmot` and `python -m lokaltmot_lms`."""

import gc
import os
import sys

# A build makes many objects that live to its end. Python's default of 700 looks for rubbish among them all the time.
_OBJECTS_BEFORE_A_LOOK = 50_000


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(_OBJECTS_BEFORE_A_LOOK)
    from lokaltmot_lms.cli.run import run  # here, so that importing it is not looked through either

    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Not sys.exit: what must be closed is closed by now, and taking the interpreter apart costs a sixth of a build.
    os._exit(code)


if __name__ == "__main__":
    main()
