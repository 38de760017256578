"""`python -m servicestory` and the console script: start the command line."""

import gc
import os
import signal
import sys


def main() -> None:
    """Run the command line; the exit code says what happened."""
    # Looking through every installed package for pydantic plugins costs a tenth of a short call; we use none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What is imported stays: to search it for garbage, again and again, costs a tenth of a short call.
    gc.set_threshold(100_000)
    try:
        from servicestory.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        print("\nInterrupted; what was saved before is safe.", file=sys.stderr)
        code = 130
    # All is done and said: Ctrl-C from here on must not turn a finished call into a killed one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # no last search either: the process ends
    sys.exit(code)


if __name__ == "__main__":
    main()
