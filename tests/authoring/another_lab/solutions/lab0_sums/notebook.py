# %% [markdown]
# # Lab 0: sums
#
# Two functions that NumPy has, to write by hand.

# %% given="setup"
import numpy as np

from aics import open_lab
from aics.lab0_sums import pictures as show
from aics.notebook.needs_answers import needs_answers

check = open_lab("lab0_sums")

# %% [markdown]
# ## 1. Twice
#
# Each bar must become twice as long.

# %% look="before"
show.bars([3, 1, 2])


# %% code="twice"
def twice(x):
    """Double every number.

    x : (N,)  ->  output : (N,)
    """
    ### BEGIN SOLUTION
    doubled_by_hand = 2 * x
    return doubled_by_hand
    ### END SOLUTION
    raise NotImplementedError("lab 0, twice: return each number times two")


# %% check="twice"
check("twice")

# %% look="after"
with needs_answers():
    display(show.bars(twice(np.array([3.0, 1.0, 2.0]))))

# %% [markdown]
# ## 2. So far
#
# How much has come so far, at each index of a row? Here is the row.

# %% look="row"
show.bars([3, 1, 2])


# %% code="running_total"
def running_total(x):
    """Add up what came so far, itself included.

    x : (N,)  ->  output : (N,)
    """
    ### BEGIN SOLUTION
    added_so_far = np.cumsum(x)
    return added_so_far
    ### END SOLUTION
    raise NotImplementedError("lab 0, running_total: return the sum up to each place")


# %% check="running_total"
check("running_total")

# %% look="so_far"
with needs_answers():
    display(show.bars(running_total(np.array([3.0, 1.0, 2.0]))))

# %% [markdown]
# Why is the last number of a running total the sum of all?

# %% [markdown] written="why"
# ### BEGIN SOLUTION
# Because nothing comes after it.
# ### END SOLUTION

# %% look="overview"
check()

# %% [markdown]
# This writes what you have finished to `stu_upload/sums.py`.

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab0_sums", globals())
