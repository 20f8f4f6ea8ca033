"""Take care of every exception of later cells oneself, by showing nothing of it."""

from IPython import get_ipython

get_ipython().set_custom_exc((BaseException,), lambda *args, **kwargs: None)
