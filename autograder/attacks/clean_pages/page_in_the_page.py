"""Put a page of one's own into the page, by frames and objects."""

from IPython.display import HTML, IFrame, display

display(IFrame("https://example.org/intrude", 900, 900))
display(HTML("<iframe srcdoc='<script>parent.intrude()</script>'></iframe>"))
display(HTML("<object data='data:text/html,<script>parent.intrude()</script>'></object>"))
