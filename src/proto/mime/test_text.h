/* What the tests of this folder share: comparing text and showing what differs. Tests only. */
#ifndef PROTO_MIME_TEST_TEXT_H
#define PROTO_MIME_TEST_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buf.h"

#define assert_text(got, wanted) test_same((got), STR(wanted), __FILE__, __LINE__)

static inline void test_same(struct str got, struct str wanted, const char *file, int line)
{
    if (str_eq(got, wanted))
        return;
    print_error("%s:%d:\ngot    '%.*s'\nwanted '%.*s'\n", file, line, STR_ARG(got),
                STR_ARG(wanted));
    fail();
}

#endif
