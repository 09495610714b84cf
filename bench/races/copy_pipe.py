"""A floor: COPY (binary) of one database piped into COPY of another: copy_pipe.py PSQL SOURCE DESTINATION."""

import subprocess
import sys

psql, source, destination = sys.argv[1:4]
out = subprocess.Popen([psql, source, "-qc", "COPY lineitem TO STDOUT (FORMAT binary)"], stdout=subprocess.PIPE)
into = subprocess.Popen([psql, destination, "-qc", "COPY lineitem FROM STDIN (FORMAT binary)"], stdin=out.stdout)
out.stdout.close()
sys.exit(max(abs(into.wait()), abs(out.wait())))
