"""Finished layers that are no answer to any question, computed by ONNX Runtime.

`layers_1`, `layers_2` and `vgg_cpu` bear the names of the original course's files and hold classes of the same names.
`aics.notebook.earlier` puts them in the place of files that the student has not finished yet. What they compute stands
in `programs` and in the classes as ONNX programs: they need no window, no loop and no gradient written out, so nobody
can copy an answer from them.

Graded code does not run on them: beside it lie the files of the solution (see `autograder.authoring.start`). Those need
NumPy only, so a lab may forbid ONNX Runtime; they are never among the files that students receive. The sandbox hides
this folder, for the same reason.

`fast` holds layers for long runs, in which no weight changes any more.
"""
