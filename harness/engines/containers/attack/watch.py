"""Hears on every interface of the network namespace that it runs in what an attack sent or brought about.

Says on its first line what is here and may be attacked; on "end", which frames it heard, by interface. It
hears itself: a packet of its own that leaves by the way out, and one at the end, after which nothing is
still to be read.
"""

import ctypes
import json
import select
import socket
import struct
import subprocess
import sys

SO_ATTACH_FILTER, ETH_P_ALL = 26, 3
SOL_PACKET, PACKET_STATISTICS = 263, 6
signs = json.loads(sys.argv[1])
DISCARD = 9


def program(*args):
    return subprocess.run(args, capture_output=True, text=True, check=True).stdout


def filtered(expression):
    """A socket that hears all interfaces; what is not meant is sorted out by the kernel."""
    count, *lines = program("tcpdump", "-y", "EN10MB", "-ddd", expression).split("\n")
    code = b"".join(struct.pack("HBBI", *map(int, line.split())) for line in lines if line)
    buffer = ctypes.create_string_buffer(code)
    heard = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    heard.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", int(count), ctypes.addressof(buffer)))
    # It has heard everything from its first moment, before there was a filter.
    heard.setblocking(False)
    try:
        while True:
            heard.recv(65535)
    except BlockingIOError:
        heard.setblocking(True)
    return heard


def say(word, address):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.sendto(word, (address, DISCARD))


def hear(ended, word=None, to=None):
    """Counts frames by interface until one has the word, which is said again and again, or there is an end."""
    while True:
        readable, _, _ = select.select([heard, *ended], [], [], 0.2)
        if heard in readable:
            frame, (interface, *_) = heard.recvfrom(65535)
            if word and word in frame:
                return interface
            if b"heard" not in frame:
                counts[interface] = counts.get(interface, 0) + 1
                samples.setdefault(interface, frame.hex())
        elif readable:
            return None
        elif word:
            say(word, to)


sources = [*(f"ether host {one}" for one in signs["hardware"]), *(f"host {one}" for one in signs["addresses"])]
heard = filtered(" or ".join([*sources, f"(udp port {DISCARD} and (host 127.0.0.1 or host {signs['outside']}))"]))
outer = None
counts, samples = {}, {}
if signs["outer"]:
    outer = hear([], b"the way out is heard", signs["outside"])
links = json.loads(program("ip", "-j", "address", "show"))
print(json.dumps({
    "outer": outer,
    "interfaces": [{
        "name": one["ifname"], "index": one["ifindex"], "hardware": one.get("address", ""),
        "addresses": [each["local"] for each in one["addr_info"] if "local" in each],
    } for one in links],
    "resolvers": [line.split()[1] for line in open("/etc/resolv.conf") if line.startswith("nameserver")],
}), flush=True)
hear([sys.stdin])
hear([], b"all has been heard", "127.0.0.1")
_, lost = struct.unpack("II", heard.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
print(json.dumps({"lost": lost, "counts": counts, "samples": samples}), flush=True)
