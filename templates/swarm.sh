#!/bin/sh
# A run in parts on a Docker swarm, merged: sh swarm.sh PARTS [pattern...]
# On the swarm's manager (`docker swarm init` makes one of any Docker Engine). Ends as one whole run would.
#   IMAGE   the command line (connector-lab images --command-line); on several nodes from a registry of yours
#   NAME    of the service and of the volume with the results
#   MOUNT   where results go, for several nodes a volume that they share: type=volume,source=…,target=/work,volume-driver=…
#   OUT     the folder for the merged report
#   AT_ONCE how many parts run at the same time
set -eu
parts=${1:?"how many parts? sh swarm.sh PARTS [pattern...]"}
shift
IMAGE=${IMAGE:-connector-lab/command-line:0.1.0}
NAME=${NAME:-connector-lab-$$}
MOUNT=${MOUNT:-type=volume,source=$NAME,target=/work}
OUT=${OUT:-connector-lab-out}
AT_ONCE=${AT_ONCE:-$parts}

clean() {
  docker service rm "$NAME" > /dev/null 2>&1 || true
  # Its containers go after it, and only then does the volume.
  for container in $(docker ps --all --quiet --filter "label=com.docker.swarm.service.name=$NAME"); do
    docker rm --force "$container" > /dev/null 2>&1 || true
  done
  [ "$MOUNT" != "type=volume,source=$NAME,target=/work" ] || docker volume rm --force "$NAME" > /dev/null 2>&1 || true
}
trap clean EXIT
trap 'exit 130' INT TERM HUP

# Slots of a job count from 0, and Docker writes the node's name in place of that one.
part='case $SLOT in *[!0-9]*) SLOT=$PARTS ;; esac
connector-lab run "$@" --engine embedded --shard "$SLOT/$PARTS" --out "shard-$SLOT" || [ $? -eq 1 ]'
docker service create --detach --quiet --no-resolve-image --name "$NAME" \
  --mode replicated-job --replicas "$parts" --max-concurrent "$AT_ONCE" \
  --restart-condition on-failure --restart-delay 1s --restart-max-attempts 3 \
  --env 'SLOT={{.Task.Slot}}' --env "PARTS=$parts" --mount "$MOUNT" \
  --read-only --cap-drop ALL --no-healthcheck --entrypoint sh \
  "$IMAGE" -c "$part" shard "$@" > /dev/null

# Of every task, whether its part is complete, or goes on: a part that failed four times is given up.
# (Of a job Docker does not keep to the most attempts where containers do not even start. A task of slot 0
# bears its node's name, and none until it has a node: all of those are one part.)
tasks='{ name = $2; sub(/^.*\./, "", name); if (name !~ /^[0-9]+$/) name = 0; state[NR] = $1; sub(/ .*/, "", state[NR]); slot[NR] = name
  if (state[NR] == "Complete") complete[name] = 1
  if (state[NR] ~ /^(Failed|Rejected)$/) tries[name]++ }
END { for (n = 1; n <= NR; n++)
    if (!(slot[n] in complete) && tries[slot[n]] < 4 && state[n] !~ /^(Failed|Rejected|Shutdown|Orphaned|Remove)$/) going++
  for (name in complete) done++
  print done + 0, going + 0 }'

# Until all parts are complete, or nothing goes on any more: what is missing is named below.
while :; do
  read -r done going << COUNTS
$(docker service ps --format '{{.CurrentState}}|{{.Name}}' "$NAME" | awk -F '|' "$tasks")
COUNTS
  [ "$done" -lt "$parts" ] || break
  # The next part, or the next try, is made a moment after the last.
  if [ "$going" -eq 0 ]; then quiet=$((${quiet:-0} + 1)); else quiet=0; fi
  [ "$quiet" -lt 20 ] || break
  sleep 1
done
docker service ps --no-trunc --format '{{.Name}}: {{.CurrentState}} {{.Error}}' "$NAME" | grep -vE ': (Complete|Running) ' >&2 || true

code=0
docker run --rm --mount "$MOUNT" --read-only --cap-drop ALL --entrypoint sh "$IMAGE" \
  -c 'exec connector-lab report shard-* --out merged' || code=$?
mkdir -p "$OUT"
docker run --rm --mount "$MOUNT" --read-only --cap-drop ALL --entrypoint tar "$IMAGE" -cf - -C merged . | tar -xf - -C "$OUT"
exit "$code"
