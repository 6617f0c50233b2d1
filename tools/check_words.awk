# check_words.awk: words the house does not use in C.
#
#   LC_ALL=C awk -f tools/c_line.awk -f tools/check_words.awk FILE...
#
# Tests may write SQL and HTML, since that is what they feed or break, call the shell, and read numbers with scanf.

BEGIN {
    # Functions that write without a limit, keep hidden state, or read numbers without saying what did not fit.
    banned = "strcpy strcat stpcpy strncpy strncat sprintf vsprintf gets strtok strtok_r alloca mktemp tmpnam tempnam " \
             "asctime ctime localtime gmtime rand srand random srandom drand48 longjmp setlocale getlogin gethostbyname"
    banned_in_program = "system popen scanf sscanf fscanf vsscanf atoi atol atoll atof strerror_r tmpfile"
    # Libraries never log: these are for roles, which say a thing once, and for what is written as the answer to a verb.
    logging = "printf vprintf puts putchar perror syslog vsyslog openlog err errx warn warnx LOG log_event"
    split_into(banned, is_banned)
    split_into(banned_in_program, is_banned_in_program)
    split_into(logging, is_logging)
}

function split_into(words, set,    list, count, i) {
    count = split(words, list, " ")
    for (i = 1; i <= count; i++)
        set[list[i]] = 1
}

function look_at_calls(text,    word, before) {
    while (match(text, /[A-Za-z_][A-Za-z0-9_]*[ ]*\(/)) {
        before = RSTART > 1 ? substr(text, RSTART - 1, 1) : ""
        word = substr(text, RSTART, RLENGTH - 1)
        sub(/ +$/, "", word)
        text = substr(text, RSTART + RLENGTH)
        if (before == "." || before == ">")
            continue # a member of a struct, not the function of that name
        if (word in is_banned || (!test && word in is_banned_in_program))
            refuse("the house does not call " word)
        if (library && (word in is_logging))
            refuse("libraries never log: " word)
    }
}

FNR == 1 {
    test = is_test(FILENAME)
    library = FILENAME ~ /^src\/(base|os|proto|language|document|db|core|service)\// && !test \
        && FILENAME !~ /^src\/(os\/log|base\/status)\.[ch]$/ # where roles say things, and where a broken invariant ends one
    writes_sql = test || FILENAME ~ /^src\/db\// || FILENAME ~ /^tools\/sqlgen/
    writes_tags = test || FILENAME ~ /^src\/proto\/html\// || FILENAME ~ /^tools\/htmlgen/
    name = FILENAME
    sub(/.*\//, "", name)
    if (name ~ /(^|_)(util|utils|common|misc|helper|helpers|stuff)[_.]/)
        refuse("a file is named after its noun")
}

{
    text = code($0)
    if (text ~ /(^|[^A-Za-z0-9_])goto[^A-Za-z0-9_]/)
        refuse("no goto")
    # A row that sqlgen made is a value, copied freely; any other struct is called by its name.
    if (text ~ /^[ \t]*typedef[ \t]+(struct|union)/ && text !~ /typedef struct sql_[a-z0-9_]+_row [a-z0-9_]+;/)
        refuse("a struct that is no row of sqlgen has no typedef")
    if (text ~ /^[ \t]*typedef.*_t;/)
        refuse("names in _t are the C library's")
    if (library && text ~ /(^|[^A-Za-z0-9_])(stdout|stderr)[^A-Za-z0-9_]/)
        refuse("libraries never log: they have no " (text ~ /stderr/ ? "stderr" : "stdout"))
    look_at_calls(text)
}

literals == "" { next }

!writes_sql && literals ~ /(SELECT .* FROM|INSERT (OR [A-Z]+ )?INTO|REPLACE INTO|UPDATE [a-z_]+ SET|DELETE FROM) / {
    refuse("SQL stands in .sql files")
}
!writes_sql && literals ~ /(CREATE|DROP|ALTER) (TABLE|INDEX|UNIQUE|VIRTUAL|TRIGGER|VIEW)|PRAGMA |BEGIN IMMEDIATE|SAVEPOINT / {
    refuse("SQL stands in .sql files")
}
# A tag needs a name of HTML, so that "<%s>" and "<a@b.example>" of mail are none.
!writes_tags && tolower(literals) ~ tag {
    refuse("HTML stands in .html files")
}

BEGIN {
    tag = "<(!doctype|/?(a|abbr|article|aside|b|blockquote|body|br|button|code|dd|div|dl|dt|em|fieldset|footer|form|h[1-6]" \
          "|head|header|hr|html|i|iframe|img|input|label|legend|li|link|main|meta|nav|ol|option|p|pre|script|section|select" \
          "|small|span|strong|style|summary|svg|table|tbody|td|template|textarea|th|thead|time|title|tr|ul|use)" \
          "([ />]|\\\\[nrt]))"
}

END { exit found }
