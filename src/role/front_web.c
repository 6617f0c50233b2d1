/* Pages: HTTP/1.1 in front of auth and towns. Parses, finds the member by host name, has the cookie turned into a ticket,
 * hands the request to the role that owns the route, and writes the one head every answer has. */
#include <stdio.h>
#include <stdlib.h>

#include "asset.h"
#include "base/utf8.h"
#include "core/page.h"
#include "core/place.h"
#include "core/web_head.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "proto/http/http_request.h"
#include "proto/http/http_value.h"
#include "role/front_connection.h"
#include "role/front_spool.h"
#include "role/message.h"
#include "role/pages.h"
#include "web/chooser_html.h"

enum {
    HEAD_MS = 30 * 1000,   /* for a head, or the next piece of a body */
    ALIVE_MS = 60 * 1000,  /* between two requests */
    ANSWER_MS = 90 * 1000, /* of another role; refused sign-ins are held back up to half a minute */
    REQUEST_ARENA = 4 << 20,
    TRACE_BYTES = 5,
    COOKIE_MAX = 64,
    DEVICE_MAX = 300,
    TOWN_NONE = -2,
};

struct web {
    struct http_request request;
    struct spool body;
    struct str ticket; /* front_keep */
    int town;          /* index, or TOWN_NONE */
    int asked;         /* who works on it: a town, FRONT_AUTH, or TOWN_NONE */
    bool asks_cookie;
    char trace[16];
};

/* ---- answers ---- */

static bool is_secure(const struct connection *connection)
{
    return connection->tls != NULL;
}

static void end_request(struct connection *connection)
{
    struct web *web = connection->state;
    http_request_again(&web->request);
    spool_finish(&web->body);
    front_drop(&web->ticket);
    web->asked = TOWN_NONE;
    web->asks_cookie = false;
    front_patience(connection, ALIVE_MS);
}

/* Writes head and body; the body of HEAD is only measured (RFC 9110 section 9.3.2). */
static void answer(struct connection *connection, const struct web_response *response, struct str body, int fd,
                   int64_t size)
{
    struct web *web = connection->state;
    bool is_head = web->request.method == HTTP_HEAD;
    bool is_last = !web->request.is_keep_alive || (fd >= 0 && connection->input.len > 0);
    struct web_edge edge = {.now = clock_now(), .is_secure = is_secure(connection), .is_closing = is_last};
    if (web_head(&connection->output, response, (uint64_t)size, edge) != OK)
        connection->is_broken = true;
    else if (!is_head && fd < 0)
        front_say(connection, body);
    else if (!is_head && front_say_memory(connection, fd, size) != OK)
        connection->is_broken = true;
    connection->is_closing |= is_last;
    end_request(connection);
}

static struct ctx front_ctx(struct connection *connection, struct arena *arena, const struct place *place)
{
    struct web *web = connection->state;
    struct str language = web->request.accept_language;
    return (struct ctx){.arena = arena, .place = place, .now = clock_now(), .trace = str_of(web->trace),
                        .language = web_language(web_asked_language(web->request.query), language, place != NULL ? place->language : STR("fr")),
                        .actor = {.address = STR(""), .name = STR("")}};
}

/* The member's plate stands over what front itself has to say. */
static struct place place_of(const struct connection *connection)
{
    const struct web *web = connection->state;
    const struct front_peer *peer = web->town >= 0 ? connection->front->peers[web->town] : NULL;
    return (struct place){.name = peer != NULL ? peer->name : STR(""), .title = peer != NULL ? peer->title : STR("parvis"),
                          .kind = peer != NULL ? peer->kind : STR(""), .language = STR("fr"), .zone = STR(""),
                          .desk = STR(""), .phone = STR(""), .hours = STR("")};
}

static void answer_refusal(struct connection *connection, int code, enum status status, enum text_key sentence)
{
    struct arena *arena ARENA_SCOPE = arena_create(REQUEST_ARENA);
    struct place place = place_of(connection);
    struct ctx ctx = front_ctx(connection, arena, &place);
    struct web_request request = {.path = STR("/"), .form_token = STR("")};
    struct web_response response = {.body = BUF_INIT(HTML_PAGE_MAX)};
    ctx.failure.sentence = sentence;
    page_refusal(&ctx, &request, &response, status);
    response.code = code;
    answer(connection, &response, buf_str(&response.body), -1, (int64_t)response.body.len);
    buf_finish(&response.body);
}

