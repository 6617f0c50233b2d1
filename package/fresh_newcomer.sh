#!/bin/bash
# fresh_newcomer.sh: what README tells a newcomer, in the checkout where it stands; fresh.sh lays that on a machine with
# git and a shell alone. Each step is one line, ok or FAILED; the times too. The mail programs, curl and swaks, come after
# `ready`.
set -u
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
log=/tmp/parvis-newcomer.log
said=/tmp/parvis-newcomer.said
jar=/tmp/parvis-newcomer.jar
failed=0
run=
trap 'rm -f "$log" "$said" "$jar".*; [ -z "$run" ] || kill -TERM "$run" 2>/dev/null' EXIT

# try NAME COMMAND...: one test; says what it said when it failed. Not in a subshell: `start` keeps what it started.
try() {
    local name=$1
    shift
    if "$@" >"$said" 2>&1; then echo "ok $name"; else
        failed=1
        echo "FAILED $name"
        tail -n 30 "$said"
    fi
}

# How busy the machine is, beside a time: processes that wait for a core, over the last minutes.
load() { echo "load $(cut -d ' ' -f 1-3 /proc/loadavg) on $(nproc) cores"; }
now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q=2 -y --no-install-recommends "$@"; }

# A process group of its own, as a terminal gives it: Ctrl-C reaches ./run and everything it started.
start() {
    local began
    : >"$log" # what the run before said is not this one's
    began=$(now_ms)
    set -m
    ./run >"$log" 2>&1 </dev/null &
    run=$!
    set +m
    until grep -qx ready "$log"; do
        kill -0 "$run" 2>/dev/null || { cat "$log"; return 1; }
        sleep 0.02
    done
    took_ms=$(($(now_ms) - began))
}

end_by_ctrl_c() {
    local code=0
    kill -INT -- "-$run"
    wait "$run" || code=$?
    run=
    # What a shell says of a program that Ctrl-C ended, or a clean end.
    [ "$code" = 0 ] || [ "$code" = 130 ] || { echo "./run ended with $code"; tail "$log"; return 1; }
    ! pgrep_parvis || return 1
    ! (exec 3<>/dev/tcp/127.0.0.1/8080) 2>/dev/null
}

# No procps on a machine this small.
pgrep_parvis() { grep -l '^parvis' /proc/[0-9]*/comm 2>/dev/null | grep .; }

