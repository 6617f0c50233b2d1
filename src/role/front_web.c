/* HTTP/1.1 at the door (RFC 9110, 9112): requests in, cookie to auth, request to the role that owns the page, answer
 * out.
 *
 * One request of a connection is under way at a time; what a pipeline sent waits in the input. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "core/web_head.h"
#include "core/web_table.h"
#include "os/clock.h"
#include "os/log.h"
#include "proto/http/http_response.h"
#include "proto/http/http_value.h"
#include "role/count.h"
#include "role/front_page.h"
#include "role/front_spool.h"
#include "role/message.h"

enum {
    HEAD_MS = 20 * 1000,    /* for the whole head */
    BODY_MS = 30 * 1000,    /* for each FRONT_PROGRESS of the body */
    ANSWER_MS = 120 * 1000, /* for the role that answers */
    KEEP_MS = 75 * 1000,    /* between two requests */
    DEVICE_MAX = 300,
    COOKIE_MAX = 64,
    TRACE_MAX = 24,
    HTTPS_PORT = 443,
};

enum step { STEP_READS, STEP_WHO, STEP_PAGE, STEP_CHALLENGE, STEP_METRICS, STEP_WRITES };

struct web {
    struct http_request request;
    struct spool body;
    enum step step;
    int town;  /* whose host it is */
    int asked; /* whom we wait for */
    int64_t began_ms;
    char trace[TRACE_MAX];
};

static void begin(struct connection *connection)
{
    struct web *web = calloc(1, sizeof *web);
    REQUIRE(web != NULL);
    connection->state = web;
    http_request_init(&web->request, WEB_BODY_MAX);
    web->body = front_spool(connection, WEB_BODY_MAX);
    front_patience(connection, HEAD_MS);
}

static void end(struct connection *connection)
{
    struct web *web = connection->state;
    http_request_finish(&web->request);
    spool_finish(&web->body);
    free(web);
}

/* ---- answers ---- */

static void log_answer(const struct connection *connection, int code)
{
    const struct web *web = connection->state;
    const struct front_peer *peer = web->town >= 0 ? connection->front->peers[web->town] : NULL;
    count_add(COUNT_WEB_ANSWERS);
    if (code >= 500)
        count_add(COUNT_WEB_FAILURES);
    LOG(LOG_INFO_LEVEL, "front", "web", LOG_TEXT("trace", str_of(web->trace)),
        LOG_TEXT("member", peer != NULL ? peer->name : STR("-")), LOG_TEXT("method", web->request.method_name),
        LOG_NUMBER("code", code), LOG_NUMBER("ms", loop_now_ms(connection->front->loop) - web->began_ms),
        LOG_TEXT("remote", str_of(connection->remote)));
}

/* Head and inline body; a body in memory was given to front_say_memory before. */
static void say(struct connection *connection, const struct web_response *response, uint64_t length, struct str body)
{
    struct web *web = connection->state;
    struct web_edge edge = {.now = clock_now(), .is_secure = connection->tls != NULL};
    connection->is_closing |= !web->request.is_keep_alive;
    edge.is_closing = connection->is_closing;
    size_t before = connection->output.len;
    if (web_head(&connection->output, response, length, edge) != OK) {
        LOG(LOG_ERROR_LEVEL, "front", "head_refused", LOG_TEXT("trace", str_of(web->trace)));
        connection->output.len = before;
        connection->is_broken = true;
        return;
    }
    if (web->request.method != HTTP_HEAD)
        front_say(connection, body);
    web->step = STEP_WRITES;
    connection->waiting = 0;
    front_patience(connection, BODY_MS);
    log_answer(connection, response->code);
}

static void say_page(struct connection *connection, struct front_page *page)
{
    say(connection, &page->response, page->response.body.len, buf_str(&page->response.body));
    front_page_finish(page);
}

static struct front_page_ask ask_of(const struct connection *connection)
{
    const struct web *web = connection->state;
    return (struct front_page_ask){connection->front, &web->request, web->town, str_of(web->trace)};
}

