"""Where stock nbgrader, formgrader and the autograder meet: all three read this file.

The class's state (hand-ins, gradebook, feedback) lies in the folder that AICS_COURSE names, else in
``course/``; AICS_GRADEBOOK puts the gradebook elsewhere, such as postgresql://host/course. Everything
here is nbgrader's own configuration, but for the last line: formgrader's lists have no setting for what they show.
"""

import os
import sys
import warnings
from pathlib import Path

from sqlalchemy.exc import SAWarning

from autograder.course import LABS, ROOT, ClassFolder
from autograder.gradebook.formgrader.served import show_totals

c = get_config()  # noqa: F821  (traitlets defines it)
state = ClassFolder.current()

# nbgrader calls `alembic` by name; it lies beside this Python, whose environment need not be activated.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"

# nbgrader 0.9.6 adds submissions in an order that SQLAlchemy 2 remarks on; the rows are right.
warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)

c.CourseDirectory.root = str(state.folder)
c.CourseDirectory.course_id = "aics"
c.CourseDirectory.db_url = state.gradebook_url

c.ClearSolutions.code_stub = {"python": "# your code here"}
c.ClearSolutions.text_stub = "*Your answer here.*"

# Hand-ins are put back into the released skeleton before anything runs.
c.Repair.release_root = str(LABS)
c.OverwriteCells.add_missing_cells = True
c.Autograde.sanitize_preprocessors = [
    "autograder.gradebook.repair.Repair",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# In the place of nbgrader's Execute: student code computes in the sandbox, the grader judges.
c.Autograde.autograde_preprocessors = [
    "autograder.gradebook.preprocessors.GradeInSandbox",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.gradebook.manual_grades.SaveGrades",
    "autograder.gradebook.preprocessors.SaveExtraCredit",
    "autograder.gradebook.late.SetDueDate",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
    "autograder.gradebook.original.SayOriginal",
    "autograder.gradebook.given.OnlyQuestions",
    "autograder.gradebook.mended.SayMended",
]
# deadlines.toml in the class's folder says when labs are due and what lateness costs.
c.AssignLatePenalties.plugin_class = "autograder.gradebook.late.LateDays"
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.gradebook.original.CountAsked",
    "autograder.gradebook.given.OnlyLostPoints",
    "autograder.gradebook.mended.SayMended",
    "autograder.gradebook.late.SayLate",
    "autograder.gradebook.exam.HideScores",
]
# Before an exam's date no page with scores leaves the class's folder, whoever presses the button.
c.ExchangeFactory.release_feedback = "autograder.gradebook.release_feedback.ReleaseDuePages"

# Totals are of what was asked: the original course's files are not asked everything.
c.ExportApp.plugin_class = "autograder.gradebook.original.Grades"

# Pages show what students wrote and printed; none of it may run, cover the page, or take hours to format.
c.HTMLExporter.sanitize_html = True
# The feedback page is made with a template of ours; formgrader has its own.
c.HTMLExporter.extra_template_basedirs = [str(ROOT / "autograder" / "gradebook" / "templates")]
# Formulas that code shows are not among these: they could be set over the page (see INSIDE in gradebook/pages.py).
c.NbConvertBase.display_data_priority = [
    *("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain")
]
c.HTMLExporter.filters = {
    "ansi2html": "autograder.gradebook.pages.coloured",
    "clean_html": "autograder.gradebook.pages.clean",
    "highlight_code": "autograder.gradebook.pages.highlight",
    "markdown2html": "autograder.gradebook.pages.markdown",
    "page_styles": "autograder.gradebook.styles.page_styles",
    "strip_files_prefix": "autograder.gradebook.pages.unchanged",
    "tr": "autograder.gradebook.pages.said",
}

# In a Jupyter server, formgrader's lists tell points, extra credit and answers that wait apart, as all else does.
show_totals()
