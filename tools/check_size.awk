# check_size.awk: what is too long to be read at once. HOUSE: files of 600 lines at most (aim 300), functions of 60 at most
# (aim 20). Lines of C have 100 columns, 120 where that reads better, counted in characters. Words in lang/*.po are a list, not
# a text read from above: they have no maximum here.
#
#   LC_ALL=C awk -f tools/c_line.awk -f tools/check_size.awk FILE...

BEGIN {
    FILE_MAX = 600
    FUNCTION_MAX = 60
    COLUMNS_MAX = 120
}

FNR == 1 {
    file_is_long = 0
    begins = 0
}

FNR > FILE_MAX && !file_is_long {
    file_is_long = 1
    refuse("a file of more than " FILE_MAX " lines: split it by noun")
}

FILENAME !~ /\.[ch]$/ { next }

{
    characters = $0
    gsub(/[\200-\277]/, "", characters) # the later bytes of a character of UTF-8
    if (length(characters) > COLUMNS_MAX)
        refuse(length(characters) " columns, and " COLUMNS_MAX " are the most")
}

# A function begins with a brace of its own at the left, or behind its closing parenthesis, and ends with one at the left.
begins == 0 && (/^\{/ || /^[A-Za-z_].*\)[ \t]*\{[ \t]*$/) { begins = FNR }
begins > 0 && /^\}/ {
    if (FNR - begins + 1 > FUNCTION_MAX)
        refuse("a function of " (FNR - begins + 1) " lines, and " FUNCTION_MAX " are the most")
    begins = 0
}

END { exit found }
