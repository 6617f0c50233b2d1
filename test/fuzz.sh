#!/bin/bash
# fuzz.sh SECONDS: every X_fuzz.c as a libFuzzer program, run that long each, two at a time. Kept crashes in test/corpus/X/
# run first, so one found once stays found. A new crash is kept in build/fuzz/crash/ and fails. `fuzz.sh build`: what they
# share, and nothing is run.
set -u
cd "$(dirname "$0")/.."
export seconds=$1
names=$(find src -name '*_fuzz.c' | LC_ALL=C sort)
[ -n "$names" ] || { echo "SKIP no fuzz target in src yet"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }
# clang does not know gcc's words for a zeroed stack; the sanitisers see those reads anyway.
make -s -j2 BUILD=fuzz CC=clang-14 HARD=-fPIE WARN=-Wall build/fuzz/libfuzzed.a || { echo "0 passed, 1 failed"; exit 1; }
[ "$seconds" != build ] || exit 0
packages="sqlite3 openssl libsodium libzstd jansson libseccomp libqrencode harfbuzz harfbuzz-subset zlib expat libzip"
includes="-Isrc -Ibuild/gen $(pkg-config --cflags $packages)"
libs="$(pkg-config --libs $packages) -lstemmer -ldivsufsort $(make -s pdf-libs) -lgumbo -lm"
export includes libs

# One target, in a shell of its own: a line, and an empty file build/fuzz/NOUN.ok when nothing was found.
one() {
    local name=$1 noun program found grown seeds folder
    noun=$(basename "$name" _fuzz.c)
    program=build/fuzz/$noun
    found=build/fuzz/crash/$noun
    grown=build/fuzz/corpus/$noun
    seeds=
    mkdir -p "$found" "$grown"
    rm -f "$program.ok"
    for folder in "test/corpus/$noun" "$(dirname "$name")/${noun}_corpus"; do [ ! -d "$folder" ] || seeds="$seeds $folder"; done
    if clang-14 -std=gnu17 -g -O1 -D_GNU_SOURCE '-DPARVIS_VERSION="fuzz"' $includes -fsanitize=address,undefined,fuzzer \
        -o "$program" "$name" build/fuzz/libfuzzed.a $libs >"build/fuzz/$noun.log" 2>&1 &&
        timeout $((seconds * 4 + 60)) "$program" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -max_len=65536 \
            -artifact_prefix="$found/" "$grown" $seeds >>"build/fuzz/$noun.log" 2>&1; then
        touch "$program.ok"
        echo "$noun: $(grep -oE '#[0-9]+' "build/fuzz/$noun.log" | tail -n 1) inputs"
    else
        echo "FAILED $noun"
        tail -n 30 "build/fuzz/$noun.log" 2>/dev/null
    fi
}
export -f one
printf '%s\n' "$names" | xargs -P 2 -I{} bash -c 'one {}'

passed=0 failed=0
for name in $names; do
    if [ -e "build/fuzz/$(basename "$name" _fuzz.c).ok" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