static void refuse_page_with(struct connection *connection, enum status status, enum text_key sentence)
{
    struct front_page page;
    struct front_page_ask ask = ask_of(connection);
    front_page_refusal(&page, &ask, status, sentence);
    say_page(connection, &page);
}

static void refuse_page(struct connection *connection, enum status status)
{
    refuse_page_with(connection, status, T_none);
}

/* What follows of a request that is refused before its end is not read. */
static void refuse_early(struct connection *connection, int code, enum text_key sentence)
{
    struct front_page page;
    struct front_page_ask ask = ask_of(connection);
    connection->is_closing = true;
    front_page_refusal(&page, &ask, code == 413 || code == 414 || code == 431 ? LIMIT : INVALID, sentence);
    page.response.code = code;
    say_page(connection, &page);
}

/* ---- asking ---- */

static void copy_trace(struct connection *connection)
{
    struct web *web = connection->state;
    snprintf(web->trace, sizeof web->trace, "%llx", (unsigned long long)++connection->front->requests);
}

static struct str text(struct str value)
{
    return str_is_absent(value) ? STR("") : value;
}

/* Headers may be any bytes; between roles, text is UTF-8. */
static struct str valid_text(struct str value)
{
    return utf8_is_valid(text(value)) ? text(value) : STR("");
}

/* Auth has the pages of credentials; everything else is the town's. */
static int owner_of(const struct connection *connection)
{
    const struct web *web = connection->state;
    struct str params[WEB_PARAMS_MAX];
    const struct web_route *route;
    const struct service *service;
    enum web_method method = web->request.method == HTTP_POST ? WEB_POST : WEB_GET;
    enum status found =
        web_table_find(connection->front->of_auth, method, web->request.path, params, &route, &service);
    return found != NOT_FOUND ? FRONT_AUTH : web->town;
}

static void fill(const struct connection *connection, struct message_web *ask)
{
    const struct web *web = connection->state;
    const struct http_request *request = &web->request;
    *ask = (struct message_web){
        .handle = front_handle(connection),
        .member = connection->front->peers[web->town]->member,
        .method = request->method == HTTP_POST ? WEB_POST : WEB_GET,
        .path = request->path,
        .query = valid_text(request->query),
        .content_type = valid_text(request->content_type),
        .accept_language = valid_text(request->accept_language),
        .remote = str_of(connection->remote),
        .device = str_slice(text(http_request_header(request, "User-Agent")), 0, DEVICE_MAX),
        .host = valid_text(request->host_header),
        .trace = str_of(web->trace),
        .is_secure = connection->tls != NULL,
        .wants_fragment = str_find_nocase(text(request->accept), STR("text/fragment+html")) != SIZE_MAX,
        .size = spool_size(&web->body),
    };
}

static void ask_page(struct connection *connection, struct str ticket)
{
    struct web *web = connection->state;
    struct message_web ask;
    int fd, owner = owner_of(connection);
    struct channel *channel = front_channel(connection->front, owner);
    fill(connection, &ask);
    ask.ticket = ticket;
    enum status done = channel == NULL ? BUSY : spool_lend(&web->body, &ask.body, &fd);
    if (done == OK)
        done = message_send(channel, MESSAGE_WEB, &ask, fd);
    if (done != OK) {
        refuse_page(connection, BUSY);
        return;
    }
    web->step = STEP_PAGE;
    web->asked = owner;
    connection->waiting = 1;
    front_patience(connection, ANSWER_MS);
}

/* Absent when it cannot be one of ours. */
static struct str cookie_of(const struct connection *connection)
{
    const struct web *web = connection->state;
    const char *name = connection->tls != NULL ? "__Host-" WEB_SESSION_COOKIE : WEB_SESSION_COOKIE;
    struct str cookie = http_value_cookie(web->request.cookie, name);
    bool is_one = cookie.len > 0 && cookie.len <= COOKIE_MAX && utf8_is_valid(cookie);
    return is_one ? cookie : STR_NONE;
}

static bool has_cookie(const struct connection *connection)
{
    return !str_is_absent(cookie_of(connection));
}

