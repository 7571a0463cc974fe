# Shared by the peer scripts: packages, pid files, bounded lifetimes. Sourced, never run.
#
# A peer is started under `timeout`, so that none outlives LIFETIME seconds even where nobody stops it, and in a process
# group of its own; its folder below PEERS holds `pid` (the pid of that `timeout`). A stop ends that process and no other: it
# first compares the start time in the pid file with the one the kernel tells, since pids are used again.
set -euo pipefail
PEERS=${LHTT_PEERS:-/var/cache/lhtt-peers}
RUN=${LHTT_PEERS_RUN:-/tmp/lhtt-peers}
LIFETIME=${LIFETIME:-1800}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

say() { echo "$(basename "$0"): $*" >&2; }

# need COMMAND PACKAGE...: installs the packages where the command is not there.
need() {
  local command=$1; shift
  command -v "$command" >/dev/null && return
  say "installing $*"
  # A package that starts a service on installation must not: 101 tells invoke-rc.d so.
  if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  local stamp=/var/lib/apt/lists/.lhtt-updated
  [[ -f $stamp ]] || { apt-get update -qq >&2; touch "$stamp"; }
  apt-get install -y -qq "$@" >/dev/null || { say "could not install $*"; exit 1; }
  command -v "$command" >/dev/null || { say "$command is still not there after installing $*"; exit 1; }
}

loopback() { case $1 in 127.*) ;; *) say "$1 is no loopback address; only those"; exit 2 ;; esac }

started_at() { awk '{ sub(/^.*\) /, ""); print $20 }' "/proc/$1/stat" 2>/dev/null || true; }

# launch DIR COMMAND...: in the background, bounded, its output in DIR/out, its pid and start time in DIR/pid.
launch() {
  local dir=$1; shift
  setsid timeout --kill-after=5 "$LIFETIME" "$@" >"$dir/out" 2>&1 </dev/null &
  echo "$! $(started_at $!)" >"$dir/pid"
}

# running DIR: whether the process of DIR/pid lives.
running() {
  local pid start
  [[ -f $1/pid ]] || return 1
  read -r pid start <"$1/pid"
  [[ -n $start && $(started_at "$pid") == "$start" ]]
}

# stop DIR: ends it and waits until it is gone, two seconds at most before it is killed.
stop() {
  local pid _
  if running "$1"; then
    read -r pid _ <"$1/pid"
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 40); do running "$1" || break; sleep 0.05; done
    if running "$1"; then kill -9 -- "-$pid" 2>/dev/null || true; fi
  fi
  rm -f "$1/pid"
}

# child DIR: the pid of the peer itself, below its `timeout`.
child() {
  local pid _
  read -r pid _ <"$1/pid"
  tr ' ' '\n' <"/proc/$pid/task/$pid/children" | head -n 1
}

# listening tcp|udp IP:PORT
listening() {
  case $1 in
  tcp) ss -Hlnt "src $2" | grep -q . ;;
  udp) ss -Hlnu "src $2" | grep -q . ;;
  esac
}

# vacant IP:PORT...: fails where somebody else already listens: with shared ports the two would take each other's messages.
vacant() {
  local at
  for at in "$@"; do
    if listening tcp "$at" || listening udp "$at"; then say "$at is taken; is another instance up?"; exit 1; fi
  done
}

# await DIR tcp|udp IP:PORT...: until all listen, 30 s at most; tells the log's end where they do not.
await() {
  local dir=$1 _; shift
  for _ in $(seq 300); do
    local all=yes want=("$@")
    while ((${#want[@]})); do listening "${want[0]}" "${want[1]}" || all=no; want=("${want[@]:2}"); done
    [[ $all == yes ]] && return 0
    running "$dir" || break
    sleep 0.1
  done
  say "did not come up in $dir"; tail -n 20 "$dir/out" >&2
  stop "$dir"; exit 1
}
