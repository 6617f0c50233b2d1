/* What human resources must not miss, the earliest first. */
#include "service/staff/alert/staff_alert.h"
#include "service/staff/alert/staff_alert_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

static struct str says(struct ctx *ctx, const struct staff_alert *alert)
{
    static const enum text_key keys[STAFF_ALERT_KINDS] = {
        T_staff_alert_step, T_staff_alert_contract, T_staff_alert_trial, T_staff_alert_position,
        T_staff_alert_sick, T_staff_alert_age,      T_staff_alert_child, T_staff_alert_again};
    struct text_arg args[] = {NUMBER_ARG("number", alert->number)};
    return text_with(ctx->arena, ctx->language, keys[alert->kind], args, 1);
}

enum status staff_alert_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct staff_alert *alerts;
    struct date day;
    size_t count;
    TRY(staff_right_need(ctx, STAFF_MAY_READ));
    if (staff_asked_day(request, "day", &day) != OK || day.days == 0)
        day = ctx_today(ctx);
    TRY(staff_alert_list(ctx, day, &alerts, &count));
    struct staff_alert_view view = {.day = staff_iso(ctx, day), .has_alerts = count > 0,
                                    .alerts = arena_array(ctx->arena, struct staff_alert_alert, count + 1)};
    if (view.alerts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view.alerts[view.alert_count++] = (struct staff_alert_alert){
            .says = says(ctx, &alerts[i]),
            .path = staff_path(ctx, alerts[i].agent, ""),
            .code = alerts[i].code,
            .day = staff_day(ctx, alerts[i].day),
            .is_late = alerts[i].day.days < day.days,
            .source = alerts[i].source};
    page_begin(&page, ctx, request, response);
    staff_alert_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_staff_alerts), .menu = "/staff"};
    return page_end(&page, &head);
}
