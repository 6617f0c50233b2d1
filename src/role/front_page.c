#include "role/front_page.h"

#include "asset.h"
#include "core/page.h"
#include "core/place.h"
#include "os/clock.h"
#include "web/chooser_html.h"

enum { PAGE_ARENA = 4 << 20, PAGE_MAX = 200 << 10 };

static void begin(struct front_page *page)
{
    *page = (struct front_page){.arena = arena_create(PAGE_ARENA)};
    page->response = (struct web_response){
        .code = 200, .content_type = STR("text/html; charset=utf-8"), .body = BUF_INIT(PAGE_MAX)};
}

void front_page_finish(struct front_page *page)
{
    buf_finish(&page->response.body);
    arena_destroy(&page->arena);
}

static struct ctx ctx_of(struct front_page *page, const struct front_page_ask *ask)
{
    const struct http_request *request = ask->request;
    const struct front_peer *peer = ask->town >= 0 ? ask->front->peers[ask->town] : NULL;
    struct place *place = peer != NULL ? arena_new(page->arena, struct place) : NULL;
    if (place != NULL)
        *place = (struct place){.member = peer->member, .name = peer->name, .title = peer->title, .kind = peer->kind,
                                .language = STR("fr"), .zone = STR(""), .desk = STR(""), .phone = STR(""),
                                .hours = STR("")};
    return (struct ctx){.arena = page->arena,
                        .place = place,
                        .actor = {.address = STR(""), .name = STR("")},
                        .language = web_language(web_asked_language(request->query), request->accept_language,
                                                 STR("fr")),
                        .now = clock_now(),
                        .trace = ask->trace};
}

static struct web_request request_of(const struct http_request *request)
{
    bool has_path = request->path.len > 0 && request->path.at[0] == '/' && request->method == HTTP_GET;
    return (struct web_request){
        .path = has_path ? request->path : STR("/"), .query = STR(""), .form_token = STR(""), .remote = STR("")};
}

/* ---- hosts ---- */

static bool has_line(struct str lines, struct str wanted)
{
    while (!str_is_absent(lines))
        if (str_eq_nocase(str_cut(&lines, '\n'), wanted))
            return true;
    return false;
}

static bool is_local_name(struct str host, struct str name)
{
    return host.len == name.len + sizeof ".localhost" - 1 && str_starts_nocase(host, name) &&
           str_ends_nocase(host, STR(".localhost"));
}

/* An address instead of a name is the bare host too: "127.0.0.1", "[::1]". */
static bool is_address(struct str host)
{
    bool is_digits = true;
    for (size_t i = 0; i < host.len; i++)
        is_digits &= ascii_is_digit(host.at[i]) || host.at[i] == '.';
    return is_digits || host.at[0] == '[';
}

int front_page_host(const struct front *front, const struct http_request *request)
{
    struct str host = request->host.name;
    if (host.len == 0)
        return FRONT_NOWHERE;
    for (size_t i = 0; i < front->peer_count; i++)
        if (has_line(front->peers[i]->hosts, host) || is_local_name(host, front->peers[i]->name))
            return (int)i;
    bool is_bare = is_address(host) || str_eq_nocase(host, STR("localhost")) || str_eq_nocase(host, front->hostname);
    return is_bare ? FRONT_CHOOSER : FRONT_NOWHERE;
}

/* ---- pages ---- */

/* On the machine itself by NAME.localhost, which needs no name server; else by the member's own host name. */
static struct chooser_town town_of(struct ctx *ctx, const struct front_peer *peer, const struct http_request *request)
{
    struct str hosts = peer->hosts, host = request->host.name;
    bool is_desk = is_address(host) || str_eq_nocase(host, STR("localhost"));
    struct str local = str_format(ctx->arena, "%.*s.localhost", STR_ARG(peer->name));
    uint16_t port = request->host.port;
    return (struct chooser_town){.host = is_desk || hosts.len == 0 ? local : str_cut(&hosts, '\n'),
                                 .has_port = port != 0,
                                 .port = port,
                                 .kind = page_kind(ctx, peer->kind),
                                 .title = peer->title};
}

static enum status lay_out(struct ctx *ctx, struct front_page *page, const struct front_page_ask *ask)
{
    struct page shown;
    const struct front *front = ask->front;
    struct web_request asked = request_of(ask->request);
    struct chooser_view view = {.is_empty = front->peer_count == 0, .town_count = front->peer_count};
    view.towns = arena_array(page->arena, struct chooser_town, front->peer_count + 1);
    if (view.towns == NULL)
        return LIMIT;
    for (size_t i = 0; i < front->peer_count; i++)
        view.towns[i] = town_of(ctx, front->peers[i], ask->request);
    page_begin(&shown, ctx, &asked, &page->response);
    chooser_html(&shown.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_chooser_title), .tone = PAGE_RESIDENT};
    return page_end(&shown, &head);
}

static void refuse_in(struct front_page *page, const struct front_page_ask *ask, struct ctx *ctx, enum status status)
{
    struct web_request asked = request_of(ask->request);
    page_refusal(ctx, &asked, &page->response, status);
}

void front_page_chooser(struct front_page *page, const struct front_page_ask *ask)
{
    begin(page);
    struct ctx ctx = ctx_of(page, ask);
    enum status done = str_eq(ask->request->path, STR("/")) ? lay_out(&ctx, page, ask) : NOT_FOUND;
    if (done != OK)
        refuse_in(page, ask, &ctx, done);
}

void front_page_refusal(struct front_page *page, const struct front_page_ask *ask, enum status status,
                        enum text_key sentence)
{
    begin(page);
    struct ctx ctx = ctx_of(page, ask);
    ctx.failure.sentence = sentence;
    refuse_in(page, ask, &ctx, status);
}

bool front_page_asset(struct front_page *page, const struct front_page_ask *ask)
{
    struct str path = ask->request->path;
    if (!str_starts(path, STR("/asset/")))
        return false;
    const struct asset *asset = asset_find(str_after(path, str_find_byte_last(path, '/') + 1));
    if (asset == NULL || !str_eq(path, str_of(asset->path))) {
        front_page_refusal(page, ask, NOT_FOUND, T_none);
        return true;
    }
    begin(page);
    page->response.content_type = str_of(asset->type);
    page->response.is_cacheable = true;
    page->response.body.max = asset->bytes.len + 1;
    buf_add(&page->response.body, asset->bytes);
    return true;
}
