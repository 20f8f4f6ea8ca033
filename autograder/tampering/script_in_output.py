"""Show HTML, pictures and scripts that would run in the browser of whoever opens the feedback page."""

from IPython.display import HTML, SVG, Javascript, Markdown, display

RUNS = "<script>alert('marker')</script><img src=x onerror=alert('marker')>"
display(HTML(RUNS), Javascript("alert('marker')"), Markdown(RUNS))
display(SVG(data=f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{RUNS}</svg>'.replace("<img src=x", "<a")[:70] + "</svg>"))
display({"image/png": f'"onload="alert(1)">{RUNS}', "text/latex": RUNS, "application/javascript": "alert('marker')"}, raw=True)
print(RUNS, "\ud800 \x00 \x1b[31m")
raise ValueError(RUNS)
