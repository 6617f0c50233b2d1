#!/bin/bash
# unit.sh FLAVOUR: builds every X_test.c (one cmocka program each) in that flavour, runs them, and counts their tests.
set -u
cd "$(dirname "$0")/.."
flavour=$1
names=$(find src -name '*_test.c' | LC_ALL=C sort)
programs=$(printf '%s\n' "$names" | sed -n "s|^src/\(.*\)\.c$|build/$flavour/test/\1|p")
[ -n "$programs" ] || { echo "SKIP no unit test in src yet"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }
# -k: one program that does not build must not hide the others; it counts as failed below.
make -s -k -j2 BUILD="$flavour" WERROR=-Werror $programs || true

# Two at a time, each with a report and a mark of its own.
one() {
    rm -f "$1.ok"
    if [ -x "$1" ]; then
        timeout 120 "$1" >"$1.out" 2>&1 </dev/null && touch "$1.ok"
    else
        mkdir -p "$(dirname "$1")"
        echo "does not build" >"$1.out"
    fi
}
export -f one
printf '%s\n' $programs | xargs -P 2 -I{} bash -c 'one {}'

passed=0 failed=0
for program in $programs; do
    out=$program.out
    ok=0
    [ ! -e "$program.ok" ] || ok=1
    good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$out" | awk '{n += $1} END {print n + 0}')
    bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p; s/^ *\([0-9]*\) FAILED TEST.*/\1/p' "$out" |
        awk '$1 > n {n = $1} END {print n + 0}')
    # A program that dies (a sanitiser's report, an assertion) or that ran no test is a failure of its own.
    if [ "$ok" = 1 ] && [ "$good" = 0 ]; then bad=1; fi
    if [ "$ok" = 0 ] && [ "$bad" = 0 ]; then bad=1; fi
    passed=$((passed + good)) failed=$((failed + bad))
    if [ "$bad" != 0 ]; then
        echo "FAILED $program"
        tail -n 40 "$out"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
