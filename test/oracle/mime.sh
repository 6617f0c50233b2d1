#!/bin/bash
# mime.sh: the MIME scanner beside GMime on real messages (Debian's libpython3.11-testsuite). Every difference must be one
# of mime_expected.txt, which gives the reason, and every one of those must still be there.
set -u
cd "$(dirname "$0")/../.."
data=/usr/lib/python3.11/test/test_email/data
skip() { echo "SKIP $1"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }
pkg-config --exists gmime-3.0 || skip "libgmime-3.0-dev is not installed"
[ -d "$data" ] || skip "libpython3.11-testsuite is not installed"
make -s build/release/libparvis.a || exit 1
program=build/oracle/mime_gmime
mkdir -p build/oracle
gcc -O1 -g -std=gnu17 -D_GNU_SOURCE -Isrc -Wall -Wextra $(pkg-config --cflags gmime-3.0) -o $program \
    test/oracle/mime_gmime.c build/release/libparvis.a $(pkg-config --libs gmime-3.0) || exit 1
timeout 60 $program "$data"/msg_*.txt >build/oracle/mime.txt || { echo "0 passed, 1 failed"; exit 1; }
total=$(find "$data" -name 'msg_*.txt' | wc -l)
sed -n 's/: .*//p' build/oracle/mime.txt | LC_ALL=C sort >build/oracle/found.txt
sed '/^#/d; s/ *#.*//' test/oracle/mime_expected.txt | LC_ALL=C sort >build/oracle/expected.txt
failed=$(LC_ALL=C comm -3 build/oracle/found.txt build/oracle/expected.txt | wc -l)
LC_ALL=C comm -3 build/oracle/found.txt build/oracle/expected.txt | while read -r line; do
    echo "FAILED $line"
    grep -F "$line:" build/oracle/mime.txt
done
sed '/^#/d; s/^/known: /' test/oracle/mime_expected.txt
tail -n 1 build/oracle/mime.txt
echo "$((total - failed)) passed, $failed failed"
[ "$failed" = 0 ]
