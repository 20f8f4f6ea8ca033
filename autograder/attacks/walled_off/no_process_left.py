"""Start processes until nobody else can start one."""

import os
import time

for _ in range(200):
    try:
        if os.fork() == 0:
            time.sleep(8)
            os._exit(0)
    except OSError:
        break
