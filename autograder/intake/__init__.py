"""Intake: what was handed in, turned into clean notebooks. Trusted code that never runs a student's.

    find.find_handins   a class folder, zips, LMS downloads -> hand-ins and remarks
    repair.repair       a student's answers, put into the released notebook
    stu_upload.place    the original course's layers_*.py, put into the released notebook
    preprocessor.Repair the same repair for stock `nbgrader autograde` and formgrader

Nothing here changes, moves or follows a link from what was handed in.
"""
