#!/bin/sh
# unused_keys.sh: keys of lang/*.po that no source uses, neither in C (T_mail_list_title) nor in a template (which htmlgen
# has turned into the same). langgen finds the other mistake, a key used and not defined.
set -eu
cd "$(dirname "$0")/.."
used=$(mktemp)
trap 'rm -f "$used"' EXIT
# What langgen itself made names every key, and counts for nothing. A name pasted together (T_verify_##name) is seen as the
# preprocessor writes it, in the files that use a macro of one that pastes.
pasting=$(grep -lrE '\bT_[a-z0-9_]*##' src --include='*.[ch]')
macros=$(for file in $pasting; do sed -n 's/^#define \([A-Z0-9_]\{1,\}\)(.*/\1/p' "$file"; done | paste -sd '|')
pasted=$(grep -lrE "\\b($macros)\\(" src --include='*.c')
{
    find src build/gen -name '*.[ch]' ! -path 'build/gen/*lang.[ch]' -exec cat {} +
    for file in $pasted; do
        gcc -E -DLANG_NAMES_ONLY -D_GNU_SOURCE -Isrc -Ibuild/gen "$file" | awk '/^# [0-9]+ "/ { is_made = $3 ~ /\/lang\.h"$/ } !is_made'
    done
} | grep -oE '\bT_[a-z0-9_]+' | LC_ALL=C sort -u >"$used"
find lang src -name fr.po -exec sed -n 's/^msgid "\([a-z0-9._]\{1,\}\)"$/\1/p' {} + | LC_ALL=C sort -u |
    awk -v used="$used" '
        BEGIN { while ((getline name < used) > 0) is_used[name] = 1 }
        { name = "T_" $0; gsub(/\./, "_", name) }
        !(name in is_used) { print "no source uses the key " $0; found = 1 }
        END { exit found }'
