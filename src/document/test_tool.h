/* A file that other programs are asked about: how others read what we write. */
#ifndef DOCUMENT_TEST_TOOL_H
#define DOCUMENT_TEST_TOOL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

enum { TOOL_SAID_MAX = 4 << 20 };

/* The test is skipped, with the reason, where the program is not there. */
static inline void tool_need(const char *tool)
{
    char command[100];
    snprintf(command, sizeof command, "command -v %s >/dev/null", tool);
    if (system(command) == 0)
        return;
    print_message("SKIP %s is not there\n", tool);
    skip();
}

static inline void tool_put(const char *file, struct str bytes)
{
    FILE *into = fopen(file, "wb");
    assert_non_null(into);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, into), bytes.len);
    assert_int_equal(fclose(into), 0);
}

/* What the program says, with a NUL behind it, until the next asking. "%s" in the command is the file. */
static inline const char *tool_ask(const char *command, const char *file)
{
    static char said[TOOL_SAID_MAX];
    char whole[600];
    snprintf(whole, sizeof whole, command, file);
    FILE *from = popen(whole, "r");
    assert_non_null(from);
    said[fread(said, 1, sizeof said - 1, from)] = 0;
    assert_int_equal(pclose(from), 0);
    return said;
}

#endif
