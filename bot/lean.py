"""Start Rasa without TensorFlow: `python -m bot.lean run ...` is `python -m rasa run ...`, sooner.

Rasa 3.6.21 imports TensorFlow wherever it starts, though nothing in config.yml uses it. Here an
empty stand-in takes its place: enough for Rasa's modules to be imported, and an error for any code
that would really compute with it. `python -m rasa` works too, later and in more memory.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import rasa.version

from bot import lifeline

FOR_RASA = "3.6.21"
_ABSENT = ("tensorflow", "tensorflow_hub", "tensorflow_text", "keras")


class _Kind(ABCMeta):
    """Every attribute of the stand-in is a class of its own, which other classes may extend."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") or name.startswith("_abc"):
            raise AttributeError(name)
        kind = _Kind(name, (StandIn,), {"__module__": cls.__module__})
        setattr(cls, name, kind)
        return kind


class StandIn(metaclass=_Kind):
    """What stands where TensorFlow would: a decorator leaves its function, all else is refused."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        if cls.__module__.partition(".")[0] in _ABSENT and cls.__name__ == "function":
            return lambda function: function
        raise RuntimeError(f"{cls.__name__}: TensorFlow is left out; start with `python -m rasa`.")


class _Finder(MetaPathFinder, Loader):
    """Finds the stand-in wherever TensorFlow is asked for."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name.partition(".")[0] in _ABSENT:
            return ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = ModuleType(spec.name)
        kinds = _Kind("module", (StandIn,), {"__module__": spec.name})
        module.__getattr__ = lambda name: getattr(kinds, name)  # type: ignore[method-assign]
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Leave it empty."""


def leave_out_tensorflow() -> bool:
    """Put the stand-in in place; return whether this Rasa is the release it was written for."""
    if rasa.version.__version__ != FOR_RASA or "tensorflow" in sys.modules:
        return False
    sys.meta_path.insert(0, _Finder())
    return True


def main() -> None:
    """Run Rasa's own command line."""
    lifeline.hold()
    leave_out_tensorflow()
    from rasa.__main__ import main as run_rasa

    run_rasa()


if __name__ == "__main__":
    main()
