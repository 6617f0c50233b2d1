# checker_samples.sh: each rule of the checkers is broken once, in a file of its own, and must be refused in its own words;
# the same with nothing broken must pass. Read by checkers.sh, which has `rule`.
samples=build/checkers

# checked CHECKER PATH TEXT: what the checker says of that text in a file of that name.
checked() {
    rm -rf "$samples"
    mkdir -p "$samples/$(dirname "$2")"
    printf "$3" >"$samples/$2"
    case $1 in layers) rules=../../layers.txt ;; *) rules= ;; esac
    (cd "$samples" && LC_ALL=C awk -f ../../tools/c_line.awk -f "../../tools/check_$1.awk" $rules "$2")
}
# refuses CHECKER PATH WORDS TEXT
refuses() {
    if said=$(checked "$1" "$2" "$4"); then echo "it passed"; return 1; fi
    case $said in *"$2"*"$3"*) ;; *) echo "expected: $3; said: $said"; return 1 ;; esac
}
passes() { checked "$@"; }

bad() { rule "$1 refuses: $3 ($2)" refuses "$@"; }
good() { rule "$1 passes $2" passes "$@"; }

lines() { awk -v n="$1" -v word="$2" 'BEGIN {for (i = 0; i < n; i++) print word}'; }
wide() { awk -v n="$1" 'BEGIN {for (i = 0; i < n; i++) printf "é"; print ""}'; }

# ---- layers ----
bad layers src/base/x.c 'base does not include os/file.h' '#include "os/file.h"\n'
bad layers src/proto/smtp/x.h 'proto does not include core/ctx.h' '#include "core/ctx.h"\n'
bad layers src/core/x.c 'core does not include service/mail/mail.h' '#include "service/mail/mail.h"\n'
bad layers src/service/mail/x.c 'service does not include os/socket.h' '#include "os/socket.h"\n'
bad layers src/service/notice/x.c 'service does not include os/file.h' '#include "os/file.h"\n'
bad layers src/service/people/x.c 'another service is known by service/mail/mail.h alone' \
    'static const char *const needs[] = {"mail", NULL};\n#include "service/mail/store.h"\n'
bad layers src/service/notice/x.c 'mail does not stand in the needs of notice' '#include "service/mail/mail.h"\n'
bad layers src/tidbits/x.c 'no layer of layers.txt' 'int x;\n'
bad layers src/core/x.c '<sqlite3.h> is for: db' '#include <sqlite3.h>\n'
bad layers src/role/x.c '<sys/socket.h> is for: os test' '  # include <sys/socket.h>\n'
bad layers src/proto/mime/charset_table.c '<iconv.h> is for' '#include <iconv.h>\n'
bad layers src/base/x.c '<regex.h> is listed for nobody' '#include <regex.h>\n'
bad layers src/core/x.c "the kernel's clock_gettime is called by os alone" 'int x(void)\n{\n    return clock_gettime(0, NULL);\n}\n'
bad layers src/role/x.c "the kernel's fork is called by os alone" 'int x = fork();\n'
good layers src/service/people/x.c 'static const char *const needs[] = {"mail", NULL};\n#include "service/mail/mail.h"\n'
good layers src/role/x_test.c '#include <sys/socket.h>\nint x = fork();\n'
good layers src/role/x.c '/* fork() */ static int send(int a)\n{\n    return calls->send("fork()") + send(a);\n}\n'

# ---- sizes ----
bad size src/base/x.c 'a file of more than 600 lines' "$(lines 601 'int x;')"
bad size src/base/x.sql 'a file of more than 600 lines' "$(lines 601 'SELECT 1;')"
bad size src/base/x.c 'a function of 61 lines' "int x(void)\n{\n$(lines 59 ';')\n}\n"
bad size src/base/x.c 'a function of 61 lines' "int x(void) {\n$(lines 59 ';')\n}\n"
bad size src/base/x.c '121 columns' "$(wide 121)"
good size src/base/x.c "$(wide 120)\nint x(void)\n{\n$(lines 58 ';')\n}\n"
good size src/base/x.c "$(lines 600 'int x;')"

# ---- words ----
bad words src/base/x.c 'no goto' 'void x(void)\n{\n    goto out;\n}\n'
bad words src/core/x_util.c 'a file is named after its noun' 'int x;\n'
bad words src/core/common.h 'a file is named after its noun' 'int x;\n'
bad words src/core/x.h 'has no typedef' 'typedef struct x {\n    int y;\n} x;\n'
bad words src/core/x.h 'has no typedef' 'typedef struct x x;\n'
bad words src/core/x.h 'names in _t' 'typedef int x_t;\n'
for name in strcpy strcat sprintf vsprintf gets strtok strncpy; do
    bad words src/role/x_test.c "the house does not call $name" "int x = $name (a, b);\n"
done
for name in system atoi sscanf; do bad words src/role/x.c "the house does not call $name" "int x = $name(a);\n"; done
for name in printf syslog LOG; do bad words src/core/x.c "libraries never log: $name" "int x = $name(a);\n"; done
bad words src/proto/x/x.c 'libraries never log: they have no stderr' 'int x = fputs("a", stderr);\n'
bad words src/core/x.c 'SQL stands in .sql' 'const char *x = "SELECT a FROM b WHERE c = ?";\n'
bad words src/role/x.c 'SQL stands in .sql' 'const char *x = "INSERT OR IGNORE INTO b VALUES (1)";\n'
bad words src/role/x.c 'SQL stands in .sql' 'const char *x = "UPDATE b SET c = 1";\n'
bad words src/core/x.c 'SQL stands in .sql' 'const char *x = "PRAGMA synchronous = OFF";\n'
bad words src/core/x.c 'HTML stands in .html' 'const char *x = "<p class=\\"a\\">";\n'
bad words src/core/x.c 'HTML stands in .html' 'const char *x = "a</TD>";\n'
good words src/core/x.c '/* goto, strcpy(a), "<p>" */ const char *x = "<a@b.example> goto strcpy(a) SELECT INBOX UPDATE FROM";\n'
good words src/core/x.h 'typedef struct sql_x_get_row x_row;\ntypedef int x_run(struct x *x);\nint x = y->printf(a);\n'
good words src/db/x.c 'const char *x = "PRAGMA synchronous = OFF";\n'
good words src/proto/html/x.c 'const char *x = "<p>";\n'

# ---- READMEs ----
readme() {
    rm -rf "$samples"
    mkdir -p "$samples/src/base"
    touch "$samples/src/base/str.c" "$samples/src/base/str.h" "$samples/src/base/str_test.c" "$samples/src/base/map.h"
    printf "$1" >"$samples/src/base/README.md"
    (cd "$samples" && LC_ALL=C awk -f ../../tools/check_readme.awk src/base/*)
}
readme_refuses() {
    if said=$(readme "$2"); then echo "it passed"; return 1; fi
    case $said in *"$1"*) ;; *) echo "expected: $1; said: $said"; return 1 ;; esac
}
rule "readme refuses a family without a line" readme_refuses 'a line lacks for src/base/map' '| `str` | slices |\n'
rule "readme refuses a line without a family" readme_refuses 'names src/base/old, which is not there' \
    '| `str` | a |\n| `map.h` `old.c` | b |\n'
rule "readme passes what is whole" readme '| file | what |\n| `str.h` `.c` | a |\n| map | b |\n'
rm -rf "$samples"
