#include "core/web.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>

#include "core/page.h"
#include "core/place.h"
#include "core/web_table.h"
#include "proto/http/http_form.h"

enum { LOCATION_MAX = 2000 };

struct str web_value(const struct web_request *request, const char *name)
{
    struct str wanted = str_of(name);
    for (size_t i = 0; request->fields != NULL && i < request->fields->count; i++)
        if (str_eq(request->fields->at[i].name, wanted))
            return request->fields->at[i].value;
    return STR_NONE;
}

struct str web_text(const struct web_request *request, const char *name)
{
    struct str value = web_value(request, name);
    return str_is_absent(value) ? STR("") : value;
}

int64_t web_int(const struct web_request *request, const char *name, int64_t otherwise)
{
    int64_t value;
    return str_to_i64(web_value(request, name), &value) == OK ? value : otherwise;
}

bool web_has(const struct web_request *request, const char *name)
{
    return !str_is_absent(web_value(request, name));
}

bool web_hash_ask(const struct web_request *request, struct web_response *response, size_t index, struct web_hash wish)
{
    REQUIRE(index < WEB_HASHES_MAX && index <= response->hash_count);
    if (index == response->hash_count)
        response->hashes[response->hash_count++] = wish;
    return index < request->hash_count;
}

enum status web_house_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          struct web_house ask)
{
    if (request->house == NULL) {
        response->house = ask;
        response->house.actor = ctx->actor.address;
        response->asks_house = true;
        return BUSY;
    }
    if (request->house->status != OK && request->house->sentence != T_none)
        return refuse(ctx, request->house->status, "house.refused", request->house->sentence);
    return request->house->status;
}

void web_convert_ask(struct web_response *response, struct str document, int64_t row, conversion_take *take)
{
    REQUIRE(document.len > 0 && document.len <= WORDING_DOCUMENT_MAX && take != NULL);
    response->convert = (struct web_convert){document, CONVERSION_WORDS, row, take};
}

void web_invoice_ask(struct web_response *response, struct str document, int64_t row, conversion_take *take)
{
    web_convert_ask(response, document, row, take);
    response->convert.kind = CONVERSION_INVOICE;
}

enum status web_redirect(struct ctx *ctx, struct web_response *response, const char *format, ...)
{
    char text[LOCATION_MAX];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0 || length >= LOCATION_MAX)
        return LIMIT;
    struct str local = web_local_path((struct str){text, (size_t)length}, STR("/"));
    response->code = 303;
    response->location = str_copy(ctx->arena, local);
    buf_clear(&response->body);
    return str_is_absent(response->location) ? LIMIT : OK;
}

/* "//host" and "/\host" are other hosts to a browser (WHATWG URL, "special authority slashes"), and tabs and line ends
 * inside are dropped by it before it looks. */
struct str web_local_path(struct str path, struct str otherwise)
{
    if (path.len == 0 || path.len > LOCATION_MAX || path.at[0] != '/')
        return otherwise;
    if (path.len > 1 && (path.at[1] == '/' || path.at[1] == '\\'))
        return otherwise;
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.at[i] <= ' ' || path.at[i] == 0x7f || path.at[i] == '\\')
            return otherwise;
    return path;
}

int web_code(enum status status)
{
    static const int codes[] = {
        [OK] = 200,   [INVALID] = 422, [NOT_FOUND] = 404, [DENIED] = 403,  [CONFLICT] = 409, [LIMIT] = 413,
        [BUSY] = 503, [GONE] = 410,    [CORRUPT] = 500,   [OUTSIDE] = 503, [BUG] = 500,
    };
    return status <= BUG ? codes[status] : 500;
}

/* One of the first `among` languages. */
static bool language_of(struct str tag, enum language among, enum language *ret_language)
{
    struct str primary = str_cut(&tag, '-');
    for (int i = 0; i < (int)among; i++) {
        if (!str_eq_nocase(primary, str_of(lang_codes[i])))
            continue;
        *ret_language = (enum language)i;
        return true;
    }
    return false;
}

/* Thousandths; 1000 without a weight, 0 when it cannot be read. */
static int weight_of(struct str parameters)
{
    struct str text = str_trim(parameters);
    if (str_is_absent(parameters))
        return 1000;
    if (!str_starts_nocase(text, STR("q=")) || text.len < 3 || text.len > 7)
        return 0;
    int weight = 0, unit = 1000;
    for (size_t i = 2; i < text.len; i++) {
        if (i == 3 ? text.at[i] != '.' : !ascii_is_digit(text.at[i]))
            return 0;
        if (i == 3)
            continue;
        weight += (text.at[i] - '0') * unit;
        unit /= 10;
    }
    return weight;
}

/* What the reader likes best (RFC 9110 section 12.5.4). */
static bool liked_language(struct str accept_language, enum language among, enum language *ret_language)
{
    enum language language;
    int best_weight = 0;
    struct str rest = accept_language;
    for (int i = 0; i < 20 && !str_is_absent(rest); i++) {
        struct str parameters = str_cut(&rest, ',');
        struct str tag = str_trim(str_cut(&parameters, ';'));
        int weight = weight_of(parameters);
        if (weight > best_weight && language_of(tag, among, &language)) {
            *ret_language = language;
            best_weight = weight;
        }
    }
    return best_weight > 0;
}

