"""Intake turns what was handed in into clean notebooks. It never runs a student's code.

    find.find_handins   a class folder, zips, LMS downloads -> hand-ins and remarks
    lms, names, layout  whose a file is, by what systems and people write
    people, roster      ids that are kept; which names and numbers are which student's
    repair.repair       a student's answers, put into the released notebook
    stu_upload.place    the original course's layers_*.py, put into the released notebook

Nothing here changes, moves or follows a link from what was handed in.
"""
