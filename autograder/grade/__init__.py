"""Grade one hand-in: ask its code in the sandbox, judge here, time from outside."""
