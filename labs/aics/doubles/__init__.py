"""Test doubles that asks of several labs share: small stand-ins for files, networks and functions.

They let a question be asked about one step without the steps before it, note what a student's code did with them,
and contain none of the answers.
"""