/* ---- what front answers itself ---- */

static bool answer_asset(struct connection *connection)
{
    struct web *web = connection->state;
    if (!str_starts(web->request.path, STR("/asset/")))
        return false;
    size_t slash = str_find_byte_last(web->request.path, '/');
    const struct asset *asset = asset_find(str_after(web->request.path, slash + 1));
    bool is_it = asset != NULL && str_eq(str_of(asset->path), web->request.path) && web->request.method != HTTP_POST;
    struct web_response response = {.code = 200, .is_cacheable = true};
    if (!is_it) {
        answer_refusal(connection, 404, NOT_FOUND, T_none);
        return true;
    }
    response.content_type = str_of(asset->type);
    answer(connection, &response, asset->bytes, -1, (int64_t)asset->bytes.len);
    return true;
}

static enum status fill_chooser(struct connection *connection, struct ctx *ctx, struct chooser_view *view)
{
    const struct front *front = connection->front;
    const struct web *web = connection->state;
    struct str port = web->request.host.port != 0
                          ? str_format(ctx->arena, ":%u", (unsigned)web->request.host.port)
                          : STR("");
    view->towns = arena_array(ctx->arena, struct chooser_town, front->peer_count + 1);
    if (view->towns == NULL)
        return LIMIT;
    for (size_t i = 0; i < front->peer_count; i++) {
        struct str hosts = front->peers[i]->hosts, first = str_cut(&hosts, '\n');
        bool has_host = first.len > 0;
        view->towns[view->town_count++] = (struct chooser_town){
            .host = has_host ? first : str_format(ctx->arena, "%.*s.localhost", STR_ARG(front->peers[i]->name)),
            .port = port, .kind = page_kind(ctx, front->peers[i]->kind), .title = front->peers[i]->title};
    }
    view->is_empty = front->peer_count == 0;
    return OK;
}

static void answer_chooser(struct connection *connection)
{
    struct arena *arena ARENA_SCOPE = arena_create(REQUEST_ARENA);
    struct ctx ctx = front_ctx(connection, arena, NULL);
    struct web_request request = {.path = STR("/"), .form_token = STR("")};
    struct web_response response = {
        .code = 200, .content_type = STR("text/html; charset=utf-8"), .body = BUF_INIT(HTML_PAGE_MAX)};
    struct chooser_view view = {0};
    struct page page;
    struct page_head head = {.title = text_of(ctx.language, T_chooser_title), .tone = PAGE_RESIDENT};
    page_begin(&page, &ctx, &request, &response);
    enum status done = fill_chooser(connection, &ctx, &view);
    if (done == OK)
        chooser_html(&page.html, &view);
    if (done == OK)
        done = page_end(&page, &head);
    if (done == OK)
        answer(connection, &response, buf_str(&response.body), -1, (int64_t)response.body.len);
    else
        connection->is_broken = true;
    page_drop(&page);
    buf_finish(&response.body);
}

/* ---- whose host it is ---- */

static bool is_host_of(const struct front_peer *peer, struct str host)
{
    struct str hosts = peer->hosts;
    size_t name = host.len - strlen(".localhost");
    if (str_ends(host, STR(".localhost")) && str_eq(str_slice(host, 0, name), peer->name))
        return true;
    while (hosts.len > 0 && !str_is_absent(hosts))
        if (str_eq_nocase(str_cut(&hosts, '\n'), host))
            return true;
    return false;
}

static int town_of_host(const struct front *front, struct str host)
{
    for (size_t i = 0; i < front->peer_count; i++)
        if (is_host_of(front->peers[i], host))
            return (int)i;
    return TOWN_NONE;
}

/* The machine's own name shows who is here, and nothing else. */
static bool is_bare(const struct front *front, struct str host)
{
    return str_eq_nocase(host, front->hostname) || str_eq(host, STR("localhost")) ||
           str_eq(host, STR("127.0.0.1")) || str_eq(host, STR("[::1]"));
}

/* ---- a request goes on ---- */

static struct str or_empty(struct str text)
{
    return str_is_absent(text) ? STR("") : text;
}

static struct str valid_text(struct str text)
{
    return utf8_is_valid(or_empty(text)) ? or_empty(text) : STR("");
}

