"""Show links that run a script when they are pressed."""

from IPython.display import HTML, Markdown, display

display(Markdown("[see the plot](javascript:intrude())"))
display(HTML("<a href=' javascript:intrude()'>see the plot</a>"))
