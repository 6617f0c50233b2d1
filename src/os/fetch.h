/* A fetch is one POST over HTTP(S) to an address that was named beforehand, and what comes back.
 *
 * Why so narrow: whoever answers is not believed. Only the addresses given are met (no name is asked for here), a
 * redirect is an answer and not followed, no proxy of the environment is used, the certificate must be good for the
 * host, and no more than FETCH_BODY_MAX bytes are read within FETCH_TOTAL_MS. libcurl does it (curl_multi(3)); it is
 * loaded by the one process that fetches, before its sandbox, since its thirty libraries would cost every town memory
 * and every command time (doc/decision/0017). */
#ifndef OS_FETCH_H
#define OS_FETCH_H

#include "base/str.h"
#include "os/loop.h"

enum {
    FETCH_BODY_MAX = 64 << 10,
    FETCH_HEADERS_MAX = 16 << 10,
    FETCH_CONNECT_MS = 5000,
    FETCH_TOTAL_MS = 60000,
    FETCH_AT_ONCE_MAX = 16,
    FETCH_ADDRESSES_MAX = 8,
};

enum fetch_end {
    FETCH_ANSWERED, /* with a code and a body, whatever they say */
    FETCH_AWAY,     /* nobody there, or not who the certificate should name */
    FETCH_SLOW,
    FETCH_LONG,
    FETCH_BROKEN,   /* it ended in the middle, or speaks no HTTP */
};

struct fetcher;
struct fetch;

/* `code` and `body` of FETCH_ANSWERED alone; the fetch is gone when this is called. */
typedef void fetch_on_end(void *with, enum fetch_end end, int64_t code, struct str body);

struct fetch_ask {
    struct str url; /* "https://host:port/path" */
    struct str host;
    int64_t port;
    const struct str *addresses; /* of the host: the only ones met */
    size_t address_count;
    struct str authorities; /* PEM: who vouches for the host; of https alone */
    struct str key;         /* sent as `Authorization: Bearer`; "": none */
    struct str body;        /* JSON */
    int64_t total_ms;       /* 0: FETCH_TOTAL_MS */
    fetch_on_end *on_end;
    void *with;
};

/* OUTSIDE: libcurl is not there, or cannot do HTTPS. */
MUST_USE enum status fetcher_create(struct loop *loop, struct fetcher **ret_fetcher);
void fetcher_destroy(struct fetcher *fetcher); /* NULL accepted; no fetch is open */

/* What is asked is copied. BUSY: FETCH_AT_ONCE_MAX are open; OUTSIDE: libcurl refuses it. */
MUST_USE enum status fetch_begin(struct fetcher *fetcher, const struct fetch_ask *ask, struct fetch **ret_fetch);
/* Ends it without a word. */
void fetch_stop(struct fetch *fetch); /* NULL accepted */

#endif
