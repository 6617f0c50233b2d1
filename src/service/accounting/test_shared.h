/* Files that others published lie beside the checkout: only tests look there, and are skipped where it is absent. */
#ifndef SERVICE_ACCOUNTING_TEST_SHARED_H
#define SERVICE_ACCOUNTING_TEST_SHARED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "document/xml.h"

enum { SHARED_PATH_MAX = 300 };

static inline const char *shared_folder(void)
{
    const char *folder = getenv("PARVIS_SHARED");
    return folder != NULL ? folder : "../shared";
}

/* `path` counts from data/finance. False: it is not there. */
static inline bool shared_read(const char *path, struct buf *into)
{
    char whole[SHARED_PATH_MAX];
    snprintf(whole, sizeof whole, "%s/data/finance/%s", shared_folder(), path);
    FILE *file = fopen(whole, "rb");
    if (file == NULL)
        return false;
    char *room = buf_reserve(into, XML_BYTES_MAX);
    assert_non_null(room);
    buf_grew(into, fread(room, 1, XML_BYTES_MAX, file));
    return fclose(file) == 0;
}

static inline void shared_need(const char *what)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    if (shared_read("SOURCES.md", &bytes))
        return;
    print_message("SKIP %s: %s/data/finance is not beside the checkout\n", what, shared_folder());
    skip();
}

#endif
