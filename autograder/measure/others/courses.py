"""Whose checks these are: what each course publishes, where it can be read, and what it was made for."""

from __future__ import annotations

from dataclasses import dataclass

from aics.language import noted


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where a check comes from.

    Attributes
    ----------
    name : str
        How the table calls it.
    title, by, year, address : str
        The published source.
    rule : str
        How its check decides, in one sentence.
    """

    name: str
    title: str
    by: str
    year: str
    address: str
    rule: str

    @property
    def source(self) -> str:
        """The source in one line."""
        return f"{self.title}, {self.by}, {self.year}, {self.address}"


NBGRADER = Course(
    name=noted("nbgrader, one case"),
    title="nbgrader: autograder tests",
    by="Project Jupyter",
    year="2026",
    address="https://nbgrader.readthedocs.io/en/stable/user_guide/creating_and_grading_assignments.html",
    rule=noted(
        "np.testing.assert_allclose on one fixed case: of our public cases the one that lets the fewest through, "
        "with our own tolerances"
    ),
)
AICS = Course(
    name=noted("original course"),
    title="AI Computing Systems: experiments",
    by="Institute of Computing Technology, Chinese Academy of Sciences",
    year="2021",
    address="https://novel.ict.ac.cn/aics/",
    rule=noted("mean squared error below 0.003 on one picture"),
)
CS231N = Course(
    name="CS231n",
    title="CS231n: assignments 1 to 3",
    by="Stanford University",
    year="2021",
    address="https://cs231n.github.io/",
    rule=noted(
        "a printed relative error, compared with the right answer and with a numerical gradient; who reads it "
        "takes less than 1e-6 (less than 1e-3 for style losses) as right"
    ),
)
CMU = Course(
    name="CMU 10-414/714",
    title="Deep Learning Systems: homeworks 1, 2 and 4",
    by="Carnegie Mellon University",
    year="2024",
    address="https://dlsyscourse.org/assignments/",
    rule=noted("np.testing.assert_allclose, or a norm of the difference below 1e-3 to 1e-2, on fixed shapes and seeds"),
)
TINYTORCH = Course(
    name="TinyTorch",
    title="TinyTorch: modules 2 to 4, 6 and 9",
    by="Harvard University",
    year="2025",
    address="https://github.com/MLSysBook/TinyTorch",
    rule=noted("np.allclose on small arrays worked out by hand; shapes, sums and bounds on larger ones"),
)
#: In the table's order.
COURSES = (NBGRADER, AICS, CS231N, CMU, TINYTORCH)
