"""Forty downloads of every kind in one folder, as an instructor's Downloads may hold them, and who each is of.

``python -m tests.intake.mixed_class FOLDER [NOTEBOOK]`` writes them, to be tried by hand:
``autograder grade FOLDER --values-only``.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

T = "attempt_2025-01-31-10-30-00"
METADATA = """---
submission_111:
  :submitters:
  - :name: Carol Shaw
    :sid: '7001'
    :email: carol@example.edu
  :created_at: 2025-01-31 03:33:24.923430000 Z
  :score: 0.0
submission_222:
  :submitters:
  - :name: Dan Ritchie
    :sid:
    :email: dan@example.edu
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2025-02-01 03:33:24.923430000 Z
  :history:
  - :id: 7
"""
RECEIPT = "Name: Grace Hopper (grace_b_hopper)\nAssignment: Lab_9 small\nDate Submitted: Friday, January 31, 2025\n"
#: Path -> the student that it is graded as; a zip's members stand after it.
DOWNLOADS = {
    # Moodle: files, folders, zips; two of one name; blind; a participant's number with a blank
    "Wang Wei_101_assignsubmission_file_lab9_small.ipynb": "Wang_Wei_101",
    "Wang Wei_202_assignsubmission_file_/lab9_small.ipynb": "Wang_Wei_202",
    "王小明_203_assignsubmission_file_lab9.zip/mine/lab9_small.ipynb": "王小明_203",
    "Participant_12345_assignsubmission_file/lab9_small.ipynb": "Participant_12345",
    "Participant 12346_assignsubmission_file_Untitled.ipynb": "Participant_12346",
    "Jean-Luc O'Neil_204_assignsubmission_file_alice_lab9.ipynb": "Jean-Luc_O_Neil_204",
    # Canvas: on time, late, uploaded again, anonymous, and a file that imitates another's
    "byronada_44101_901001_lab9_small.ipynb": "byronada_44101",
    "liuyang_LATE_44102_901002_lab9_small-1.ipynb": "liuyang_44102",
    "liuyang_LATE_44102_901003_lab9_small-2.ipynb": "liuyang_44102",
    "anon_aB3dE_901004_lab9_small.ipynb": "anon_aB3dE",
    "mallorym_44103_901005_byronada_44101_901001_lab9.ipynb": "mallorym_44103",
    # Blackboard: user names with underscores, several attempts, a receipt, and an imitation
    f"Lab 9_alan_m_turing_{T}_lab9_small.ipynb": "alan_m_turing",
    "Lab 9_alan_m_turing_attempt_2025-02-01-09-00-00_lab9_small.ipynb": "alan_m_turing",
    f"Lab_9 small_grace_b_hopper_{T}_lab9_small.ipynb": "grace_b_hopper",
    f"Lab 9_mallory_{T}_alan_m_turing_{T}_lab9.ipynb": "mallory",
    # Brightspace: two attempts of one student; a flat file; another order of the date
    "30111-55120 - Ada Byron - Jan 31, 2025 1030 AM/lab9_small.ipynb": "Ada_Byron_30111",
    "30111-55120 - Ada Byron - Feb 1, 2025 900 PM/lab9_small.ipynb": "Ada_Byron_30111",
    "30112-55120 - Ada Byron - 1 February, 2025 12_05 AM - final.ipynb": "Ada_Byron_30112",
    # Gradescope and GitHub Classroom, each in the folder that it writes
    "assignment_7_export/submission_111/lab9_small.ipynb": "Carol_Shaw_7001",
    "assignment_7_export/submission_222/lab9_small.ipynb": "Dan_Ritchie_dan_example.edu",
    "lab9-submissions/lab9-octocat/lab9_small.ipynb": "octocat",
    "lab9-submissions/lab9-hubot-lab9/lab9_small.ipynb": "hubot-lab9",
    # nbgrader's exchange
    "inbound/edsger+lab9_small+2025-01-31 10:30:00.123456 UTC+a1b2c3/lab9_small.ipynb": "edsger",
    "inbound/barbara+lab9_small+2025-01-31 10_30_00 UTC/lab9_small.ipynb": "barbara",
    "inbound/edsger+lab9_small+2025-02-02 10:30:00.123456 UTC+d4e5f6/lab9_small.ipynb": "edsger",
    # Chinese conventions, in any order, glued or not, in GBK
    "2021K8009-张三-实验9.ipynb": "2021K8009-张三",
    "李四_2021K8010_lab9.zip/实验九/lab9_small.ipynb": "2021K8010-李四",
    "2021K8011王五实验九.ipynb": "2021K8011-王五",
    "SA21011001+赵六+第九次实验-最终版/lab9_small.ipynb": "SA21011001-赵六",
    "钱七-实验9.ipynb": "钱七",
    # Names of people's own
    "alice_lab9/lab9_small.ipynb": "alice_lab9",
    "alice/lab9_small.ipynb": "alice",
    "bob_lab9_final (1).ipynb": "bob",
    "Copy of carla_lab9-checkpoint.ipynb": "carla",
    "dora/stuff/Untitled1.ipynb": "dora",
    "r17_name_lab9/stu_upload/layers_1.py": "r17_name_lab9",
    "eve.zip/eve/lab9_small.ipynb": "eve",
    "eve!/lab9_small.ipynb": "eve-",
    # A folder named after the lab holds students, too
    "lab9_small/frank/lab9_small.ipynb": "frank",
    "lab9_small/gus/lab9_small.ipynb": "gus",
}
#: Further files that systems lay beside.
BESIDE = {
    "assignment_7_export/submission_metadata.yml": METADATA,
    f"Lab_9 small_grace_b_hopper_{T}.txt": RECEIPT,
    "index.html": "<html>",
}


def build(
    folder: Path,
    notebook: bytes,
    course_file: bytes,
    lab: str = "lab9_small",
    others: Mapping[str, bytes] | None = None,
) -> dict[str, str]:
    """Write the downloads into a folder; what each path is graded as. others : path -> what that one holds"""
    zips: dict[str, dict[str, bytes]] = {}
    number = lab.removeprefix("lab").split("_")[0]
    renamed = {_of_lab(path, lab, number): student for path, student in DOWNLOADS.items()}
    for path in renamed:
        content = (others or {}).get(path) or (course_file if path.endswith(".py") else notebook)
        if ".zip/" in path:
            archive, _, member = path.partition(".zip/")
            zips.setdefault(f"{archive}.zip", {})[member] = content
        else:
            _write(folder / path, content)
    for path, members in zips.items():
        _write(folder / path, _gbk_zip(members))
    for path, text in BESIDE.items():
        _write(folder / _of_lab(path, lab, number), _of_lab(text, lab, number).encode())
    return renamed


def _of_lab(path: str, lab: str, number: str) -> str:
    """A name of another lab than the tests' own."""
    return path.replace("lab9_small", lab).replace("lab9", f"lab{number}") if lab != "lab9_small" else path


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _gbk_zip(members: dict[str, bytes]) -> bytes:
    """A zip as Chinese Windows makes it: names in GBK, no flag."""
    names = [name.encode("gbk") for name in members]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (name, content) in enumerate(zip(names, members.values(), strict=True)):
            archive.writestr(str(n) * len(name), content)
    data = stream.getvalue()
    for n, name in enumerate(names):
        data = data.replace(str(n).encode() * len(name), name)
    return data


if __name__ == "__main__":
    from autograder.course import Lab

    to, *rest = sys.argv[1:]
    lab2 = Lab("lab2_layers")
    stub = Path(rest[0]).read_bytes() if rest else lab2.released.read_bytes()
    python = b"class ReLULayer(object):\n    def forward(self, input):\n        return input.clip(0)\n"
    for where, who in build(Path(to), stub, python, lab2.name).items():
        print(f"{where}  ->  {who}")
