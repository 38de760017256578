"""`python -m servicestory` and the console script: start the command line."""

import contextlib
import gc
import os
import signal
import sys
from _thread import interrupt_main


def main() -> None:
    """Run the command line; the exit code says what happened."""
    # Looking through every installed package for pydantic plugins costs a tenth of a short call; we use none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What is imported stays: to search it for garbage, again and again, costs a tenth of a short call.
    gc.set_threshold(100_000)
    sys.unraisablehook = _unraisable
    try:
        from servicestory.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        print("\nInterrupted; what was saved before is safe.", file=sys.stderr)
        code = 130
    # All is done and said: Ctrl-C from here on must not turn a finished call into a killed one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if code == 130:
        # Where Ctrl-C fell into a text that Python was running (a data class being made), it remembers
        # that, and would in the end kill the process by the signal instead of giving the code.
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    gc.freeze()  # no last search either: the process ends
    sys.exit(code)


def _unraisable(ignored: "sys.UnraisableHookArgs") -> None:
    """Ctrl-C that fell where nothing can be raised (a callback of the garbage search) comes once more."""
    if not issubclass(ignored.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(ignored)
        return
    import threading

    again = threading.Timer(0.02, interrupt_main)
    again.daemon = True
    again.start()


if __name__ == "__main__":
    main()
