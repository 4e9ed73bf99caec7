# A second reading of "less the rows of these patients, byte for byte": python3 filter.py NUMBER... < in.csv > out.csv
import sys

gone = {number.encode() for number in sys.argv[1:]}
row = b""
for line in sys.stdin.buffer:
    row += line
    if row.count(b'"') % 2 == 0:  # else the line break is inside a quoted cell
        if row.split(b",")[0].strip(b'" \r\n').replace(b" ", b"") not in gone:
            sys.stdout.buffer.write(row)
        row = b""
