"""Send whoever opens the page on to another, which asks for a password."""

from IPython.display import HTML, display

display(HTML("<meta http-equiv=refresh content='0;url=https://example.org/intrude'>"))
display(HTML("<form action='https://example.org/intrude'><input type=password><button>go on</button></form>"))
