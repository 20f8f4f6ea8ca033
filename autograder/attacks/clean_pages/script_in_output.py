"""Show HTML, pictures and scripts that would run in the browser of whoever opens the feedback page."""

from IPython.display import HTML, SVG, Javascript, Markdown, display

RUNS = "<script>marker()</script><img src=x onerror=marker()>"
display(HTML(RUNS), Javascript("marker()"), Markdown(RUNS))
display(SVG(data="<svg xmlns='http://www.w3.org/2000/svg' onload='marker()'><script>marker()</script></svg>"))
display({"image/png": f'"onload="marker()">{RUNS}', "text/latex": RUNS, "application/javascript": "marker()"}, raw=True)
print(RUNS, "\ud800 \x00 \x1b[31m")
raise ValueError(RUNS)
