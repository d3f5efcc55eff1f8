#!/bin/sh
# squid asks it about every rule that fits. It decides nothing: it writes the question into a pipe and
# says yes, so that a decision is evidence before it is carried out. A question that ends with the mark
# of silence gets no answer, ever: squid goes on waiting, and so does the client.
pipe=$1
silence=$2
while read -r id line; do
  echo "$line" > "$pipe"
  case "$line" in *"$silence") ;; *) echo "$id OK" ;; esac
done
