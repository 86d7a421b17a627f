"""Runs one command; prints its seconds, its processor's seconds and its peak of memory as JSON.

It is small on purpose: the system counts the size of whoever starts a process into its peak.
"""

import json
import resource
import subprocess
import sys
import time

begin = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))
