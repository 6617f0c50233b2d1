# c_line.awk: one line of C at a time, apart from its comments and its string literals. For the checkers beside it.
#
# code(line) gives the line with comments gone and each literal emptied; the literals' own text goes to the global
# `literals`, a "\n" after each. A comment that goes over several lines is remembered until the file ends.

function code(line,    out, mark, at) {
    if (FNR == 1)
        c_in_comment = 0
    out = ""
    literals = ""
    while (line != "") {
        if (c_in_comment) {
            at = index(line, "*/")
            if (at == 0)
                return out
            line = substr(line, at + 2)
            c_in_comment = 0
        } else if (!match(line, /["']|\/\*|\/\//)) {
            return out line
        } else {
            mark = substr(line, RSTART, RLENGTH)
            out = out substr(line, 1, RSTART - 1)
            line = substr(line, RSTART + RLENGTH)
            if (mark == "//")
                return out
            if (mark == "/*") {
                c_in_comment = 1
                out = out " "
            } else {
                out = out mark mark
                line = after_literal(line, mark)
            }
        }
    }
    return out
}

function after_literal(line, mark,    at, c) {
    for (at = 1; at <= length(line); at++) {
        c = substr(line, at, 1)
        if (c == "\\")
            at++
        else if (c == mark)
            break
    }
    if (mark == "\"")
        literals = literals substr(line, 1, at - 1) "\n"
    return substr(line, at + 1)
}

# Says where and why; END of each checker ends with what `found` is.
function refuse(why) {
    print FILENAME ":" FNR ": " why
    found = 1
}

function is_test(file) {
    return file ~ /_(test|fuzz)\.c$/ || file ~ /\/test_[a-z0-9_]+\.h$/ || file ~ /^(test|bench)\//
}