# ---- a browser's part: pages and forms, without a script ----
password_of() { awk -v who="$1" '$1 == who {print $3}' data/sample-accounts.txt; }
page() {
    local town=$1 path=$2
    shift 2
    curl -sS --max-time 20 -b "$jar.$town" -c "$jar.$town" -H 'Accept-Language: en' "$@" "http://$town.localhost:8080$path"
}
token() { grep -o 'name="form_token" value="[^"]*"' | head -n 1 | cut -d '"' -f 4; }
chooser_names() { curl -sS http://localhost:8080/ | grep -q "href=\"//$1.localhost:8080/\""; }
# sign_in TOWN [WHO]
sign_in() {
    local town=$1 who=${2:-accueil}@$1.example form
    rm -f "$jar.$town" # whoever was signed in
    form=$(page "$town" /sign-in | token)
    page "$town" /sign-in -o /dev/null -w '%{http_code}' --data-urlencode "form_token=$form" -d next= \
        --data-urlencode "login=$who" --data-urlencode "password=$(password_of "$who")" |
        grep -qx 303 && page "$town" /mail -L | grep -q 'href="/mail/write"'
}
# write FROM-TOWN TO SUBJECT
write() {
    local form
    form=$(page "$1" /mail/write | token)
    page "$1" /mail/draft -o /dev/null -w '%{redirect_url}' -F "form_token=$form" -F draft=0 -F kind=0 -F about=0 \
        -F "to=$2" -F "subject=$3" -F "text=Bonjour, ceci est un essai." -F do=send | grep -q 'done=sent'
}
# read_in TOWN SUBJECT: within 30 s; 10 of them are for undo.
read_in() {
    local path i
    for i in $(seq 60); do
        path=$(page "$1" /mail -L | grep -F "$2" | grep -o 'href="/mail/[0-9]*/c/[^"]*"' | head -n 1 | cut -d '"' -f 2)
        [ -z "$path" ] || break
        sleep 0.5
    done
    [ -n "$path" ] && page "$1" "$path" | grep -q 'ceci est un essai'
}

# ---- a mail program's part ----
imap() { curl -sS -k --max-time 20 --user "accueil@clairmont.example:$(password_of accueil@clairmont.example)" "$@"; }
found_by_imap() {
    local i
    for i in $(seq 40); do
        ! imap "$1/INBOX?SUBJECT%20$2" "${@:3}" | grep -q 'SEARCH [0-9]' || return 0
        sleep 0.25
    done
    return 1
}
submit() {
    swaks --silent 2 --auth PLAIN --auth-user accueil@beauval.example \
        --auth-password "$(password_of accueil@beauval.example)" --from accueil@beauval.example \
        --to accueil@clairmont.example --header "Subject: $1" "${@:2}"
}
comes_in() {
    swaks --silent 2 --from sender@outside.example --to accueil@clairmont.example --header "Subject: $1" "${@:2}"
}

# ---- what README says, in its order ----
try "./run from nothing says ready" start
[ -n "${took_ms:-}" ] || exit 1
echo "TIME from nothing to ready: $((took_ms / 1000)) s, $(load)"
to_ready_ms=$took_ms
accounts_shown() {
    [ "$(wc -l <data/sample-accounts.txt)" = 21 ] && grep -qF "$(password_of accueil@beauval.example)" "$log"
}
own_alone() { [ -z "$(find data -perm /077 -print -quit)" ]; }
install curl swaks libnet-ssleay-perl >/dev/null || { echo "FAILED curl and swaks do not install"; exit 1; }
began=$(now_ms)
try "the accounts stand on the screen and in data/sample-accounts.txt" accounts_shown
try "nothing in data is for others to read" own_alone
try "the chooser leads to Beauval" chooser_names beauval
try "sign in at Beauval" sign_in beauval
try "write to accueil@clairmont.example" write beauval accueil@clairmont.example newcomer-page
try "sign in at Clairmont" sign_in clairmont
try "read it there" read_in clairmont newcomer-page
echo "TIME signed in, written, sent, read: $(($(now_ms) - began)) ms, after $((to_ready_ms / 1000)) s to ready"
year_waits() { page beauval /accounting | grep -qF VOIRIE-2; }
budget_shown() { curl -sS http://beauval.localhost:8080/budget | grep -qF "$(TZ=Europe/Paris date +%Y)"; }
try "sign in as the finances of Beauval" sign_in beauval finances
try "an invoice waits in its year" year_waits
try "anybody sees its budget" budget_shown
within_ten_minutes() { [ $((to_ready_ms + $(now_ms) - began)) -lt 600000 ]; }
try "within ten minutes" within_ten_minutes
try "submission at 2587, STARTTLS" submit newcomer-2587 --server 127.0.0.1:2587 --tls
try "submission at 2465, TLS" submit newcomer-2465 --server 127.0.0.1:2465 --tls-on-connect
try "SMTP at 2525" comes_in newcomer-2525 --server 127.0.0.1:2525
try "LMTP at 2424" comes_in newcomer-2424 --server 127.0.0.1:2424 --protocol LMTP
try "IMAP at 2143, STARTTLS" found_by_imap imap://127.0.0.1:2143 newcomer-page --ssl-reqd
for door in 2587 2465 2525 2424; do
    try "IMAP at 2993, TLS, has what came at $door" found_by_imap imaps://127.0.0.1:2993 "newcomer-$door"
done
helped() { build/parvis help | grep -q 'person list'; }
listed() { build/parvis -d data person list beauval | grep -q accueil@beauval.example; }
try "parvis help" helped
try "person list while serve runs" listed
try "Ctrl-C ends it" end_by_ctrl_c
try "person list while it does not" listed
took_ms=
try "./run again" start
echo "TIME second start: ${took_ms:-none} ms, $(load)"
try "under 3 s" test "${took_ms:-9999}" -lt 3000
try "nothing in data is for others to read, still" own_alone
try "the mail is still there" read_in clairmont newcomer-page
try "Ctrl-C ends it again" end_by_ctrl_c
clean() { [ -z "$(git status --porcelain)" ] || { git status --short; return 1; }; }
try "git sees nothing new in the checkout" clean
[ "$failed" = 0 ]