static void ask_who(struct connection *connection, struct str cookie)
{
    struct web *web = connection->state;
    struct message_cookie ask = {.handle = front_handle(connection),
                                 .member = connection->front->peers[web->town]->member,
                                 .token = cookie,
                                 .remote = str_of(connection->remote)};
    struct channel *channel = connection->front->auth.channel;
    if (channel == NULL || message_send(channel, MESSAGE_COOKIE, &ask, -1) != OK) {
        refuse_page(connection, BUSY);
        return;
    }
    web->step = STEP_WHO;
    web->asked = FRONT_AUTH;
    connection->waiting = 1;
    front_patience(connection, ANSWER_MS);
}

/* ---- a request ---- */

/* A form comes from a page of this host: a browser says so in one of two ways, and other programs in none (Fetch
 * Metadata; RFC 6454 section 7). */
static bool is_from_here(const struct connection *connection)
{
    const struct web *web = connection->state;
    const struct http_request *request = &web->request;
    struct str site = http_request_header(request, "Sec-Fetch-Site");
    struct str origin = http_request_header(request, "Origin");
    struct str scheme = connection->tls != NULL ? STR("https://") : STR("http://");
    if (!str_is_absent(site)) /* Origin may then be "null", by the page's referrer policy */
        return str_eq(site, STR("same-origin")) || str_eq(site, STR("none"));
    return str_is_absent(origin) ||
           (str_starts(origin, scheme) && str_eq_nocase(str_after(origin, scheme.len), request->host_header));
}

/* The head is known. */
static void start(struct connection *connection)
{
    struct web *web = connection->state;
    struct http_request *request = &web->request;
    front_patience(connection, BODY_MS);
    web->town = front_page_host(connection->front, request);
    if (request->host.name.len == 0)
        refuse_early(connection, 400, T_none);
    else if (request->method != HTTP_GET && request->method != HTTP_HEAD && request->method != HTTP_POST)
        refuse_early(connection, 405, T_none);
    else if (request->method == HTTP_POST && !is_from_here(connection)) {
        connection->is_closing = true;
        refuse_page_with(connection, DENIED, T_web_cross);
    } else if (request->expects_continue)
        front_say(connection, STR("HTTP/1.1 100 Continue\r\n\r\n"));
    if (request->method != HTTP_POST)
        request->body_max = 0;
    else if (web->town < 0 || !has_cookie(connection) || owner_of(connection) == FRONT_AUTH)
        request->body_max = WEB_FORM_MAX; /* files are sent by people who are signed in */
}

/* ---- the clear door: to https, but for who issues certificates ---- */

#define CHALLENGE "/.well-known/acme-challenge/"

static void ask_challenge(struct connection *connection, struct str token)
{
    struct web *web = connection->state;
    struct message_challenge ask = {.handle = front_handle(connection), .token = token};
    if (message_send(connection->front->parent, MESSAGE_CHALLENGE, &ask, -1) != OK) {
        refuse_page(connection, BUSY);
        return;
    }
    web->step = STEP_CHALLENGE;
    web->asked = FRONT_PARENT;
    connection->waiting = 1;
    front_patience(connection, ANSWER_MS);
}

static void answer_challenge(struct connection *connection, struct str payload)
{
    struct message_challenge_answer told;
    struct web_response response = {.code = 200, .content_type = STR("text/plain"), .location = STR_NONE,
                                    .file_name = STR_NONE, .policy = STR_NONE, .set_cookie = STR_NONE};
    if (message_take(MESSAGE_CHALLENGE_ANSWER, payload, &told) != OK || told.status != OK)
        refuse_page(connection, NOT_FOUND);
    else
        say(connection, &response, told.text.len, told.text);
}

/* The method stays (308, RFC 9110 section 15.4.9). Only to hosts that are somebody's here. */
static void redirect(struct connection *connection)
{
    const struct web *web = connection->state;
    struct str host = web->request.host.name, target = web->request.target;
    unsigned port = connection->front->start->https_port;
    struct buf location BUF_SCOPE = BUF_INIT(HTTP_TARGET_MAX + HTTP_HOST_MAX + sizeof "https://:65535");
    if (str_starts(web->request.path, STR(CHALLENGE))) {
        ask_challenge(connection, str_after(web->request.path, sizeof CHALLENGE - 1));
        return;
    }
    if (port == 0 || web->town == FRONT_NOWHERE || !str_starts(target, STR("/"))) {
        refuse_page(connection, NOT_FOUND);
        return;
    }
    buf_add_format(&location, "https://%.*s", STR_ARG(host));
    if (port != HTTPS_PORT)
        buf_add_format(&location, ":%u", port);
    buf_add(&location, target);
    struct web_response response = {.code = 308, .content_type = STR(""), .location = buf_str(&location),
                                    .file_name = STR_NONE, .policy = STR_NONE, .set_cookie = STR_NONE};
    say(connection, &response, 0, STR(""));
}

