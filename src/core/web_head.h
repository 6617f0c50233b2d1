/* A web_head is the head of every answer to a browser: the one place that adds headers. */
#ifndef CORE_WEB_HEAD_H
#define CORE_WEB_HEAD_H

#include "core/web.h"

/* What the connection adds to a response. */
struct web_edge {
    struct instant now;
    bool is_secure, is_closing;
};

/* Over TLS the browser knows it as __Host-session. */
#define WEB_SESSION_COOKIE "session"

/* Appends status line and headers for a body of `length` bytes. INVALID: a value that could start a header of its
 * own; nothing usable is left in `out` then. */
MUST_USE enum status web_head(struct buf *out, const struct web_response *response, uint64_t length,
                              struct web_edge edge);

#endif
