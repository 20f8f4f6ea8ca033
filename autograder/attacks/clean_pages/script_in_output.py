"""Show HTML, pictures and scripts that would run in the browser of whoever opens the feedback page."""

from IPython.display import HTML, SVG, Javascript, Markdown, display

RUNS = "<script>intrude()</script><img src=x onerror=intrude()>"
display(HTML(RUNS), Javascript("intrude()"), Markdown(RUNS))
display(SVG(data="<svg xmlns='http://www.w3.org/2000/svg' onload='intrude()'><script>intrude()</script></svg>"))
display(
    {"image/png": f'"onload="intrude()">{RUNS}', "text/latex": RUNS, "application/javascript": "intrude()"}, raw=True
)
print(RUNS, "\ud800 \x00 \x1b[31m")
raise ValueError(RUNS)