/* ---- the door of who watches the house ---- */

static void say_text(struct connection *connection, int code, const char *type, uint64_t length, struct str body)
{
    struct web_response response = {.code = code, .content_type = str_of(type), .location = STR_NONE,
                                    .file_name = STR_NONE, .policy = STR_NONE, .set_cookie = STR_NONE};
    say(connection, &response, length, body);
}

static void ask_metrics(struct connection *connection)
{
    struct web *web = connection->state;
    struct message_metrics ask = {.handle = front_handle(connection),
                                  .is_health = str_eq(web->request.path, STR("/health"))};
    if (web->request.method == HTTP_POST || (!ask.is_health && !str_eq(web->request.path, STR("/metrics")))) {
        say_text(connection, 404, "text/plain", 0, STR(""));
        return;
    }
    if (message_send(connection->front->parent, MESSAGE_METRICS, &ask, -1) != OK) {
        say_text(connection, 503, "text/plain", 0, STR(""));
        return;
    }
    web->step = STEP_METRICS;
    web->asked = FRONT_PARENT;
    connection->waiting = 1;
    front_patience(connection, ANSWER_MS);
}

/* The text format of Prometheus, version 0.0.4. */
static void answer_metrics(struct connection *connection, struct front_answer *answer)
{
    struct web *web = connection->state;
    struct message_metrics_answer told;
    bool is_health = str_eq(web->request.path, STR("/health"));
    enum status done = message_take(MESSAGE_METRICS_ANSWER, answer->payload, &told);
    if (done == OK && str_is_absent(told.text) && web->request.method != HTTP_HEAD)
        done = front_say_memory(connection, answer->fd, told.size);
    if (done != OK)
        say_text(connection, 503, "text/plain", 0, STR(""));
    else
        say_text(connection, told.is_well ? 200 : 503,
                 is_health ? "application/json" : "text/plain; version=0.0.4; charset=utf-8", (uint64_t)told.size,
                 text(told.text));
}

static void act(struct connection *connection)
{
    if (connection->protocol == FRONT_REDIRECT) {
        redirect(connection);
        return;
    }
    if (connection->protocol == FRONT_METRICS) {
        ask_metrics(connection);
        return;
    }
    struct web *web = connection->state;
    struct front_page page;
    struct front_page_ask ask = ask_of(connection);
    struct str cookie = cookie_of(connection);
    bool is_reading = web->request.method != HTTP_POST;
    if (is_reading && front_page_asset(&page, &ask)) {
        say_page(connection, &page);
    } else if (web->town == FRONT_NOWHERE || (web->town == FRONT_CHOOSER && !is_reading)) {
        refuse_page_with(connection, NOT_FOUND, T_web_nowhere);
    } else if (web->town == FRONT_CHOOSER) {
        front_page_chooser(&page, &ask);
        say_page(connection, &page);
    } else if (str_is_absent(cookie)) {
        ask_page(connection, STR(""));
    } else {
        ask_who(connection, cookie);
    }
}

static void take_piece(struct connection *connection, struct str piece)
{
    struct web *web = connection->state;
    spool_add(&web->body, piece);
    if (web->body.status != OK)
        refuse_early(connection, web->body.status == LIMIT ? 413 : 503, T_none);
}

