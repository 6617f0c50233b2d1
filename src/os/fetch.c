#include "os/fetch.h"

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

enum { LINE_MAX_BYTES = 2000 };

/* What of libcurl is used, found by name. */
#define CURL_CALLS(call)                                                                                               \
    call(global_init) call(version_info) call(easy_init) call(easy_cleanup) call(easy_setopt) call(easy_getinfo)       \
        call(slist_append) call(slist_free_all) call(multi_init) call(multi_cleanup) call(multi_setopt)                \
            call(multi_add_handle) call(multi_remove_handle) call(multi_socket_action) call(multi_info_read)           \
                call(multi_assign)
#define CURL_POINTER(name) __typeof__(curl_##name) *name; /* NOLINT(bugprone-macro-parentheses): it bears none */
struct curl_calls {
    CURL_CALLS(CURL_POINTER)
};

struct fetcher {
    struct loop *loop;
    struct loop_timer *timer;
    void *library;
    struct curl_calls curl;
    CURLM *multi;
    size_t open;
};

struct fetch {
    struct fetcher *fetcher;
    CURL *easy;
    struct curl_slist *headers, *places;
    struct buf url, body, into;
    size_t header_bytes;
    bool is_over;
    fetch_on_end *on_end;
    void *with;
};

/* A socket of libcurl's that the loop watches. */
struct watched {
    struct fetcher *fetcher;
    struct loop_watch *watch;
    curl_socket_t socket;
};

static enum status load(struct fetcher *fetcher)
{
    fetcher->library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (fetcher->library == NULL)
        return OUTSIDE;
#define CURL_FIND(name)                                                                                                \
    *(void **)(void *)&fetcher->curl.name = dlsym(fetcher->library, "curl_" #name);                                    \
    if (fetcher->curl.name == NULL)                                                                                    \
        return OUTSIDE;
    CURL_CALLS(CURL_FIND)
    if (fetcher->curl.global_init(CURL_GLOBAL_DEFAULT) != 0)
        return OUTSIDE;
    return (fetcher->curl.version_info(CURLVERSION_NOW)->features & CURL_VERSION_SSL) != 0 ? OK : OUTSIDE;
}

/* ---- one fetch ---- */

static size_t on_body(char *at, size_t size, size_t count, void *with)
{
    struct fetch *fetch = with;
    buf_add(&fetch->into, (struct str){at, size * count});
    fetch->is_over |= fetch->into.is_over;
    return fetch->is_over ? 0 : size * count;
}

static size_t on_header(char *at, size_t size, size_t count, void *with)
{
    struct fetch *fetch = with;
    (void)at;
    fetch->header_bytes += size * count;
    fetch->is_over |= fetch->header_bytes > FETCH_HEADERS_MAX;
    return fetch->is_over ? 0 : size * count;
}

static void destroy(struct fetch *fetch)
{
    struct curl_calls *curl = &fetch->fetcher->curl;
    curl->easy_cleanup(fetch->easy);
    curl->slist_free_all(fetch->headers);
    curl->slist_free_all(fetch->places);
    buf_finish(&fetch->url);
    buf_finish(&fetch->body);
    buf_finish(&fetch->into);
    free(fetch);
}

void fetch_stop(struct fetch *fetch)
{
    if (fetch == NULL)
        return;
    fetch->fetcher->curl.multi_remove_handle(fetch->fetcher->multi, fetch->easy);
    fetch->fetcher->open--;
    destroy(fetch);
}

static bool add_line(struct fetch *fetch, struct curl_slist **list, const struct buf *line)
{
    char text[LINE_MAX_BYTES];
    snprintf(text, sizeof text, "%.*s", STR_ARG(buf_str(line)));
    struct curl_slist *longer = fetch->fetcher->curl.slist_append(*list, text);
    *list = longer != NULL ? longer : *list;
    return longer != NULL && !line->is_over;
}

/* "host:port:address,address": the names are known, and no resolver is asked (CURLOPT_RESOLVE). */
static bool add_places(struct fetch *fetch, const struct fetch_ask *ask)
{
    struct buf line BUF_SCOPE = BUF_INIT(LINE_MAX_BYTES - 1);
    if (ask->address_count == 1 && str_eq(ask->addresses[0], ask->host))
        return true; /* an address is its own name */
    buf_add_format(&line, "%.*s:%lld:", STR_ARG(ask->host), (long long)ask->port);
    for (size_t i = 0; i < ask->address_count; i++) {
        bool is_v6 = str_find_byte(ask->addresses[i], ':') != SIZE_MAX;
        buf_add_format(&line, is_v6 ? "%s[%.*s]" : "%s%.*s", i > 0 ? "," : "", STR_ARG(ask->addresses[i]));
    }
    return add_line(fetch, &fetch->places, &line);
}

static bool add_headers(struct fetch *fetch, const struct fetch_ask *ask)
{
    static const char *const always[] = {"Content-Type: application/json", "Accept: application/json", "Expect:"};
    struct buf line BUF_SCOPE = BUF_INIT(LINE_MAX_BYTES - 1);
    bool is_done = true;
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
        buf_clear(&line);
        buf_add_c(&line, always[i]);
        is_done &= add_line(fetch, &fetch->headers, &line);
    }
    buf_clear(&line);
    buf_add_format(&line, "Authorization: Bearer %.*s", STR_ARG(ask->key));
    is_done &= ask->key.len == 0 || add_line(fetch, &fetch->headers, &line);
    if (line.at != NULL)
        explicit_bzero(line.at, line.room);
    return is_done;
}

