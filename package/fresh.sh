#!/bin/bash
# fresh.sh [--check] [--keep] [root|sudo|check]...: proves that a fresh Debian 12 with git and a shell is enough. As root,
# makes one with debootstrap, clones this checkout's last commit into it, and does there what README tells a newcomer
# (fresh_newcomer.sh): as root, then, on another, as a person with sudo. Then: nothing was written outside the checkout but
# Debian's packages, and `make` needs no network. `--check` passes ./check on a third. The default ports must be free.
# Debian comes from where apt on this machine takes it (or MIRROR=URL). `--keep` leaves the machines, and says where.
set -u
cd "$(dirname "$0")/.."
ports="8080 2525 2424 2587 2465 2143 2993"
more= keep= who=
for word in "$@"; do
    case $word in
        --check) more=check ;;
        --keep) keep=1 ;;
        root | sudo | check) who="$who $word" ;;
        *) sed -n 's/^# //p' "$0" | head -n 6 && exit 2 ;;
    esac
done
who="${who:-root sudo} $more"
die() { echo "$*" >&2 && exit 1; }
[ "$(id -u)" = 0 ] || die "fresh.sh makes a machine of its own and needs root"
command -v debootstrap >/dev/null || apt-get install -q=2 -y --no-install-recommends debootstrap >/dev/null ||
    die "fresh.sh needs debootstrap"
for port in $ports; do
    [ "$who" != " check " ] || break
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || die "somebody listens on port $port"
done

place=$(mktemp -d "${TMPDIR:-/var/tmp}/parvis-fresh.XXXXXX")
chmod 755 "$place"
leave() { if [ -n "$keep" ]; then echo "kept: $place"; else rm -rf "$place"; fi; }
trap leave EXIT
trap 'exit 1' INT TERM

# Debian 12 and its updates, as apt knows them here: "URL SUITE COMPONENT" a line.
sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    grep -E ' bookworm(-updates|-security)? main$' | sort -u)
mirror=${MIRROR:-$(sed -n 's/ bookworm main$//p' <<<"$sources" | head -n 1)}
[ -n "$mirror" ] || die "apt here has no Debian 12; name one with MIRROR=URL"

make_base() {
    debootstrap --variant=minbase --include=git bookworm "$place/base" "$mirror" >"$place/debootstrap.log" 2>&1 ||
        { tail "$place/debootstrap.log" && return 1; }
    [ -z "$sources" ] || sed 's/^/deb /' <<<"$sources" >"$place/base/etc/apt/sources.list"
    # What Debian's installer writes and debootstrap does not.
    printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n' "$(hostname)" >"$place/base/etc/hosts"
    git bundle create "$place/base/parvis.bundle" HEAD 2>/dev/null
}

# The kernel's own folders, in this mount namespace alone: they go with it.
mount_kernel() {
    mount -t proc proc "$1/proc" && mount -t sysfs -o ro sysfs "$1/sys" &&
        mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts" && mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm"
}

# inside ROOT COMMAND...: as root there, with nothing of this machine's environment.
inside() {
    chroot "$1" /usr/bin/env -i HOME=/root TERM=dumb PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${@:2}"
}

# newer ROOT HOME: files that came or changed since /stamp, in no Debian package, in no place where dpkg, apt and their
# triggers keep what they know, and not in the checkout. ca-certificates lays its list in /etc/ssl; libharfbuzz-dev brings
# python3, which compiles its modules when it is installed, and with it readline's inputrc.
newer() {
    inside "$1" find / -xdev ! -type d -cnewer /stamp ! -lname "/etc/alternatives/*" ! -path "$2/parvis/*" |
        sort >"$1.newer"
    # Packages still say /lib where the file is in /usr/lib.
    sed -E 's#^/(bin|sbin|lib[0-9x]*)/#/usr/\1/#' "$1"/var/lib/dpkg/info/*.list | sort -u >"$1.owned"
    comm -23 "$1.newer" "$1.owned" | grep -vE -e '^/var/(lib/(dpkg|apt)|cache/(apt|debconf|ldconfig)|log/apt)/' \
        -e '^/var/log/(dpkg|alternatives).log$' -e '^/etc/(alternatives/|ld.so.cache$)' \
        -e '^/etc/(ssl/certs/|ca-certificates.conf$)' \
        -e '^/(usr/(lib|share)/.*/__pycache__/|var/lib/python/|etc/(python3/debian_config|inputrc)$)'
}

