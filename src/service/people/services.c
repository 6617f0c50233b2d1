#include "core/setting.h"
#include "service/people/people.h"
#include "service/people/people_services_html.h"

enum status people_services_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct people_services_view view = {.tabs = {.on_services = true}, .form_token = request->form_token,
                                        .is_saved = web_has(request, "saved")};
    TRY(setting_mail_password(ctx, &view.is_mail_password));
    struct page_head head = people_head(ctx, T_people_tab_services);
    page_begin(&page, ctx, request, response);
    people_services_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_mail_password_set(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str word = web_value(request, "allowed");
    if (!str_eq(word, STR("yes")) && !str_eq(word, STR("no")))
        return INVALID;
    TRY(setting_set_mail_password(ctx, str_eq(word, STR("yes"))));
    return web_redirect(ctx, response, "/people/services?saved");
}
