"""`python -m servicestory` and the console script: start the command line."""

import signal
import sys


def main() -> None:
    """Run the command line; the exit code says what happened."""
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
