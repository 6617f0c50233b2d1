/* The declaration that others published, beside the checkout: tests are skipped where it is absent. */
#ifndef SERVICE_PAYROLL_DSN_TEST_DSN_SHARED_H
#define SERVICE_PAYROLL_DSN_TEST_DSN_SHARED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/buf.h"

enum { SHARED_PATH_MAX = 300, SHARED_FILE_MAX = 1 << 20 };

/* Skips the test where the file is not there; `path` counts from data/hr/dsn. */
static inline void shared_read(const char *path, struct buf *into)
{
    char whole[SHARED_PATH_MAX];
    const char *folder = getenv("PARVIS_SHARED");
    snprintf(whole, sizeof whole, "%s/data/hr/dsn/%s", folder != NULL ? folder : "../shared", path);
    FILE *file = fopen(whole, "rb");
    if (file == NULL) {
        print_message("SKIP %s is not beside the checkout\n", whole);
        skip();
    }
    char *room = buf_reserve(into, SHARED_FILE_MAX);
    assert_non_null(room);
    buf_grew(into, fread(room, 1, SHARED_FILE_MAX, file));
    assert_int_equal(fclose(file), 0);
}

static inline void shared_sample(struct buf *into)
{
    shared_read("exemple_P25V01_signalement_fin_contrat.dsn", into);
}

#endif
