/** Sets that rules name, as `ipset save` prints them. */
export const ipsets = `create nets hash:net family inet hashsize 1024 maxelem 65536
add nets 203.0.113.0/24
add nets 203.0.113.128/25 nomatch
create wide hash:net family inet hashsize 1024 maxelem 65536
add wide 198.51.100.0/24
add wide 10.0.0.0/8
create hosts hash:ip family inet hashsize 1024 maxelem 65536 comment
add hosts 203.0.113.7 comment "the first; nomatch timeout 9"
add hosts 192.0.2.1
create blocks hash:ip family inet netmask 24 hashsize 1024 maxelem 65536
add blocks 203.0.113.0
create none hash:ip family inet hashsize 1024 maxelem 65536
create own hash:ip family inet hashsize 1024 maxelem 65536
add own 10.1.2.3
create bits bitmap:ip range 198.51.100.0-198.51.100.255
add bits 198.51.100.9
create ports bitmap:port range 0-1024
add ports 80
create pairs hash:ip,port family inet hashsize 1024 maxelem 65536
add pairs 203.0.113.7,tcp:443
add pairs 192.0.2.1,udp:80
create both hash:net,port family inet hashsize 1024 maxelem 65536
add both 203.0.113.0/24,tcp:80
create gone hash:ip family inet hashsize 1024 maxelem 65536 timeout 600
add gone 203.0.113.7 timeout 500
create all list:set size 8
add all hosts
add all wide
`;
