"""`lokaltmot` and `python -m lokaltmot_lms`."""

import gc
import sys

# A build allocates about 100,000 objects per module and keeps nearly all of them until it ends, so the default
# threshold of 700 makes the collector scan them again and again and free nothing.
_GC_THRESHOLD = 200_000


def main() -> None:
    """Run the command line and exit with its code (see lokaltmot_lms.cli.console.Exit)."""
    gc.set_threshold(_GC_THRESHOLD)
    from lokaltmot_lms.cli.run import run  # after the line above: the imports allocate too

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