/* True while there is more to be taken. */
static bool take_some(struct connection *connection, struct str *bytes)
{
    struct web *web = connection->state;
    struct str piece;
    if (web->step != STEP_READS || connection->is_closing)
        return false;
    if (bytes->len > 0 && http_request_is_idle(&web->request)) {
        web->town = FRONT_NOWHERE;
        web->began_ms = loop_now_ms(connection->front->loop);
        copy_trace(connection);
        front_patience(connection, HEAD_MS);
    }
    switch (http_request_next(&web->request, bytes, &piece)) {
    case HTTP_MORE:
        return false;
    case HTTP_STARTED:
        start(connection);
        break;
    case HTTP_PIECE:
        take_piece(connection, piece);
        break;
    case HTTP_ENDED:
        act(connection);
        break;
    case HTTP_REFUSED:
        LOG(LOG_WARN_LEVEL, "front", "request_refused", LOG_TEXT("reason", str_of(web->request.refusal_reason)));
        refuse_early(connection, web->request.refusal, T_none);
    }
    return true;
}

static void input(struct connection *connection, struct str *bytes)
{
    while (take_some(connection, bytes))
        continue;
}

/* The answer is with the client: the next request may come. */
static void drained(struct connection *connection)
{
    struct web *web = connection->state;
    if (web->step != STEP_WRITES)
        return;
    http_request_again(&web->request);
    web->request.body_max = WEB_BODY_MAX;
    spool_finish(&web->body);
    web->step = STEP_READS;
    front_patience(connection, KEEP_MS);
}

/* ---- answers of other roles ---- */

/* A cookie that is good no longer is as none; when auth cannot tell, nor can we. */
static void know_who(struct connection *connection, struct str payload)
{
    struct message_login_answer answer;
    if (message_take(MESSAGE_LOGIN_ANSWER, payload, &answer) != OK || answer.status == BUSY)
        refuse_page(connection, BUSY);
    else
        ask_page(connection, answer.status == OK ? answer.ticket : STR(""));
}

static void pass_page(struct connection *connection, struct front_answer *answer)
{
    const struct web *web = connection->state;
    struct message_web_answer page;
    if (message_take(MESSAGE_WEB_ANSWER, answer->payload, &page) != OK || page.code < 200 || page.code > 599) {
        refuse_page(connection, BUG);
        return;
    }
    struct web_response response = {.code = (int)page.code,
                                    .content_type = page.content_type,
                                    .location = page.location,
                                    .file_name = page.file_name,
                                    .policy = page.policy,
                                    .set_cookie = answer->town == FRONT_AUTH ? page.set_cookie : STR_NONE,
                                    .is_cacheable = page.is_cacheable,
                                    .is_unlisted = page.is_unlisted};
    bool has_memory = str_is_absent(page.body) && page.size > 0;
    if (has_memory && web->request.method != HTTP_HEAD && front_say_memory(connection, answer->fd, page.size) != OK)
        refuse_page(connection, BUG);
    else
        say(connection, &response, (uint64_t)page.size, text(page.body));
}

static void answer(struct connection *connection, struct front_answer *answer)
{
    const struct web *web = connection->state;
    if (connection->waiting == 0 || answer->town != web->asked)
        return;
    if (web->step == STEP_WHO && answer->kind == MESSAGE_LOGIN_ANSWER) {
        connection->waiting = 0;
        know_who(connection, answer->payload);
    } else if (web->step == STEP_CHALLENGE && answer->kind == MESSAGE_CHALLENGE_ANSWER) {
        answer_challenge(connection, answer->payload);
    } else if (web->step == STEP_METRICS && answer->kind == MESSAGE_METRICS_ANSWER) {
        answer_metrics(connection, answer);
    } else if (web->step == STEP_PAGE && answer->kind == MESSAGE_WEB_ANSWER) {
        pass_page(connection, answer);
    }
}

static void lost(struct connection *connection, int town)
{
    const struct web *web = connection->state;
    if (connection->waiting > 0 && web->asked == town)
        refuse_page(connection, BUSY);
}

static void late(struct connection *connection)
{
    const struct web *web = connection->state;
    connection->is_closing = true;
    if (connection->waiting > 0)
        refuse_page(connection, BUSY);
    else if (!http_request_is_idle(&web->request))
        refuse_early(connection, 408, T_web_slow);
}

const struct front_calls front_web_calls = {begin, NULL, input, answer, lost, late, drained, end, NULL};
