"""The csc command in a process of its own that kills itself at a given point (see crash_driver.py).

python tests/crash_csc.py POINT ARGUMENT...
"""

import sys

from crash_driver import arm

from orchestration.cli import main

if __name__ == "__main__":
    arm(sys.argv[1])
    main(sys.argv[2:])
