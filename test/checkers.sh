#!/bin/sh
# checkers.sh: the house's own rules, each checker one test: layers, sizes, words, and no left-over marks in what is ours.
set -u
cd "$(dirname "$0")/.."
passed=0 failed=0
rule() {
    name=$1
    shift
    if out=$("$@" 2>&1); then passed=$((passed + 1)); else
        failed=$((failed + 1))
        echo "FAILED $name"
        printf '%s\n' "$out" | head -n 40
    fi
}
no_marks() { ! grep -rnE '\b(TODO|FIXME|XXX)\b' src tools web lang package run check; }
shell_reads() { for f in run check test/*.sh package/*.sh; do sh -n "$f" 2>/dev/null || bash -n "$f" || return 1; done; }
two_languages() { [ -s README.md ] && [ -s README.fr.md ]; }
packages_say_why() { ! sed '/^#/d;/^$/d' packages.txt packages-check.txt | grep -vE '# .+'; }

if grep -q '^checkers:' Makefile; then rule "make checkers" make -s checkers; fi
rule "no left-over marks" no_marks
rule "scripts parse" shell_reads
rule "README in two languages" two_languages
rule "each package says why" packages_say_why
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
