"""The original course's experiments, ``exp_2_1/stu_upload/``, ``exp_3_3/stu_upload/``: folders of one hand-in.

A lab's files may lie in several of them, and a file in many, as it was when each experiment was done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from autograder.course.original import Original
from autograder.intake.attempts import natural
from autograder.intake.handin import Refused
from autograder.intake.mends import mended
from autograder.intake.messages import say
from autograder.intake.names import Person
from autograder.intake.released_lab import ReleasedLab
from autograder.intake.stu_upload import decode
from autograder.intake.uploads import Upload
from autograder.intake.walk import Parts


@dataclass(frozen=True)
class Joined:
    """A lab's files of one person, and what is to be said of where they lay."""

    upload: Upload
    remarks: list[str]


def joined(uploads: Iterable[Upload], lab: ReleasedLab, is_experiment: Callable[[str], bool]) -> Iterator[Joined]:
    """Yield the course files that one person handed in together for a lab.

    Of a file that lies in several experiments, the one that answers the most questions is taken; of two that answer as
    many, the later experiment's.
    """
    groups: defaultdict[tuple[Person, Parts, bool, datetime | None], list[Upload]] = defaultdict(list)
    for upload in uploads:
        if any(name in lab.exports for name in upload.files):
            above = _above(upload.folder, is_experiment)
            folder = upload.folder if above is None else above
            groups[upload.person, folder, above is None, upload.attempt].append(upload)
    for (_, above, *_), group in groups.items():
        yield _join(sorted(group, key=lambda upload: natural("/".join(upload.folder))), lab, len(above))


def _above(folder: Parts, is_experiment: Callable[[str], bool]) -> Parts | None:
    """The folders above the first that is named after an experiment; None where none is."""
    return next((folder[:n] for n, name in enumerate(folder) if is_experiment(name)), None)


def _join(group: list[Upload], lab: ReleasedLab, depth: int) -> Joined:
    """Join uploads, the last experiment's last; `depth` is how many folders they all lie in."""
    last = group[-1]
    if len(group) == 1:
        return Joined(last, [])
    whole = Upload(person=last.person, folder=last.folder, origin=last.origin)
    whole.moment = max((upload.moment for upload in group), key=lambda moment: moment.order)
    remarks = []
    for file in (name for name in lab.exports if any(name in upload.files for upload in group)):
        having = [upload for upload in group if file in upload.files]
        best = _best(having, file, lab)
        whole.files[file], whole.names[file] = best.files[file], best.names[file]
        whole.by_content |= {file} & best.by_content
        others = ["/".join(each.folder[depth:]) for each in having if each.files[file] != best.files[file]]
        if others or file not in last.files:
            key = "experiment" if not others else "experiment.later" if best is having[-1] else "experiment.more"
            remarks.append(say(key, file=file, folder="/".join(best.folder[depth:]), others=" and ".join(others)))
    return Joined(whole, remarks)


def _best(having: list[Upload], file: str, lab: ReleasedLab) -> Upload:
    """The upload whose file answers the most questions of a lab; of several, the last."""
    if len({upload.files[file] for upload in having}) == 1:
        return having[-1]
    texts = {str(n): _text(upload.files[file]) for n, upload in enumerate(having)}
    read = mended(texts)
    originals = [original for original in lab.questions.values() if original]
    worth = {n: _answered(originals, read[n].defined, read[n].blank) for n in texts}
    return having[max(range(len(having)), key=lambda n: (worth[str(n)], n))]


def _text(content: bytes) -> str:
    try:
        return decode(content)
    except Refused:
        return ""


def _answered(originals: Iterable[Original], defined: frozenset[str], blank: frozenset[str]) -> int:
    return sum(original.is_answered(defined - blank, blank) for original in originals)
