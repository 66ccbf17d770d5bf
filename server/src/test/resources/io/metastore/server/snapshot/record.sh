#!/usr/bin/env bash
# Records what the real etcd writes and answers: record.sh DIRECTORY [histories|users]. The directory has etcd, etcdctl
# and etcdutl.
#
#   fresh.db, history.db     snapshots with their digests: of an empty etcd, and of one with every kind of row
#   restored.db, bumped.db   what `etcdutl snapshot restore` makes of history.db, without and with --bump-revision 100
#   users.db                 a snapshot of an etcd with users, roles and rights, that are switched on
#   *.status                 what `etcdutl snapshot status` says of each, in all formats
#   *.hashes                 revision, hash and compacted revision as an etcd answers that begins from the file
set -eu
etcd=$(cd "$1" && pwd)
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
who=()
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT

client() { "$etcd/etcdctl" --endpoints http://127.0.0.1:34379 "${who[@]}" "$@"; }
serve() { # DIRECTORY [FLAGS]
    local directory=$1
    shift
    "$etcd/etcd" --data-dir "$directory" --listen-client-urls http://127.0.0.1:34379 --logger zap --log-outputs /dev/null \
        --advertise-client-urls http://127.0.0.1:34379 --listen-peer-urls http://127.0.0.1:2380 "$@" &
    until client endpoint health >/dev/null 2>&1; do sleep 0.1; done
}
stop() { kill %% && wait %% || true; }
status() { # FILE: the part that is its pages is kept
    for format in simple json table fields; do "$etcd/etcdutl" snapshot status "$here/$1.db" -w $format; done >"$here/$1.status"
}
hashes() { # FIRST: from this revision on
    client endpoint hashkv --rev 0 -w json >"$work/hash"
    local newest revision
    newest=$(sed 's/.*"revision":\([0-9]*\).*/\1/' "$work/hash")
    for ((revision = $1; revision <= newest; revision++)); do
        client endpoint hashkv --rev "$revision" -w json | sed -E \
            's/.*"hash":([0-9]+),"compact_revision":([0-9]+),"hash_revision":([0-9]+).*/\3 \1 \2/'
    done
}

restore() { # NAME [FLAGS]
    local name=$1
    shift
    "$etcd/etcdutl" snapshot restore history.db --data-dir "$work/$name" "$@" >/dev/null 2>&1
    local bytes
    bytes=$("$etcd/etcdutl" snapshot status "$work/$name/member/snap/db" -w json | sed 's/.*"totalSize":\([0-9]*\).*/\1/')
    head -c "$bytes" "$work/$name/member/snap/db" >"$name.db"
}

histories() {
    serve "$work/source"
    client snapshot save fresh.db >/dev/null 2>&1
    for i in $(seq 40); do client put "key-$((i % 7))" "value $i"; done >/dev/null
    client put large "$(head -c 9000 /dev/zero | tr '\0' z)" >/dev/null
    lease=$(client lease grant 600 | awk '{print $2}')
    other=$(client lease grant 1200 | awk '{print $2}')
    client put leased a --lease "$lease" >/dev/null
    client put moved b --lease "$lease" >/dev/null
    client put moved c --lease "$other" >/dev/null
    client put freed d --lease "$lease" >/dev/null
    client put freed e >/dev/null
    client del key-3 >/dev/null
    printf '\nput tx-1 1\nput tx-2 2\ndel key-5\n\n\n' | client txn >/dev/null
    client compaction 30 >/dev/null
    client put key-5 'once more' >/dev/null
    client del key-2 >/dev/null
    sleep 1
    client snapshot save history.db >/dev/null 2>&1
    printf '%s %s\n' "$lease" "$other" >history.leases
    stop

    restore restored
    restore bumped --bump-revision 100 --mark-compacted
    for file in fresh history restored bumped; do status $file; done
    serve "$work/restored"
    hashes 30 >history.hashes
    stop
    serve "$work/bumped"
    sleep 1
    client put behind it >/dev/null
    hashes 151 >bumped.hashes
    stop
}

users() {
    serve "$work/peopled" --bcrypt-cost 4
    for user in root:rootpw bob:bobpw carol:carolpw; do client user add $user; done >/dev/null
    client user add machine --no-password >/dev/null
    for role in readers writers nothing; do client role add $role; done >/dev/null
    client role grant-permission readers read a m >/dev/null
    client role grant-permission readers read shared >/dev/null
    client role grant-permission writers readwrite k --prefix >/dev/null
    client role grant-permission writers write x --from-key >/dev/null
    for pair in 'root root' 'bob readers' 'bob nothing' 'carol writers' 'carol readers' 'machine writers'; do
        client user grant-role $pair
    done >/dev/null
    client auth enable >/dev/null
    who=(--user root:rootpw)
    lease=$(client lease grant 600 | awk '{print $2}')
    for key in a k1 k2 shared y; do client put $key "of $key" --lease "$lease"; done >/dev/null
    client del k2 >/dev/null
    client compaction 4 >/dev/null
    sleep 1
    client snapshot save users.db >/dev/null 2>&1
    stop
    status users
    "$etcd/etcdutl" snapshot restore users.db --data-dir "$work/again" >/dev/null 2>&1
    serve "$work/again"
    hashes 4 >users.hashes
    stop
    who=()
}

case ${2-both} in
both) histories; users ;;
histories | users) $2 ;;
*) echo "histories or users?" >&2 && exit 1 ;;
esac
