"""`python -m servicestory` and the console script: start the command line."""

import os
import signal
import sys


def main() -> None:
    """Run the command line; the exit code says what happened."""
    # Looking through every installed package for pydantic plugins costs a tenth of a short call; we use none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from servicestory.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        print("\nInterrupted; what was saved before is safe.", file=sys.stderr)
        code = 130
    # All is done and said: Ctrl-C from here on must not turn a finished call into a killed one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


if __name__ == "__main__":
    main()
