"""Start processes until nobody else can start one, also where one that was there has just ended."""

import os
import time

refused = 0
for _ in range(400):
    try:
        if os.fork() == 0:
            time.sleep(8)
            os._exit(0)
    except OSError:
        refused += 1
        time.sleep(0.005)
    if refused == 100:
        break
