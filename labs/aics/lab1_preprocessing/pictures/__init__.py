"""Pictures of lab 1, preprocessing: each function draws one idea and returns a figure with alt text."""

from aics.lab1_preprocessing.pictures.photos import before_after, boxes, histograms, pixels, stretched
from aics.lab1_preprocessing.pictures.sampling import half_pixels, memory_order, orientations, rings
from aics.show.photos import opened, photos
