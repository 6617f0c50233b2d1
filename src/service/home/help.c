/* Help printed from the services' descriptors: what is here is what the program does, and nothing else is written
 * down. */
#include "core/page.h"
#include "core/place.h"
#include "service/home/help_html.h"
#include "service/home/help_one_html.h"
#include "service/home/home.h"
#include "service/home/lang.h"

enum { MINUTE_MS = 60 * 1000, SERVICES_SHOWN_MAX = 64 };

static bool is_off(const struct ctx *ctx, const struct service *service)
{
    return !service_is_on(service_all, service, ctx->place->services_on);
}

enum status home_help_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct help_view view = {.town = ctx->place->title,
                             .services = arena_array(ctx->arena, struct help_service, SERVICES_SHOWN_MAX)};
    if (view.services == NULL)
        return LIMIT;
    for (size_t i = 0; i < SERVICES_SHOWN_MAX && service_all[i] != NULL; i++)
        view.services[view.service_count++] = (struct help_service){
            .title = text_of(ctx->language, service_all[i]->title),
            .summary = text_of(ctx->language, service_all[i]->summary), .is_off = is_off(ctx, service_all[i]),
            .path = str_format(ctx->arena, "/help/%s", service_all[i]->name)};
    struct page_head head = {.title = text_of(ctx->language, T_home_help), .tone = PAGE_RESIDENT};
    page_begin(&page, ctx, request, response);
    help_html(&page.html, &view);
    return page_end(&page, &head);
}

static struct str who_may(struct ctx *ctx, enum permission permission)
{
    enum text_key words = permission == PERMISSION_NONE         ? T_home_help_anybody
                          : permission == PERMISSION_ADMINISTER ? T_home_help_administrators
                          : permission == PERMISSION_OPERATE    ? T_home_help_operators
                                                                : T_home_help_signed_in;
    return text_of(ctx->language, words);
}

static enum status fill_menu(struct ctx *ctx, const struct service *service, struct help_one_view *view)
{
    view->entries = arena_array(ctx->arena, struct help_one_entry, service->menu_count + 1);
    if (view->entries == NULL)
        return LIMIT;
    for (size_t i = 0; i < service->menu_count && !view->is_off; i++)
        if (permission_allows(ctx->actor.rights, service->menu[i].permission))
            view->entries[view->entry_count++] = (struct help_one_entry){
                .path = str_of(service->menu[i].path), .label = text_of(ctx->language, service->menu[i].label),
                .icon = service->menu[i].icon};
    view->has_menu = view->entry_count > 0;
    return OK;
}

static enum status fill_routes(struct ctx *ctx, const struct service *service, struct help_one_view *view)
{
    view->routes = arena_array(ctx->arena, struct help_one_route, service->route_count + 1);
    if (view->routes == NULL)
        return LIMIT;
    for (size_t i = 0; i < service->route_count; i++) {
        const struct web_route *route = &service->routes[i];
        view->routes[view->route_count++] = (struct help_one_route){
            .pattern = str_of(route->pattern), .is_act = route->method == WEB_POST,
            .who = who_may(ctx, route->permission),
            .is_yours = !view->is_off && permission_allows(ctx->actor.rights, route->permission)};
    }
    view->has_routes = view->route_count > 0;
    return OK;
}

static enum status fill_verbs(struct ctx *ctx, const struct service *service, struct help_one_view *view)
{
    view->verbs = arena_array(ctx->arena, struct help_one_verb, service->verb_count + 1);
    view->jobs = arena_array(ctx->arena, struct help_one_job, service->job_count + 1);
    if (view->verbs == NULL || view->jobs == NULL)
        return LIMIT;
    for (size_t i = 0; i < service->verb_count; i++)
        view->verbs[view->verb_count++] = (struct help_one_verb){
            .words = str_of(service->verbs[i].words), .usage = str_of(service->verbs[i].usage),
            .what = text_of(ctx->language, service->verbs[i].help)};
    for (size_t i = 0; i < service->job_count; i++)
        view->jobs[view->job_count++] = (struct help_one_job){
            .name = str_of(service->jobs[i].name),
            .minutes = (service->jobs[i].interval_ms + MINUTE_MS - 1) / MINUTE_MS};
    view->has_verbs = view->verb_count > 0;
    view->has_jobs = view->job_count > 0;
    return OK;
}

static enum status fill_rest(struct ctx *ctx, const struct service *service, struct help_one_view *view)
{
    view->files = arena_array(ctx->arena, struct help_one_file, EXPORT_FILES_MAX);
    view->needs = arena_array(ctx->arena, struct help_one_need, SERVICES_SHOWN_MAX);
    if (view->files == NULL || view->needs == NULL)
        return LIMIT;
    for (size_t i = 0; i < service->export_count; i++)
        for (size_t f = 0; f < service->exports[i].count && view->file_count < EXPORT_FILES_MAX; f++)
            view->files[view->file_count++].name = str_of(service->exports[i].files[f].name);
    for (size_t i = 0; service->needs != NULL && service->needs[i] != NULL && i < SERVICES_SHOWN_MAX; i++) {
        const struct service *other = service_find(service_all, str_of(service->needs[i]), NULL);
        if (other != NULL)
            view->needs[view->need_count++].title = text_of(ctx->language, other->title);
    }
    view->has_files = view->file_count > 0;
    view->has_needs = view->need_count > 0;
    return OK;
}

enum status home_help_one_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    const struct service *service = service_find(service_all, request->params[0], NULL);
    if (service == NULL)
        return NOT_FOUND;
    struct help_one_view view = {.title = text_of(ctx->language, service->title),
                                 .summary = text_of(ctx->language, service->summary), .is_off = is_off(ctx, service),
                                 .folder = str_format(ctx->arena, "src/service/%s", service->name)};
    TRY(fill_menu(ctx, service, &view));
    TRY(fill_routes(ctx, service, &view));
    TRY(fill_verbs(ctx, service, &view));
    TRY(fill_rest(ctx, service, &view));
    struct page_head head = {.title = view.title};
    page_begin(&page, ctx, request, response);
    help_one_html(&page.html, &view);
    return page_end(&page, &head);
}
