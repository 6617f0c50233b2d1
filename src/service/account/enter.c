#include "core/auth_entry.h"
#include "core/place.h"
#include "service/account/account.h"
#include "service/account/enter_html.h"
#include "service/account/entrance_html.h"
#include "service/account/lang.h"

/* "beauval.localhost:8080" where this page was asked as "syndicat.localhost:8080"; else the town's own host name. */
static void address_of(struct ctx *ctx, const struct web_request *request, const struct auth_way *way,
                       struct enter_view *view)
{
    struct str host = request->host, local = str_format(ctx->arena, "%.*s.localhost", STR_ARG(ctx->place->name));
    size_t colon = str_find_byte_last(host, ':');
    struct str name = colon != SIZE_MAX ? str_slice(host, 0, colon) : host;
    uint64_t port = 0;
    bool is_desk = str_eq_nocase(name, local) || way->host.len == 0;
    if (colon == SIZE_MAX || str_to_u64(str_after(host, colon + 1), UINT16_MAX, &port) != OK)
        port = request->is_secure ? 443 : 80;
    view->host = is_desk ? str_format(ctx->arena, "%.*s.localhost", STR_ARG(way->name)) : way->host;
    view->port = str_format(ctx->arena, "%u", (unsigned)port);
    view->is_secure = request->is_secure;
}

/* At the member that runs the house: the operator asks for a way into a town. */
enum status account_enter(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct auth_way way;
    struct str member = web_value(request, "member");
    if (str_is_absent(member) || ctx->auth->enter == NULL)
        return NOT_FOUND;
    TRY(ctx->auth->enter(ctx, member, &way));
    struct enter_view view = {.title = way.title, .code = way.code,
                              .back = str_format(ctx->arena, "/operate/members/%.*s", STR_ARG(way.name))};
    address_of(ctx, request, &way, &view);
    struct page_head head = {.title = text_of(ctx->language, T_account_enter_title), .menu = "/operate"};
    page_begin(&page, ctx, request, response);
    enter_html(&page.html, &view);
    return page_end(&page, &head);
}

/* In the town: what the link leads to. Nothing has happened yet. */
enum status account_entrance_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct auth_entry entry;
    struct str code = web_value(request, "code");
    enum status found = auth_entry_get(ctx, code, &entry);
    if (found == GONE)
        return refuse(ctx, GONE, "mandate.entry", T_mandate_entry);
    TRY(found);
    struct entrance_view view = {.town = ctx->place->title, .code = code, .form_token = request->form_token,
                                 .operator_address = entry.operator_address, .mandate = entry.mandate,
                                 .until = page_moment(ctx, entry.ends)};
    struct page_head head = {.title = text_of(ctx->language, T_account_enter_title), .tone = PAGE_RESIDENT};
    page_begin(&page, ctx, request, response);
    entrance_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status account_entrance(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct auth_answer answer;
    struct auth_try from = {.door = AUTH_WEB, .address = STR(""), .password = STR(""), .remote = request->remote,
                            .device = request->device};
    enum status done = auth_entry_use(ctx, web_value(request, "code"), &from, &answer);
    if (done == GONE)
        return refuse(ctx, GONE, "mandate.entry", T_mandate_entry);
    TRY(done);
    response->set_cookie = answer.token;
    return web_redirect(ctx, response, "/");
}
