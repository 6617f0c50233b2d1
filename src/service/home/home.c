#include "service/home/home.h"

#include "core/page.h"
#include "core/place.h"
#include "service/home/accessibility_html.h"
#include "service/home/data_html.h"
#include "service/home/lang.h"
#include "service/home/map_html.h"
#include "service/home/source_html.h"

static enum status show_home(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct service_menu menu[SERVICE_MENU_MAX];
    (void)request;
    if (ctx->actor.rights == 0)
        return web_redirect(ctx, response, "/sign-in");
    size_t count = service_menu(ctx, service_all, ctx->place->services_on, menu);
    return web_redirect(ctx, response, "%s", count > 0 ? menu[0].entry->path : "/map");
}

static enum status show_map(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct service_menu menu[SERVICE_MENU_MAX];
    struct page page;
    struct page_head head = {.title = text_of(ctx->language, T_home_map), .tone = PAGE_RESIDENT};
    size_t count = service_menu(ctx, service_all, ctx->place->services_on, menu);
    struct map_view view = {.is_signed_in = ctx->actor.rights != 0,
                            .entries = arena_array(ctx->arena, struct map_entry, count + 1)};
    if (view.entries == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view.entries[view.entry_count++] = (struct map_entry){
            .path = str_of(menu[i].entry->path), .label = text_of(ctx->language, menu[i].entry->label),
            .summary = text_of(ctx->language, menu[i].service->summary), .icon = menu[i].entry->icon};
    page_begin(&page, ctx, request, response);
    map_html(&page.html, &view);
    return page_end(&page, &head);
}

static enum status show_accessibility(struct ctx *ctx, const struct web_request *request,
                                      struct web_response *response)
{
    struct page page;
    struct page_head head = {.title = text_of(ctx->language, T_home_accessibility), .tone = PAGE_RESIDENT};
    page_begin(&page, ctx, request, response);
    struct accessibility_view view = {.town = ctx->place->title};
    accessibility_html(&page.html, &view);
    return page_end(&page, &head);
}

static enum status show_data(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct page_head head = {.title = text_of(ctx->language, T_home_data), .tone = PAGE_RESIDENT};
    page_begin(&page, ctx, request, response);
    struct data_view view = {.town = ctx->place->title};
    data_html(&page.html, &view);
    return page_end(&page, &head);
}

static enum status show_source(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct page_head head = {.title = text_of(ctx->language, T_home_source), .tone = PAGE_RESIDENT};
    page_begin(&page, ctx, request, response);
    struct source_view view = {.version = STR(PARVIS_VERSION)};
    source_html(&page.html, &view);
    return page_end(&page, &head);
}

/* For crawlers (RFC 9309). Nothing is disallowed: a page that is not to be kept says so itself (noindex), and a crawler
 * that may not read it would not know. */
static enum status show_robots(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    (void)ctx;
    (void)request;
    response->content_type = STR("text/plain; charset=utf-8");
    buf_add_literal(&response->body, "User-agent: *\nAllow: /\n");
    return buf_status(&response->body);
}

static const struct web_route routes[] = {
    {WEB_GET, "/", PERMISSION_NONE, true, show_home},
    {WEB_GET, "/robots.txt", PERMISSION_NONE, true, show_robots},
    {WEB_GET, "/map", PERMISSION_NONE, true, show_map},
    {WEB_GET, "/accessibility", PERMISSION_NONE, true, show_accessibility},
    {WEB_GET, "/data", PERMISSION_NONE, true, show_data},
    {WEB_GET, "/help", PERMISSION_NONE, true, home_help_show},
    {WEB_GET, "/help/{service}", PERMISSION_NONE, true, home_help_one_show},
    {WEB_GET, "/source", PERMISSION_NONE, true, show_source},
};

const struct service home_service = {
    .name = "home",
    .title = T_home_title,
    .summary = T_home_summary,
    .is_always_on = true,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
};
