"""Half precision: numbers rounded to it as NumPy's own cast rounds them, quickly also where many underflow."""
