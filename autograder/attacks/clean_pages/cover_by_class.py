"""Lay a link over the whole page by the names of classes for which the page itself has such a style."""

from IPython.display import HTML, Markdown, display

COVER = "<a class='modal-backdrop in intrude' href='https://example.org/intrude'>&nbsp;</a>"
display(HTML(COVER), Markdown(COVER))
