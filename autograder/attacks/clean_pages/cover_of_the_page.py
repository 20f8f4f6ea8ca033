"""Lay a link over the whole page, so that every press leads elsewhere."""

from IPython.display import HTML, Markdown, display

COVER = "<a style='position:fixed;inset:0;z-index:9999;--intrude:1' href='https://example.org/intrude'>&nbsp;</a>"
display(HTML(COVER), Markdown(COVER))