static int owner_of(const struct connection *connection)
{
    const struct web *web = connection->state;
    struct str params[WEB_PARAMS_MAX];
    const struct web_route *route;
    const struct service *service;
    enum web_method method = web->request.method == HTTP_POST ? WEB_POST : WEB_GET;
    enum status found =
        web_table_find(connection->front->of_auth, method, web->request.path, params, &route, &service);
    return found == NOT_FOUND ? web->town : FRONT_AUTH;
}

static enum status send_request(struct connection *connection)
{
    struct web *web = connection->state;
    const struct http_request *from = &web->request;
    struct channel *channel = front_channel(connection->front, web->asked);
    struct str device = or_empty(http_request_header(from, "User-Agent"));
    struct message_web message = {
        .handle = front_handle(connection), .member = connection->front->peers[web->town]->member,
        .method = from->method == HTTP_POST ? WEB_POST : WEB_GET, .ticket = or_empty(web->ticket), .path = from->path,
        .query = valid_text(from->query), .content_type = valid_text(from->content_type),
        .accept_language = valid_text(from->accept_language), .remote = str_of(connection->remote),
        .device = str_slice(device, 0, device.len < DEVICE_MAX ? device.len : DEVICE_MAX),
        .host = from->host_header, .trace = str_of(web->trace), .is_secure = is_secure(connection),
        .wants_fragment = str_find(or_empty(from->accept), STR("text/fragment+html")) != SIZE_MAX,
        .size = spool_size(&web->body)};
    int fd = -1;
    if (channel == NULL)
        return BUSY;
    TRY(spool_lend(&web->body, &message.body, &fd));
    return message_send(channel, MESSAGE_WEB, &message, fd);
}

static void ask_owner(struct connection *connection)
{
    struct web *web = connection->state;
    web->asked = owner_of(connection);
    web->asks_cookie = false;
    front_patience(connection, ANSWER_MS);
    if (send_request(connection) != OK) {
        answer_refusal(connection, 503, BUSY, T_none);
        return;
    }
    connection->waiting = 1;
}

/* Who the cookie stands for is auth's to say; without one nobody is signed in. */
static void ask_cookie(struct connection *connection, struct str token)
{
    struct web *web = connection->state;
    struct message_cookie message = {.handle = front_handle(connection),
                                     .member = connection->front->peers[web->town]->member,
                                     .token = token, .remote = str_of(connection->remote)};
    struct channel *channel = front_channel(connection->front, FRONT_AUTH);
    web->asked = FRONT_AUTH;
    web->asks_cookie = true;
    front_patience(connection, ANSWER_MS);
    if (channel == NULL || message_send(channel, MESSAGE_COOKIE, &message, -1) != OK) {
        answer_refusal(connection, 503, BUSY, T_none);
        return;
    }
    connection->waiting = 1;
}

/* Fetch Metadata (W3C) where the browser sends it, else Origin (RFC 6454): a form that changes something must come from a
 * page of this host. Programs send neither, and carry no cookie somebody else could ride on. */
static bool is_from_elsewhere(const struct http_request *request)
{
    struct str site = http_request_header(request, "Sec-Fetch-Site"), origin = http_request_header(request, "Origin");
    if (request->method != HTTP_POST)
        return false;
    if (!str_is_absent(site))
        return !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none"));
    if (str_is_absent(origin))
        return false;
    size_t slashes = str_find(origin, STR("://"));
    return slashes == SIZE_MAX || !str_eq_nocase(str_after(origin, slashes + 3), request->host_header);
}

static void handle(struct connection *connection)
{
    struct web *web = connection->state;
    struct str host = or_empty(web->request.host.name);
    struct str token = http_value_cookie(or_empty(web->request.cookie), "__Host-" WEB_SESSION_COOKIE);
    web->town = town_of_host(connection->front, host);
    if (web->request.method == HTTP_OPTIONS || web->request.method == HTTP_OTHER)
        answer_refusal(connection, 405, INVALID, T_none);
    else if (web->body.status != OK)
        answer_refusal(connection, 413, LIMIT, T_none);
    else if (answer_asset(connection))
        return;
    else if (web->town == TOWN_NONE && is_bare(connection->front, host))
        answer_chooser(connection);
    else if (web->town == TOWN_NONE)
        answer_refusal(connection, 404, NOT_FOUND, T_web_nowhere);
    else if (is_from_elsewhere(&web->request))
        answer_refusal(connection, 403, DENIED, T_web_cross);
    else if (token.len > 0 && token.len <= COOKIE_MAX && utf8_is_valid(token))
        ask_cookie(connection, token);
    else
        ask_owner(connection);
}

