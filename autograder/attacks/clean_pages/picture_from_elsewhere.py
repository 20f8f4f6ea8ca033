"""Show a picture that is fetched from elsewhere, which tells who opens the page, and when."""

from IPython.display import HTML, Markdown, display

display(HTML("<img src='https://example.org/intrude.png' width=1>"))
display(Markdown("![](https://example.org/intrude.png)"))
