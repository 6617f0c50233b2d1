/* Of the programs beside: what must go well, or the program ends with its reason. */
#ifndef BENCH_INDEX_NEED_H
#define BENCH_INDEX_NEED_H

#include <stdio.h>
#include <stdlib.h>

#include "base/status.h"

static inline void need(enum status status, const char *what)
{
    if (status == OK)
        return;
    fprintf(stderr, "%s: %s\n", what, status_name(status));
    exit(1);
}

#endif
