"""Catalogues of what people read: collected from the sources, kept with their translations, compiled.

`code_words` and `notebook_words` find the messages of a lab's notebook and put translations in their place, `marked`
those that code marks for itself, `lab_messages` all of one lab; `catalogue_file` keeps a ``.po`` file of them.
"""