#define SET(option, value) is_done &= curl->easy_setopt(fetch->easy, (option), (value)) == CURLE_OK
static bool set_all(struct fetch *fetch, const struct fetch_ask *ask)
{
    struct curl_calls *curl = &fetch->fetcher->curl;
    bool is_done = true, is_tls = str_starts(ask->url, STR("https:"));
    struct curl_blob authorities = {(void *)(uintptr_t)ask->authorities.at, ask->authorities.len, CURL_BLOB_COPY};
    SET(CURLOPT_URL, fetch->url.at);
    SET(CURLOPT_PROTOCOLS_STR, is_tls ? "https" : "http");
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_USERAGENT, "parvis");
    SET(CURLOPT_RESOLVE, fetch->places);
    SET(CURLOPT_HTTPHEADER, fetch->headers);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)fetch->body.len);
    SET(CURLOPT_POSTFIELDS, fetch->body.at);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)FETCH_CONNECT_MS);
    SET(CURLOPT_TIMEOUT_MS, (long)(ask->total_ms > 0 ? ask->total_ms : FETCH_TOTAL_MS));
    SET(CURLOPT_FRESH_CONNECT, 1L);
    SET(CURLOPT_FORBID_REUSE, 1L);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, fetch);
    SET(CURLOPT_HEADERFUNCTION, on_header);
    SET(CURLOPT_HEADERDATA, fetch);
    SET(CURLOPT_PRIVATE, fetch);
    if (is_tls) {
        SET(CURLOPT_SSL_VERIFYPEER, 1L);
        SET(CURLOPT_SSL_VERIFYHOST, 2L);
        SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
        SET(CURLOPT_CAPATH, NULL);
        SET(CURLOPT_CAINFO, NULL);
        SET(CURLOPT_CAINFO_BLOB, &authorities);
    }
    return is_done;
}

static bool fill(struct fetch *fetch, const struct fetch_ask *ask)
{
    buf_add(&fetch->url, ask->url);
    buf_add_byte(&fetch->url, 0);
    buf_add(&fetch->body, ask->body);
    fetch->easy = fetch->fetcher->curl.easy_init();
    return fetch->easy != NULL && !fetch->url.is_over && !fetch->body.is_over && add_places(fetch, ask) &&
           add_headers(fetch, ask) && set_all(fetch, ask);
}

enum status fetch_begin(struct fetcher *fetcher, const struct fetch_ask *ask, struct fetch **ret_fetch)
{
    if (fetcher->open >= FETCH_AT_ONCE_MAX)
        return BUSY;
    struct fetch *fetch = calloc(1, sizeof *fetch);
    REQUIRE(fetch != NULL);
    *fetch = (struct fetch){.fetcher = fetcher, .url = BUF_INIT(LINE_MAX_BYTES), .body = BUF_INIT(FETCH_BODY_MAX),
                            .into = BUF_INIT(FETCH_BODY_MAX), .on_end = ask->on_end, .with = ask->with};
    if (!fill(fetch, ask) || fetcher->curl.multi_add_handle(fetcher->multi, fetch->easy) != CURLM_OK) {
        destroy(fetch);
        return OUTSIDE;
    }
    fetcher->open++;
    *ret_fetch = fetch;
    return OK;
}

/* ---- its end ---- */

static enum fetch_end end_of(const struct fetch *fetch, CURLcode result)
{
    if (fetch->is_over)
        return FETCH_LONG;
    switch (result) {
    case CURLE_OK:
        return FETCH_ANSWERED;
    case CURLE_OPERATION_TIMEDOUT:
        return FETCH_SLOW;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return FETCH_AWAY;
    default:
        return FETCH_BROKEN;
    }
}

static void finish(struct fetch *fetch, CURLcode result)
{
    struct fetcher *fetcher = fetch->fetcher;
    long code = 0;
    enum fetch_end end = end_of(fetch, result);
    (void)fetcher->curl.easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &code);
    struct buf body BUF_SCOPE = fetch->into;
    fetch->into = BUF_INIT(0);
    fetch_on_end *on_end = fetch->on_end;
    void *with = fetch->with;
    fetch_stop(fetch);
    on_end(with, end, code, end == FETCH_ANSWERED ? buf_str(&body) : STR(""));
}

