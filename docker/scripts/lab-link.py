"""The link: packets come out of the interface `link` as they went in, so many milliseconds later.

Python, because Node can open no such interface, and it is in the image for mitmproxy. With 0 it only
tries whether there can be such an interface.
"""

import collections
import fcntl
import os
import select
import struct
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 1, 0x1000
MOST_UNDERWAY = 10_000

delay = float(sys.argv[1]) / 1000
# The character device is in the image, because /dev is not.
device = os.open("/opt/lab/tun", os.O_RDWR)
fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", b"link", IFF_TUN | IFF_NO_PI))
print("ready", flush=True)
underway = collections.deque()
while delay > 0:
    left = max(0, underway[0][0] - time.monotonic()) if underway else None
    readable = select.select([device], [], [], left)[0]
    now = time.monotonic()
    if readable:
        packet = os.read(device, 65535)
        if len(underway) < MOST_UNDERWAY:
            underway.append((now + delay, packet))
    while underway and underway[0][0] <= now:
        os.write(device, underway.popleft()[1])
