"""Demos for the classroom: pages whose picture answers a slider, the mouse and the keyboard at once.

This room is the stage: controls, the page, photos and the webcam, the projector's letters, the server. What is shown
on it belongs to the labs: each has its own in ``aics/<lab>/demos/``.
"""