# Everything that tells of a file where none should be, of another's file in the checkout, of what still runs, or of a
# daemon that its package's install started.
strays() {
    newer "$1" "$2"
    grep -hE '^(parvis|dovecot|master|qmgr)' "$1"/proc/[0-9]*/comm
    find "$1/dev/shm" -mindepth 1
    inside "$1" dpkg --verify
    find "$1$2/parvis" ! -user "$3"
}

# say_ok NAME WORDS: ok where there are no words.
say_ok() { if [ -z "$2" ]; then echo "ok $1"; else printf 'FAILED %s\n%s\n' "$1" "$2"; fi; }

# ./check alone, from git and a shell. npm's registry and certificates are those of the machine that this one stands on.
check_inside() {
    local certificates=${NODE_EXTRA_CA_CERTS:-} words=()
    if [ -n "$certificates" ]; then
        cp "$certificates" "$1/etc/fresh-certificates.pem"
        words=(NODE_EXTRA_CA_CERTS=/etc/fresh-certificates.pem)
    fi
    ! command -v npm >/dev/null || words+=("npm_config_registry=$(npm config get registry)")
    if inside "$1" env "${words[@]}" /root/parvis/check >"$1.log" 2>&1; then echo "ok ./check"; else
        echo "FAILED ./check"
        grep -A 20 -E '^FAILED' "$1.log" | head -n 200
    fi
    grep -E '^-- |^in ' "$1.log"
    tail -n 1 "$1.log" | sed 's/^/.\/check: /'
    say_ok "nothing outside the checkout but packages, and npm's cache" "$(strays "$1" /root root | grep -v '^/root/.npm/')"
}

# Who tries it: root, or a person with sudo.
newcomer_inside() {
    local user=$2 home=$3
    inside "$1" "${@:4}" "$home/parvis/package/fresh_newcomer.sh"
    say_ok "nothing outside the checkout but Debian's packages" "$(strays "$1" "$home" "$user")"
    [ "$user" = root ] || return 0
    say_ok "make without a network" \
        "$(unshare --net chroot "$1" sh -c "cd $home/parvis && rm -rf build && make -s -j2 2>&1")"
}

# One machine from its start; in namespaces of its own, so that what it starts and mounts ends with it.
prove() {
    local root=$place/$1 home=/root user=root as=()
    cp -a "$place/base" "$root" && mount_kernel "$root" || return 1
    if [ "$1" = sudo ]; then
        user=1000 home=/home/newcomer as=(runuser -u newcomer -- env HOME=/home/newcomer)
        inside "$root" sh -c 'apt-get update -q=2 && apt-get install -q=2 -y --no-install-recommends sudo' >/dev/null 2>&1
        inside "$root" useradd -u "$user" -m -s /bin/bash newcomer
        echo 'newcomer ALL=(ALL) NOPASSWD:ALL' >"$root/etc/sudoers.d/newcomer"
    fi
    inside "$root" "${as[@]}" git -c advice.detachedHead=false clone -q /parvis.bundle "$home/parvis" || return 1
    touch "$root/stamp"
    if [ "$1" = check ]; then check_inside "$root"; else newcomer_inside "$root" "$user" "$home" "${as[@]}"; fi
}

echo "== debootstrap"
make_base || die "no Debian 12 to try on"
export -f mount_kernel inside newer strays say_ok check_inside newcomer_inside prove
export place
for name in $who; do
    echo "== as $name"
    unshare --mount --pid --fork --kill-child bash -c "trap 'exit 1' INT TERM; prove $name" | tee "$place/$name.said"
    [ "${PIPESTATUS[0]}" = 0 ] || echo "FAILED the machine itself" | tee -a "$place/$name.said"
done
passed=$(cat "$place"/{root,sudo,check}.said 2>/dev/null | grep -c '^ok ')
failed=$(cat "$place"/{root,sudo,check}.said 2>/dev/null | grep -c '^FAILED ')
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
