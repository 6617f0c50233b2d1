/* Where the menu leads: what this person may open. */
#include "service/staff/act/staff_act.h"
#include "service/staff/alert/staff_alert.h"
#include "service/staff/page/staff_home_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

enum status staff_home_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    unsigned held;
    TRY(staff_right_held(ctx, &held));
    struct staff_home_view view = {.may_read = (held & STAFF_MAY_READ) != 0,
                                   .may_edit = (held & STAFF_MAY_EDIT) != 0,
                                   .may_total = (held & (STAFF_MAY_READ | STAFF_MAY_TOTAL)) != 0,
                                   .may_give = permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER)};
    if (view.may_read) {
        struct staff_alert *alerts;
        size_t count;
        TRY(staff_alert_list(ctx, ctx_today(ctx), &alerts, &count));
        view.alerts = (int64_t)count;
        TRY(staff_act_drafts(ctx, &view.acts));
    }
    page_begin(&page, ctx, request, response);
    staff_home_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_staff_menu), .menu = "/staff"};
    return page_end(&page, &head);
}