enum language web_language(struct str person, struct str accept_language, struct str town)
{
    enum language best = LANGUAGE_FR;
    if (!language_of(person, LANGUAGE_WHOLE, &best) && !liked_language(accept_language, LANGUAGE_WHOLE, &best))
        (void)language_of(town, LANGUAGE_WHOLE, &best);
    return best;
}

struct str web_asked_language(struct str query)
{
    struct str rest = query;
    enum language language;
    while (!str_is_absent(rest)) {
        struct str value = str_cut(&rest, '&'), name = str_cut(&value, '=');
        if (str_eq(name, STR("language")) && language_of(value, LANGUAGE_COUNT, &language))
            return str_of(lang_codes[language]);
    }
    return STR("");
}

struct str web_go_on(struct ctx *ctx, const struct web_request *request, struct str path)
{
    enum language language, among = request->is_in_every_language ? LANGUAGE_COUNT : LANGUAGE_WHOLE;
    if (str_is_absent(path) || !language_of(web_asked_language(request->query), among, &language))
        return path;
    size_t end = str_find_byte(path, '#');
    struct str before = str_slice(path, 0, end), anchor = str_after(path, before.len);
    return str_format(ctx->arena, "%.*s%clanguage=%s%.*s", STR_ARG(before),
                      str_find_byte(before, '?') == SIZE_MAX ? '?' : '&', lang_codes[language], STR_ARG(anchor));
}

/* On a page that speaks every language, to somebody who has no account to choose one in. */
static enum language guest_language(const struct ctx *ctx, const struct web_request *request)
{
    enum language language = ctx->language;
    if (ctx->actor.person == 0 && !language_of(web_asked_language(request->query), LANGUAGE_COUNT, &language))
        (void)liked_language(request->accept_language, LANGUAGE_COUNT, &language);
    return language;
}

/* ---- dispatch ---- */

/* A form of a session carries the session's token. Where nobody is signed in there is no session to ride on; that the
 * form came from this host is front's to check (Sec-Fetch-Site, Origin). */
static bool is_token_right(const struct web_request *request)
{
    struct str given = web_value(request, "form_token"), kept = request->form_token;
    return kept.len > 0 && given.len == kept.len && sodium_memcmp(given.at, kept.at, kept.len) == 0;
}

static enum status read_fields(struct ctx *ctx, struct web_request *request)
{
    struct http_fields *fields = arena_new(ctx->arena, struct http_fields);
    if (fields == NULL)
        return LIMIT;
    if (request->method == WEB_POST && request->body.len > WEB_BODY_MAX)
        return LIMIT;
    if (request->method == WEB_POST)
        TRY(http_form_body(ctx->arena, request->content_type, request->body, fields));
    else
        TRY(http_form_urlencoded(ctx->arena, request->query, fields));
    request->fields = fields;
    return OK;
}

/* Nobody signed in is sent to sign in and brought back; a form they filled is refused in words. */
static enum status check_permission(struct ctx *ctx, const struct web_request *request, enum permission asked,
                                    struct web_response *response, bool *ret_is_answered)
{
    if (permission_allows(ctx->actor.rights, asked))
        return OK;
    if (ctx->actor.rights != PERMISSION_NONE || request->method == WEB_POST)
        return refuse(ctx, DENIED, "web.denied", T_web_denied);
    struct str back = web_local_path(request->path, STR("/"));
    bool is_plain = back.len < LOCATION_MAX / 2 && str_find_byte(back, '%') == SIZE_MAX &&
                    str_find_byte(back, '&') == SIZE_MAX && str_find_byte(back, '#') == SIZE_MAX;
    *ret_is_answered = true;
    return web_redirect(ctx, response, "/sign-in?next=%.*s", STR_ARG(is_plain ? back : STR("/")));
}

static enum status run_route(struct ctx *ctx, const struct web_table *table, struct web_request *request,
                             struct web_response *response)
{
    const struct web_route *route;
    const struct service *service;
    bool is_answered = false;
    TRY(web_table_find(table, request->method, request->path, request->params, &route, &service));
    if (!service_is_on(service_all, service, ctx->place != NULL ? ctx->place->services_on : 0))
        return NOT_FOUND;
    TRY(check_permission(ctx, request, route->permission, response, &is_answered));
    if (is_answered)
        return OK;
    request->is_in_every_language = route->open == WEB_OPEN_IN_ALL;
    if (request->is_in_every_language)
        ctx->language = guest_language(ctx, request);
    TRY(read_fields(ctx, request));
    if (request->method == WEB_POST && ctx->actor.session != 0 && !is_token_right(request))
        return refuse(ctx, DENIED, "web.forged", T_web_forged);
    return route->handler(ctx, request, response);
}

enum status web_dispatch(struct ctx *ctx, const struct web_table *table, struct web_request *request,
                         struct web_response *response)
{
    response->code = 200;
    response->content_type = STR("text/html; charset=utf-8");
    enum status done = run_route(ctx, table, request, response);
    if (done == OK && buf_status(&response->body) != OK)
        done = LIMIT;
    if (done != OK && !response->asks_house)
        page_refusal(ctx, request, response, done);
    return done;
}
