"""Show a drawing that runs a script when it is loaded, moved over or pressed."""

from IPython.display import SVG, display

XMLNS = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
display(
    SVG(data=f"<svg {XMLNS}><a xlink:href='javascript:intrude()'><text y='20'>press</text></a></svg>"),
    SVG(data=f"<svg {XMLNS}><rect width='99' height='99' onmouseover='intrude()'/></svg>"),
    SVG(data=f"<svg {XMLNS}><foreignObject><body onload='intrude()'/></foreignObject></svg>"),
)
