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
# Every verb of `parvis help` and every setting stands in the manual.
manual_is_whole() {
    plain=$(sed 's/\\-/-/g; s/\\(cq/’/g' doc/man/parvis.1)
    build/parvis help | grep '^  [a-z]' | sed 's/^  //' | while IFS= read -r verb; do
        case $plain in *"$verb"*) ;; *) echo "doc/man/parvis.1 lacks: $verb"; exit 1 ;; esac
    done || return 1
    sed -n 's/^ *\[SETTING_.*{"\([a-z._]*\)".*/\1/p' src/core/config.c | while IFS= read -r name; do
        grep -q "^\.B $name\$" doc/man/parvis.conf.5 || { echo "doc/man/parvis.conf.5 lacks: $name"; exit 1; }
    done
}
# U+202F before ; ! ? and U+00A0 before : and within « »: an ordinary blank would let a line begin with them.
french_spacing() { ! grep -nE '^msgstr.*( [;:!?%€]|« | »)' lang/fr.po src/service/*/lang/fr.po; }
packages_say_why() { ! sed '/^#/d;/^$/d' packages.txt packages-check.txt | grep -vE '# .+'; }

for check in layers size words readme; do rule "make check-$check" make -s "check-$check"; done
rule "every key of lang has a use" make -s lint-keys
. test/checker_samples.sh
rule "no left-over marks" no_marks
rule "scripts parse" shell_reads
rule "README in two languages" two_languages
rule "French spacing" french_spacing
rule "each package says why" packages_say_why
if [ -x build/parvis ]; then rule "the manual names every verb and setting" manual_is_whole; fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
