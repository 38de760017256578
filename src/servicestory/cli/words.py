"""How the words of a call are read: nothing swallowed, nothing read in vain, complaints a person reads."""

import functools
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from servicestory.errors import meant
from servicestory.text import shortened

_SHOWN = 30  # characters of a text said again
_NOT_A_NUMBER = re.compile(r"Input should be a valid (number|integer).*")


def _reading_what_is_given(params: list[Any]) -> list[Any]:
    """Options that were not given are left alone: to read nothing, typer loads pydantic and builds a reader.

    That is half the time of a call such as `list`. A place with an empty name, as a variable that was never
    set gives it, is refused: it would be the current folder.
    """

    def reading(param: Any, given: Callable[..., Any], ctx: Any, value: Any) -> Any:
        if value is not None or param.required:
            made = given(ctx, value)
            typed, read = (x if isinstance(x, list | tuple) else [x] for x in (value, made))
            if "" in typed and any(isinstance(x, Path) for x in read):
                raise typer.BadParameter("it is given and empty; name a place, or leave it out", ctx, param)
            return made
        nothing = () if param.multiple or param.nargs == -1 else None
        return param.callback(ctx, param, nothing) if param.callback else nothing

    for param in params:
        if "process_value" not in vars(param):
            vars(param)["process_value"] = functools.partial(reading, param, param.process_value)
    return params


def _not_blank(value: Any) -> Any:
    """A value of white space alone is empty: a site or a person of that name could be seen in no list."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, list | tuple):
        return type(value)(v for v in value if not isinstance(v, str) or v.strip())
    return value


class PlainGroup(TyperGroup):
    """The table of commands."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The global options."""
        return _reading_what_is_given(super().get_params(ctx))


class PlainCommand(TyperCommand):
    """A command whose help and complaints name no types: a person reads them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arguments = [p for p in self.params if p.param_type_name == "argument"]
        for argument in self._arguments:
            vars(argument)["display_type_rich"] = lambda **_: None

    def get_params(self, ctx: Any) -> list[Any]:
        """The options and arguments."""
        return _reading_what_is_given(super().get_params(ctx))

    def collect_usage_pieces(self, _ctx: Any) -> list[str]:
        """`[OPTIONS]` and the arguments as they are called in the help."""
        return ["[OPTIONS]", *(p.metavar or str(p.name).upper() for p in self._arguments)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words of the call, understood."""
        typed = list(args)  # the parser uses up its own
        try:
            self._check_words(ctx, args)
            left = super().parse_args(ctx, args)
            param: Any
            for param in self.params:
                value = ctx.params.get(param.name)
                if param.param_type_name == "option":
                    ctx.params[param.name] = _not_blank(value)
                if isinstance(value, float) and not math.isfinite(value):
                    raise typer.BadParameter("this is not a number", ctx, param)
            return left
        except typer.TyperException as refused:
            wrong: Any = refused
            message = wrong.message.replace("Input should be greater than or equal to", "it must be at least")
            message = message.replace("Input should be less than or equal to", "it must be at most")
            wrong.message = shortened(
                _NOT_A_NUMBER.sub(
                    lambda m: f"this is not a {'whole number' if m[1] == 'integer' else 'number'}", message
                )
            )
            if hint := self._meant(wrong):
                wrong.possibilities = hint
            if message.startswith("Got unexpected extra argument"):
                wrong.message += self._where_it_belongs(typed)
            if kept := getattr(self.callback, "misread", lambda *_: "")(typed, self.params):
                if hint:
                    wrong.message, wrong.possibilities = wrong.format_message(), ()
                wrong.message = f"{wrong.message}. {kept}"
            raise

    def _where_it_belongs(self, typed: Sequence[str]) -> str:
        """What to do with a word too many: a whole text follows the option for it, its words are one."""
        text = next((word for word in typed if " " in word and not word.startswith("-")), None)
        if text and any("--text" in p.opts for p in self.params):
            start = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} ..."
            return f'. A text follows --text: servicestory {self.name} --text "{start}"'
        return '. Put a text of several words in quotation marks: "..."'

    def _meant(self, wrong: Any) -> list[str]:
        """The options that may be meant by one there is not: by another word for it, else by its letters."""
        said = getattr(wrong, "option_name", "").lstrip("-")
        other = meant(said, [str(p.name) for p in self.params]) if said else None
        return [f"--{other}"] if other else list(getattr(wrong, "possibilities", None) or ())

    def _check_words(self, ctx: Any, args: list[str]) -> None:
        """Refuses what the parser takes in silence: an option as a value, a second text, an opposite."""
        params: list[Any] = self.params
        known = {name: p for p in params for name in (*p.opts, *p.secondary_opts) if name[:1] == "-"}
        words, said = iter(args[: args.index("--")] if "--" in args else args), dict[str, str]()
        for word in words:
            word, joined, value = word.partition("=")
            param = known.get(word)
            if param is None:
                continue
            if param.is_flag:
                if (word in param.secondary_opts) != (
                    said.setdefault(param.name, word) in param.secondary_opts
                ):
                    raise typer.BadParameter(f"{said[param.name]} and {word} say the opposite", ctx)
            elif not joined and (value := next(words, "")).startswith("--"):
                raise typer.BadParameter(
                    f"its value is missing; if {value} is meant, write {word}={value}", ctx, param
                )
            elif param.name == "text" and said.setdefault(param.name, value) != value:
                raise typer.BadParameter("two texts are given, and only one can be taken", ctx, param)