/* ---- calls ---- */

static void begin(struct connection *connection)
{
    struct web *web = calloc(1, sizeof *web);
    REQUIRE(web != NULL);
    http_request_init(&web->request, WEB_BODY_MAX);
    web->body = spool_of(WEB_BODY_MAX);
    web->town = web->asked = TOWN_NONE;
    connection->state = web;
    front_patience(connection, HEAD_MS);
}

static void start(struct connection *connection)
{
    struct web *web = connection->state;
    unsigned char bytes[TRACE_BYTES];
    entropy_fill(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(web->trace + 2 * i, 3, "%02x", bytes[i]);
    front_patience(connection, HEAD_MS);
    if (web->request.expects_continue)
        front_say(connection, STR("HTTP/1.1 100 Continue\r\n\r\n"));
}

static void refuse_bytes(struct connection *connection)
{
    struct web *web = connection->state;
    int code = web->request.refusal;
    web->request.is_keep_alive = false;
    web->request.method = HTTP_GET;
    answer_refusal(connection, code, code == 413 || code == 414 || code == 431 ? LIMIT : INVALID, T_none);
}

static void input(struct connection *connection, struct str *bytes)
{
    struct web *web = connection->state;
    struct str piece;
    while (connection->waiting == 0 && !connection->is_closing && !connection->is_broken) {
        switch (http_request_next(&web->request, bytes, &piece)) {
        case HTTP_MORE: return;
        case HTTP_STARTED: start(connection); break;
        case HTTP_PIECE: spool_add(&web->body, piece); break;
        case HTTP_ENDED: handle(connection); break;
        case HTTP_REFUSED: refuse_bytes(connection); return;
        }
    }
}

static void take_ticket(struct connection *connection, struct str payload)
{
    struct web *web = connection->state;
    struct message_login_answer told;
    connection->waiting = 0;
    if (message_take(MESSAGE_LOGIN_ANSWER, payload, &told) != OK || told.status == BUSY) {
        answer_refusal(connection, 503, BUSY, T_none);
        return;
    }
    if (told.status == OK)
        web->ticket = front_keep(told.ticket);
    ask_owner(connection);
}

static void take_answer(struct connection *connection, struct front_answer *from)
{
    struct message_web_answer told;
    connection->waiting = 0;
    if (message_take(MESSAGE_WEB_ANSWER, from->payload, &told) != OK || told.code < 100 || told.code > 599) {
        answer_refusal(connection, 500, BUG, T_none);
        return;
    }
    struct web_response response = {.code = (int)told.code, .content_type = told.content_type,
                                    .location = told.location, .file_name = told.file_name, .policy = told.policy,
                                    .set_cookie = told.set_cookie, .is_cacheable = told.is_cacheable};
    bool is_inline = !str_is_absent(told.body);
    answer(connection, &response, told.body, is_inline ? -1 : from->fd,
           is_inline ? (int64_t)told.body.len : told.size);
}

static void on_answer(struct connection *connection, struct front_answer *from)
{
    struct web *web = connection->state;
    if (connection->waiting == 0 || from->town != web->asked)
        return;
    if (web->asks_cookie && from->kind == MESSAGE_LOGIN_ANSWER)
        take_ticket(connection, from->payload);
    else if (!web->asks_cookie && from->kind == MESSAGE_WEB_ANSWER)
        take_answer(connection, from);
}

static void lost(struct connection *connection, int town)
{
    struct web *web = connection->state;
    if (connection->waiting == 0 || web->asked != town)
        return;
    connection->waiting = 0;
    answer_refusal(connection, 503, BUSY, T_none);
}

static void late(struct connection *connection)
{
    struct web *web = connection->state;
    web->request.is_keep_alive = false;
    if (connection->waiting > 0) {
        connection->waiting = 0;
        answer_refusal(connection, 503, BUSY, T_none);
    } else if (!http_request_is_idle(&web->request)) {
        answer_refusal(connection, 408, INVALID, T_web_slow);
    }
}

static void end(struct connection *connection)
{
    struct web *web = connection->state;
    http_request_finish(&web->request);
    spool_finish(&web->body);
    front_drop(&web->ticket);
    free(web);
}

const struct front_calls front_web_calls = {
    .begin = begin, .input = input, .answer = on_answer, .lost = lost, .late = late, .end = end};
