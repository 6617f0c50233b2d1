#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>

const char *status_name(enum status status)
{
    static const char *const names[] = {"ok",    "invalid", "not_found", "denied",  "conflict", "limit",
                                        "busy",  "gone",    "corrupt",   "outside", "bug"};
    return status <= BUG ? names[status] : "unknown";
}

_Noreturn void status_abort(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, condition);
    abort();
}
