"""Run hand-ins in sandboxes, judge and time them, and keep what came of it.

The way of a hidden case, from its draw to the gradebook; each step happens once::

    hand-in     intake.repair        the student's answers in the released notebook
       |        steps                what of it is run, and where questions are asked
       |        key                  what decides each verdict: questions whose key is the same are not asked again
       |        run                  the others are, in a worker
    draw        seeds                seed = HMAC(course secret, student, lab, question)
       |        attempt              the question's cases and oracle, called with that seed's generator
    ask         line                 the case's arrays go to the sandbox by a socket
       |        bench, sandbox       the student's code runs there
    answer      line                 plain arrays come back
       |        timing, reading      for speed: beside the reference, from outside, with a control
    verdict     attempt              aics.check.judge compares
       |        record               kept with its key, as data
    files       gradebook.made       the graded notebook with its verdicts; once the rows are there, the feedback page
    gradebook   gradebook.writer     rows by nbgrader's API, finished files moved; asks the gradebook what it has
                gradebook.preprocessors   the same where nbgrader itself grades

Nothing in this folder knows of nbgrader, and no worker imports it.
"""
