# check_readme.awk: the README of a folder names each of its file families, and nothing that is not there.
#
#   LC_ALL=C awk -f tools/c_line.awk -f tools/check_readme.awk src/base/README.md src/base/*.c src/base/*.h ...
#
# A family is what one noun needs: booking.h booking.c booking.sql booking_test.c. The first column of a table, or what a
# line of a list begins with, names it as `booking`, `booking.h` or booking.c. Only file names are looked at, not contents.

BEGIN {
    for (i = 1; i < ARGC; i++) {
        folder = name = ARGV[i]
        sub(/\/[^\/]*$/, "", folder)
        sub(/.*\//, "", name)
        if (name == "README.md") {
            read_readme(ARGV[i], folder)
        } else if (name !~ /_(test|fuzz)\.c$/) {
            sub(/\.[ch]$/, "", name)
            is_there[folder "/" name] = 1
        }
    }
    for (family in is_there) {
        folder = family
        sub(/\/[^\/]*$/, "", folder)
        if (folder ~ /^src(\/service)?$/)
            continue # main.c and service/all.c: ARCHITECTURE.md
        if (!(folder in has_readme)) {
            say(folder "/README.md: it is not there, to say what its files are")
            has_readme[folder] = 1
        } else if (!(family in is_named))
            say(folder "/README.md: a line lacks for " family)
    }
    for (family in is_named)
        if (!(family in is_there))
            say(where[family] ": names " family ", which is not there")
    exit found
}

function say(what) {
    print what
    found = 1
}

function read_readme(file, folder,    line, words, count, i, number, word) {
    has_readme[folder] = 1
    while ((getline line < file) > 0) {
        number++
        if (line !~ /^\| / || line ~ /^\| (file|folder) \|/)
            continue
        split(line, words, "|")
        line = words[2]
        gsub(/[`,]/, " ", line)
        count = split(line, words, " ")
        for (i = 1; i <= count; i++) {
            word = words[i]
            # `.c` beside `message.h`, and what is not C, name no other family
            if (word ~ /^\./ || (word ~ /[.\/*]/ && word !~ /\.[ch]$/))
                continue
            sub(/(_test|_fuzz)?\.[ch]$/, "", word)
            if (word ~ /^[a-z0-9_]+$/) {
                is_named[folder "/" word] = 1
                where[folder "/" word] = file ":" number
            }
        }
    }
    close(file)
}
