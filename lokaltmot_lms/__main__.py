"""`lokaltmot` and `python -m lokaltmot_lms`."""

import gc
import os
import sys

# A module makes a hundred thousand objects, and nearly all live to the end of the build. Python looks for rubbish among
# them after each 700, which takes a tenth of the time; even one look takes a twentieth of a small build.
_OBJECTS_BEFORE_A_LOOK = 200_000


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