static void take_ended(struct fetcher *fetcher)
{
    int left;
    for (CURLMsg *said; (said = fetcher->curl.multi_info_read(fetcher->multi, &left)) != NULL;) {
        struct fetch *fetch = NULL;
        CURLcode result = said->data.result;
        if (said->msg == CURLMSG_DONE &&
            fetcher->curl.easy_getinfo(said->easy_handle, CURLINFO_PRIVATE, &fetch) == CURLE_OK && fetch != NULL)
            finish(fetch, result);
    }
}

/* ---- the loop ---- */

static void on_event(void *with, unsigned events)
{
    struct watched *watched = with;
    struct fetcher *fetcher = watched->fetcher;
    int running, what = ((events & LOOP_READ) != 0 ? CURL_CSELECT_IN : 0) |
                        ((events & LOOP_WRITE) != 0 ? CURL_CSELECT_OUT : 0) |
                        ((events & LOOP_CLOSED) != 0 ? CURL_CSELECT_ERR : 0);
    (void)fetcher->curl.multi_socket_action(fetcher->multi, watched->socket, what, &running);
    take_ended(fetcher);
}

static void on_time(void *with)
{
    struct fetcher *fetcher = with;
    int running;
    (void)fetcher->curl.multi_socket_action(fetcher->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    take_ended(fetcher);
}

static void unwatch(struct watched *watched)
{
    if (watched == NULL)
        return;
    loop_watch_remove(watched->watch);
    free(watched);
}

static int on_socket(CURL *easy, curl_socket_t socket, int what, void *with, void *socket_with)
{
    struct fetcher *fetcher = with;
    struct watched *watched = socket_with;
    unsigned events = ((what & CURL_POLL_IN) != 0 ? (unsigned)LOOP_READ : 0) |
                      ((what & CURL_POLL_OUT) != 0 ? (unsigned)LOOP_WRITE : 0);
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        (void)fetcher->curl.multi_assign(fetcher->multi, socket, NULL);
        unwatch(watched);
        return 0;
    }
    if (watched != NULL) {
        loop_watch_set(watched->watch, events);
        return 0;
    }
    watched = calloc(1, sizeof *watched);
    REQUIRE(watched != NULL);
    *watched = (struct watched){.fetcher = fetcher, .socket = socket};
    if (loop_watch_add(fetcher->loop, socket, events, on_event, watched, &watched->watch) != OK) {
        free(watched);
        return -1;
    }
    (void)fetcher->curl.multi_assign(fetcher->multi, socket, watched);
    return 0;
}

static int on_timer(CURLM *multi, long timeout_ms, void *with)
{
    struct fetcher *fetcher = with;
    (void)multi;
    loop_timer_set(fetcher->timer, timeout_ms == 0 ? 1 : timeout_ms);
    return 0;
}

static enum status open_multi(struct fetcher *fetcher)
{
    struct curl_calls *curl = &fetcher->curl;
    fetcher->multi = curl->multi_init();
    if (fetcher->multi == NULL)
        return OUTSIDE;
    bool is_set = curl->multi_setopt(fetcher->multi, CURLMOPT_SOCKETFUNCTION, on_socket) == CURLM_OK &&
                  curl->multi_setopt(fetcher->multi, CURLMOPT_SOCKETDATA, fetcher) == CURLM_OK &&
                  curl->multi_setopt(fetcher->multi, CURLMOPT_TIMERFUNCTION, on_timer) == CURLM_OK &&
                  curl->multi_setopt(fetcher->multi, CURLMOPT_TIMERDATA, fetcher) == CURLM_OK;
    return is_set ? OK : OUTSIDE;
}

enum status fetcher_create(struct loop *loop, struct fetcher **ret_fetcher)
{
    struct fetcher *fetcher = calloc(1, sizeof *fetcher);
    REQUIRE(fetcher != NULL);
    *fetcher = (struct fetcher){.loop = loop, .timer = loop_timer_create(loop, on_time, fetcher)};
    enum status done = load(fetcher);
    if (done == OK)
        done = open_multi(fetcher);
    if (done != OK) {
        fetcher_destroy(fetcher);
        return done;
    }
    *ret_fetcher = fetcher;
    return OK;
}

void fetcher_destroy(struct fetcher *fetcher)
{
    if (fetcher == NULL)
        return;
    REQUIRE(fetcher->open == 0);
    if (fetcher->multi != NULL)
        (void)fetcher->curl.multi_cleanup(fetcher->multi);
    loop_timer_destroy(fetcher->timer);
    free(fetcher); /* the library stays: what it began at its start is not undone twice */
}
