# check_layers.awk: who includes whom, which system headers, and who calls the kernel. The rules stand in layers.txt, which
# comes first:
#
#   LC_ALL=C awk -f tools/c_line.awk -f tools/check_layers.awk layers.txt FILE...
#
# A function of a file's own that bears the name of one of the kernel's is told apart by its `static` definition above.

# ---- the rules ----

FILENAME ~ /(^|\/)layers\.txt$/ {
    if ($0 ~ /^#/ || $0 ~ /^[ \t]*$/)
        next
    at = index($0, ":")
    if (at == 0) {
        refuse("a rule is NAME: PLACES")
        next
    }
    subject = substr($0, 1, at - 1)
    objects = substr($0, at + 1)
    if (subject == "call")
        count_words(objects, is_kernel)
    else if (subject == "call places")
        call_places = objects
    else if (subject ~ /^[<"]/)
        places[subject] = objects
    else {
        is_layer[subject] = 1
        allowed[subject] = objects
    }
    next
}

function count_words(words, set,    list, count, i) {
    count = split(words, list, " ")
    for (i = 1; i <= count; i++)
        set[list[i]] = 1
}

function has_word(words, word) {
    return index(" " words " ", " " word " ") > 0
}

# `place` under src begins one of the places, at the end of a name: "proto/mime/charset" is charset.c, .h and no charset_table.
function is_at(list, place,    words, count, i, rest) {
    count = split(list, words, " ")
    for (i = 1; i <= count; i++) {
        if (words[i] == "any" || (words[i] == "test" && test))
            return 1
        if (substr(place, 1, length(words[i])) != words[i])
            continue
        rest = substr(place, length(words[i]) + 1)
        if (rest == "" || rest ~ /^[.\/]/)
            return 1
    }
    return 0
}

# ---- the files ----

FNR == 1 {
    place = FILENAME
    sub(/^(.*\/)?src\//, "", place)
    layer = place
    sub(/\/.*/, "", layer)
    test = is_test(FILENAME)
    if (!(layer in is_layer))
        refuse("no layer of layers.txt")
    service = ""
    if (place ~ /^service\/[^\/]+\//) {
        service = place
        sub(/^service\//, "", service)
        sub(/\/.*/, "", service)
    }
    for (name in is_own)
        delete is_own[name]
}

{ text = code($0) }

/^[ \t]*#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*/, "", header)
    sub(/>.*/, ">", header)
    if (!(header in places))
        refuse(header " is listed for nobody in layers.txt")
    else if (!is_at(places[header], place))
        refuse(header " is for:" places[header])
    next
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    header = $0
    sub(/^[^"]*"/, "", header)
    sub(/".*/, "", header)
    look_at_header(header)
    next
}

function look_at_header(header,    other, of) {
    other = header
    sub(/\/.*/, "", other)
    if (other == "service" && service != "") {
        of = header
        sub(/^service\//, "", of)
        sub(/\/.*/, "", of)
        if (of != service)
            look_at_other_service(header, of)
        return
    }
    if (place == "service/all.c" && other == "service")
        return
    if (other == layer || (other in is_layer && has_word(allowed[layer], other)))
        return
    if (("\"" header "\"") in places && is_at(places["\"" header "\""], place))
        return
    if (("\"" other "/\"") in places && is_at(places["\"" other "/\""], place))
        return
    refuse(layer " does not include " header)
}

# Whether it stands in the needs is known when all files are read.
function look_at_other_service(header, of) {
    if (header != "service/" of "/" of ".h")
        refuse("another service is known by service/" of "/" of ".h alone")
    uses[service " " of] = FILENAME ":" FNR
}

# `needs[] = {"mail", NULL}`, or the same on the line of `.needs = `.
service != "" && text ~ /(^|[^a-z_])needs(\[\])? *= *[({]/ {
    split_needs(literals)
}

function split_needs(names,    list, count, i) {
    count = split(names, list, "\n")
    for (i = 1; i <= count; i++)
        if (list[i] != "")
            needs[service " " list[i]] = 1
}

text ~ /^[ \t]*static .*[a-z_]\(/ {
    name = text
    sub(/\(.*/, "", name)
    sub(/.*[^A-Za-z0-9_]/, "", name)
    is_own[name] = 1
}

!is_at(call_places, place) {
    rest = text
    while (match(rest, /[A-Za-z_][A-Za-z0-9_]*\(/)) {
        before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
        name = substr(rest, RSTART, RLENGTH - 1)
        rest = substr(rest, RSTART + RLENGTH)
        if ((name in is_kernel) && !(name in is_own) && before != "." && before != ">")
            refuse("the kernel's " name " is called by os alone")
    }
}

END {
    for (pair in uses) {
        if (!(pair in needs)) {
            split(pair, words, " ")
            print uses[pair] ": " words[2] " does not stand in the needs of " words[1]
            found = 1
        }
    }
    exit found
}
