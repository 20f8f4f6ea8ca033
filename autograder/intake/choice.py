"""One hand-in for each student and lab among all that was found, and what is said of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from autograder.course import labs as all_labs
from autograder.intake.attempts import Candidate, chosen, why_not
from autograder.intake.deadlines import Deadlines
from autograder.intake.found import Found
from autograder.intake.handin import Remark, below
from autograder.intake.instead import instead_of
from autograder.intake.messages import say
from autograder.intake.names import Person
from autograder.intake.people import People
from autograder.intake.prepared import HandIn
from autograder.intake.restored import listed
from autograder.intake.walk import Parts

#: What is said where a file lies in another folder than the one that is graded.
Doubt = Callable[[Parts, Parts], str]


class Choice:
    """The choice for a class whose ids are known."""

    def __init__(self, found: Found, known: People, deadlines: Deadlines, *, doubt: Doubt) -> None:
        """Give everyone who was found an id."""
        labs: dict[Person, set[str]] = {person: set() for person in found.people}
        labs |= {person: set() for person in found.remarks.people()}
        for candidate in found.candidates:
            labs.setdefault(candidate.person, set()).add(candidate.lab.name)
        self.found, self.known, self.deadlines, self.doubt = found, known, deadlines, doubt
        self.ids = known.ids(labs)
        self.words = {_word(lab.name) for lab in all_labs()} | {_word(each.lab.name) for each in found.candidates}

    def handins(self) -> tuple[list[HandIn], list[Remark]]:
        """Return what is graded, and all remarks."""
        groups: defaultdict[tuple[str, str], list[Candidate]] = defaultdict(list)
        for candidate in self.found.candidates:
            groups[self.ids[candidate.person], candidate.lab.name].append(candidate)
        graded = [self._chosen(student, group) for (student, _), group in groups.items()]
        for best in graded:
            self._say_what_is_newer(best, graded)
        self._say_who_has_nothing(graded)
        for person, sentence in self.known.remarks:
            self.found.say(person, "", sentence)
        handins = sorted(map(self._handin, graded), key=lambda handin: (handin.student, handin.lab))
        return handins, self.found.remarks.by_student(self.ids)

    def _handin(self, best: Candidate) -> HandIn:
        return HandIn(
            student=self.ids[best.person],
            lab=best.lab.name,
            submitted=best.submitted,
            original=best.origin,
            when=best.moment.file,
            read=tuple(best.read),
            chosen=tuple(best.chosen),
            beside=tuple(dict.fromkeys(self.found.people.get(best.person, []))),
            alone=best.from_notebook,
            handed_in=best.moment.handed_in,
            late=best.moment.late,
        )

    def _chosen(self, student: str, group: list[Candidate]) -> Candidate:
        """Choose what is graded, and say why the others are set aside."""
        best = chosen(group, student, self.deadlines)
        graded = self._shown(best.origin)
        for other in sorted(group, key=lambda candidate: candidate.age):
            newer_in_part = best.whole and not other.whole and other.age > best.age
            if newer_in_part and (other.answered or not other.from_notebook):
                why = "older.whole" if other.from_notebook else "older.read"
                best.chosen.append(say(why, newer=self._shown(other.origin), graded=graded))
            elif other is not best:
                why = why_not(other, best, self.deadlines) + self.doubt(other.folder, best.folder)
                self.found.say(other.person, other.origin, say("set_aside", graded=graded, why=why))
        return best

    def _say_what_is_newer(self, best: Candidate, graded: Sequence[Candidate]) -> None:
        """Say so where a newer file, of this lab as far as one can tell, cannot be read."""
        student, mine = self.ids[best.person], _word(best.lab.name)
        alone = [self.ids[each.person] for each in graded].count(student) == 1
        for file in self.found.unread:
            newer, shown = file.moment.order > best.moment.order, self._shown(file.origin)
            named = [word for word in self.words if word in shown.casefold()]
            if self.ids[file.person] == student and newer and (mine in named or (alone and not named)):
                best.chosen.append(say("older.read", newer=shown, graded=self._shown(best.origin)))

    def _shown(self, origin: str) -> str:
        return below(self.found.path, origin) or origin

    def _say_who_has_nothing(self, graded: Sequence[Candidate]) -> None:
        spoken = {self.ids[best.person] for best in graded}
        spoken |= {self.ids[person] for person in self.found.remarks.people()}
        for person, others in list(self.found.people.items()):
            if self.ids[person] not in spoken:
                kept = "nothing.checkpoints" if person in self.found.checkpoints else "nothing.empty"
                among = say("nothing.among", files=listed(others)) if others else say(kept)
                among += instead_of(others)
                self.found.say(person, str(self.found.path), say("nothing", who=person.name, why=among))


def _word(lab: str) -> str:
    """What a lab is called in a file's name: lab2."""
    return lab.split("_")[0].casefold()
