#!/bin/sh
# install_packages.sh LIST...: installs what is missing of the Debian packages in the lists, and nothing else.
# Needs root or sudo only when something is missing. Services of installed packages are not started: policy-rc.d
# answers 101 during the install (invoke-rc.d(8)), and one that was there before is put back.
set -eu

missing=
for line in $(cat "$@" | sed 's/#.*//; /^[[:space:]]*$/d' | awk '{print $1 "," $2}'); do
    name=${line%%,*} rule=${line#*,}
    case $rule in
        unless=*) if command -v "${rule#unless=}" >/dev/null 2>&1; then continue; fi ;;
    esac
    missing="$missing $name"
done
# One question for all: what dpkg holds as installed is taken off the list.
installed=" $(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $missing 2>/dev/null |
    awk '$1 == "ii" {print $2}' | tr '\n' ' ') "
wanted=
for name in $missing; do
    case $installed in *" $name "*) ;; *) wanted="$wanted $name" ;; esac
done
[ -n "$wanted" ] || exit 0

echo "installing:$wanted"
as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "these packages need root or sudo to install:$wanted" >&2; exit 1; }
    as_root=sudo
fi
policy=/usr/sbin/policy-rc.d
kept=
restore() {
    if [ -n "$kept" ]; then $as_root mv -f "$kept" "$policy"; else $as_root rm -f "$policy"; fi
}
if [ -e "$policy" ]; then
    kept=$policy.before-parvis
    $as_root mv "$policy" "$kept"
fi
trap restore EXIT
trap 'exit 1' INT TERM
printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
$as_root chmod 755 "$policy"
$as_root apt-get update -q=2
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q=2 -y --no-install-recommends $wanted
