#include "core/audit.h"
#include "core/house_ask.h"
#include "core/place.h"
#include "core/setting.h"
#include "service/people/lang.h"
#include "service/people/people.h"
#include "service/people/people_services_html.h"

enum { SERVICES_MAX = 64 };

static struct str day_of(struct ctx *ctx, const struct house_service *service)
{
    struct str day = page_day(ctx, (struct instant){service->is_on ? service->since_ms : service->until_ms});
    struct text_arg arg = TEXT_ARG("day", day);
    enum text_key key = service->is_on ? T_people_service_since : T_people_service_until;
    return text_with(ctx->arena, ctx->language, key, &arg, 1);
}

static enum status fill(struct ctx *ctx, struct str rest, struct people_services_view *view)
{
    struct house_member member;
    struct house_service line;
    enum status took;
    view->services = arena_array(ctx->arena, struct people_services_service, SERVICES_MAX);
    if (view->services == NULL)
        return LIMIT;
    TRY(house_line_take(ctx->arena, &rest, &house_member_shape, &member));
    while ((took = house_line_take(ctx->arena, &rest, &house_service_shape, &line)) == OK &&
           view->service_count < SERVICES_MAX) {
        const struct service *service = service_find(service_all, line.name, NULL);
        bool has_day = line.since_ms != 0;
        if (service == NULL)
            continue;
        view->services[view->service_count++] = (struct people_services_service){
            .title = text_of(ctx->language, service->title), .name = line.name,
            .summary = text_of(ctx->language, service->summary), .is_on = line.is_on, .has_day = has_day,
            .day = has_day ? day_of(ctx, &line) : STR("")};
    }
    return took == NOT_FOUND ? OK : took;
}

enum status people_services_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct people_services_view view = {.tabs = {.on_services = true}, .form_token = request->form_token,
                                        .is_saved = web_has(request, "saved")};
    struct web_house ask = {.kind = HOUSE_MEMBER, .member = ctx->place->name, .words = STR("")};
    TRY(web_house_ask(ctx, request, response, ask));
    TRY(fill(ctx, request->house->lines, &view));
    TRY(setting_mail_password(ctx, &view.is_mail_password));
    struct page_head head = people_head(ctx, T_people_tab_services);
    page_begin(&page, ctx, request, response);
    people_services_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_service_set(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    bool is_on = str_eq(web_value(request, "turn"), STR("on"));
    struct str service = web_value(request, "service");
    if (str_is_absent(service) || (!is_on && !str_eq(web_value(request, "turn"), STR("off"))))
        return INVALID;
    struct web_house ask = {.kind = HOUSE_OPT, .member = ctx->place->name,
                            .words = str_format(ctx->arena, "%s %.*s", is_on ? "on" : "off", STR_ARG(service))};
    TRY(web_house_ask(ctx, request, response, ask));
    TRY(audit_add(ctx, is_on ? "service.on" : "service.off", service, STR("")));
    return web_redirect(ctx, response, "/people/services?saved");
}

enum status people_mail_password_set(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str word = web_value(request, "allowed");
    if (!str_eq(word, STR("yes")) && !str_eq(word, STR("no")))
        return INVALID;
    TRY(setting_set_mail_password(ctx, str_eq(word, STR("yes"))));
    return web_redirect(ctx, response, "/people/services?saved");
}
