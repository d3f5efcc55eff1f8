"""Sends on an interface of a lab whatever could find a way out of it, and listens for answers.

Everything has the attack's own source address, hardware or IP, so that whoever hears a frame of it anywhere
knows it. At the end a neighbour is asked who answers: what others had answered has come by then.
"""

import json
import select
import socket
import struct
import subprocess
import sys
import time

ETH_P_ALL, PACKET_OUTGOING = 3, 4
told = json.loads(sys.argv[1])


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def ip4(text):
    return socket.inet_aton(text)


def ip6(text):
    return socket.inet_pton(socket.AF_INET6, text)


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def question():
    labels = b"".join(bytes([len(one)]) + one for one in (b"leak", b"connector-lab", b"test"))
    return struct.pack("!6H", 4711, 0x100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", 1, 1)


def bodies(pseudo, echo, protocol):
    """An echo request, a query for a name, and the first packet of a connection, by protocol number."""
    ping = struct.pack("!BBHHH", echo, 0, 0, 1, 1) + b"connector-lab"
    sum_of = checksum(ping) if protocol == 1 else checksum(pseudo(protocol, len(ping)) + ping)
    yield protocol, ping[:2] + struct.pack("!H", sum_of) + ping[4:]
    for port in (53, 80, 2375):
        udp = struct.pack("!4H", 40000, port, 8 + len(question()), 0) + question()
        yield 17, udp[:6] + struct.pack("!H", checksum(pseudo(17, len(udp)) + udp) or 0xFFFF) + udp[8:]
        tcp = struct.pack("!HHIIBBHHH", 40000, port, 1, 0, 0x50, 2, 65535, 0, 0)
        yield 6, tcp[:16] + struct.pack("!H", checksum(pseudo(6, len(tcp)) + tcp)) + tcp[18:]


def packets4(source, to):
    pseudo = lambda protocol, length: ip4(source) + ip4(to) + struct.pack("!BBH", 0, protocol, length)
    for protocol, body in bodies(pseudo, 8, 1):
        head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 1, 0, 64, protocol, 0) + ip4(source) + ip4(to)
        yield 0x0800, head[:10] + struct.pack("!H", checksum(head)) + head[12:] + body


def packets6(source, to):
    pseudo = lambda protocol, length: ip6(source) + ip6(to) + struct.pack("!IHBB", length, 0, 0, protocol)
    for protocol, body in bodies(pseudo, 128, 58):
        yield 0x86DD, struct.pack("!IHBB", 6 << 28, len(body), protocol, 64) + ip6(source) + ip6(to) + body


def who_has(source, to):
    return 0x0806, struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + hardware + ip4(source) + bytes(6) + ip4(to)


def neighbour6(source, to):
    """Who has it, and where we are: whoever answers need not ask."""
    body = struct.pack("!BBHI", 135, 0, 0, 0) + ip6(to) + b"\1\1" + hardware
    pseudo = ip6(source) + ip6(to) + struct.pack("!IHBB", len(body), 0, 0, 58)
    body = body[:2] + struct.pack("!H", checksum(pseudo + body)) + body[4:]
    return 0x86DD, struct.pack("!IHBB", 6 << 28, len(body), 58, 255) + ip6(source) + ip6(to) + body


def everything():
    for to in told["ipv4"]:
        for source in told["sources4"]:
            yield from packets4(source, to)
        yield who_has(told["sources4"][0], to)
    for to in told["ipv6"]:
        for source in told["sources6"]:
            yield neighbour6(source, to)
            yield from packets6(source, to)
    # LLDP, 802.1X, and a type that is free for experiments.
    for kind in (0x88CC, 0x888E, 0x88B5):
        yield kind, b"connector-lab" * 4


def through_kernel():
    """What any program of the machine would say over IPv6: the kernel finds the way, where it has one."""
    for to in told["ipv6"]:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            one = socket.socket(socket.AF_INET6, kind)
            one.setblocking(False)
            try:
                one.connect((to, 80, 0, index))
            except BlockingIOError:
                yield one
            except OSError:
                one.close()
            else:
                one.send(question())
                yield one


def borrowed():
    """Interfaces of ours upon those of the namespaces at the other ends of our wires: for who may, they can be anybody's."""
    for namespace in range(4):
        for index in told["indexes"]:
            name = f"x{namespace}-{index}"
            add = f"ip link add name {name} link if{index} link-netnsid {namespace} type macvlan"
            up = f"ip link set dev {name} up"
            if subprocess.run(["sh", "-c", f"{add} && {up}"], capture_output=True).returncode == 0:
                yield name


hardware = mac(told["hardware"])
sent = 0
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
wire.bind((told["interface"], 0))
heard = set()


def listen(seconds):
    while select.select([wire], [], [], seconds)[0]:
        _, (_, _, kind, _, sender) = wire.recvfrom(65535)
        if kind != PACKET_OUTGOING:
            heard.add(sender.hex(":"))


packets = list(everything())
for to in told["to"]:
    for kind, data in packets:
        for tag in (b"", struct.pack("!HH", 0x8100, 1)):
            frame = mac(to) + hardware + tag + struct.pack("!H", kind) + data
            wire.send(frame.ljust(60, b"\0"))
            sent += 1
    listen(0)
index = socket.if_nametoindex(told["interface"])
spoken = list(through_kernel())
listen(0)
names = list(borrowed())
for name in names:
    other = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    other.bind((name, 0))
    other.send((b"\xff" * 6 + hardware + b"\x88\xb5").ljust(60, b"\0"))
    sent += 1
listen(0)
# For hangs only: the neighbour answers as soon as it is asked.
deadline = time.monotonic() + 120
kind, data = who_has(told["sources4"][0], told["neighbour"]["address"])
while told["neighbour"]["hardware"] not in heard and time.monotonic() < deadline:
    wire.send((b"\xff" * 6 + hardware + struct.pack("!H", kind) + data).ljust(60, b"\0"))
    listen(0.2)
print(json.dumps({"sent": sent, "byKernel": len(spoken), "heard": sorted(heard), "borrowed": names}))
