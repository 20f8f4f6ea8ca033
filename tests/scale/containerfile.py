"""Run a Containerfile's steps without a container engine: as a script for a bare Debian's root, where they do the same.

Only what the one of this project uses is known; anything else is an error, so that no step is left out unseen.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import ROOT

#: Of every command of an image, unless its recipe says otherwise.
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass
class Script:
    """The steps so far, and what a step leaves for the next: who works, where, with which variables."""

    context: str
    user: str = "root"
    folder: str = "/"
    variables: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    entry: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=lambda: ["set -eu"])

    def run(self, command: str) -> None:
        """Add a command as the user at hand, in the folder at hand."""
        given = [f"{name}={value}" for name, value in self.variables.items()]
        who = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups", "env", *given]
        self.lines.append(f"cd {self.folder}; {shlex.join([*who, 'sh', '-euc', command])}")

    def enter(self, line: str, before: str = "") -> None:
        """Add what a container does that is started with this command line, below another command if one is given."""
        self.run(f"{before} {shlex.join(self.entry)} {line}")

    def copy(self, words: list[str]) -> None:
        """Add a COPY: a folder's contents go into the target; files, into a target that ends with a slash."""
        owner = next((word.removeprefix("--chown=") for word in words if word.startswith("--chown=")), "root")
        *sources, target = [word for word in words if not word.startswith("--")]
        for source in sources:
            inside, into = ("/.", target) if (ROOT / source).is_dir() else ("", f"{target}{source}")
            self.lines.append(f"cd {self.folder}; mkdir -p {target}; cp -R {self.context}/{source}{inside} {into}")
            self.lines.append(f"chown -R {owner}: {into}")


def script(path: Path, context: str) -> Script:
    """Return a Containerfile's steps, with a checkout at `context`, as far as its entry point."""
    done = Script(context)
    for instruction, rest in _instructions(path):
        _add(done, instruction, rest)
    return done


def _instructions(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text("utf-8").replace("\\\n", " ").splitlines()
    found = [line.partition(" ") for line in lines if line.strip() and not line.startswith("#")]
    return [(instruction, rest.strip()) for instruction, _, rest in found]


def _add(done: Script, instruction: str, rest: str) -> None:
    if instruction == "RUN":
        done.run(rest)
    elif instruction == "COPY":
        done.copy(rest.split())
    elif instruction == "USER":
        done.user = rest
    elif instruction == "WORKDIR":
        done.folder = rest
    elif instruction == "ENV" and (named := re.fullmatch(r"(\w+)=(\S+)", rest)):
        done.variables[named[1]] = named[2]
    elif instruction == "ENTRYPOINT":
        done.entry = json.loads(rest)
    elif instruction not in ("FROM", "CMD"):
        raise ValueError(f"{instruction} {rest}: no test knows this instruction")
