/* What the town decides for all its agents: zone of residence, days of reduced working time. */
#include "service/staff/month/staff_month.h"
#include "service/staff/page/staff_setting_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct str error)
{
    struct page page;
    struct staff_rtt rtt;
    int32_t zone;
    TRY(staff_month_zone(ctx, &zone));
    TRY(staff_month_rtt(ctx, &rtt));
    struct staff_setting_view view = {.form_token = request->form_token,
                                      .is_saved = web_has(request, "saved") && error.len == 0,
                                      .has_error = error.len > 0,
                                      .error = error,
                                      .zone = zone,
                                      .rtt = rtt.days,
                                      .deliberation = rtt.deliberation};
    struct page_head head = {.title = text_of(ctx->language, T_staff_settings), .menu = "/staff",
                             .is_error = view.has_error};
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_setting_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status staff_setting_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    return show(ctx, request, response, STR(""));
}

enum status staff_setting_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    int64_t zone = web_int(request, "zone", 0);
    struct str deliberation = str_trim(web_text(request, "deliberation"));
    enum status done = staff_month_check_zone(ctx, zone);
    if (done == OK)
        done = staff_month_set_rtt(ctx, web_int(request, "rtt", -1), deliberation);
    if (done == INVALID)
        return show(ctx, request, response, text_of(ctx->language, ctx->failure.sentence));
    TRY(done);
    TRY(staff_month_set_zone(ctx, zone));
    return web_redirect(ctx, response, "/staff/settings?saved=1");
}
