"""`python -m servicestory` and the console script: start the command line."""

import sys


def main() -> None:
    """Run the command line; the exit code says what happened (see docs/exit-codes.md)."""
    try:
        from servicestory.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        print("\nInterrupted; nothing was left half done.", file=sys.stderr)
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
