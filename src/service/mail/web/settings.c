#include "service/mail/web/mail_settings_html.h"
#include "service/mail/lang.h"
#include "service/mail/web/webmail.h"

static enum status fill_choices(struct ctx *ctx, const struct mail_settings *settings, struct mail_settings_view *view)
{
    static const int64_t sizes[] = {25, 50, 100}, waits[] = {0, 5, 10, 30, 60};
    view->sizes = arena_array(ctx->arena, struct mail_settings_size, sizeof sizes / sizeof sizes[0]);
    view->waits = arena_array(ctx->arena, struct mail_settings_wait, sizeof waits / sizeof waits[0]);
    if (view->sizes == NULL || view->waits == NULL)
        return LIMIT;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        view->sizes[view->size_count++] =
            (struct mail_settings_size){.number = sizes[i], .is_chosen = sizes[i] == settings->page_size};
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++)
        view->waits[view->wait_count++] =
            (struct mail_settings_wait){.number = waits[i], .is_chosen = waits[i] == settings->undo_s};
    return OK;
}

enum status webmail_settings_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_settings settings;
    struct page page;
    TRY(mail_settings_get(ctx, &settings));
    struct mail_settings_view view = {.form_token = request->form_token, .signature = settings.signature,
                                      .shows_images = settings.shows_images, .is_saved = web_has(request, "saved")};
    TRY(fill_choices(ctx, &settings, &view));
    TRY(webmail_side(ctx, 0, &view.side));
    struct page_head head = webmail_head(ctx, text_of(ctx->language, T_mail_settings));
    page_begin(&page, ctx, request, response);
    mail_settings_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status webmail_settings_set(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str signature = web_value(request, "signature");
    struct mail_settings settings = {.signature = str_is_absent(signature) ? STR("") : signature,
                                     .page_size = web_int(request, "page_size", 50),
                                     .undo_s = web_int(request, "undo_s", 10),
                                     .shows_images = web_has(request, "images")};
    TRY(mail_settings_set(ctx, &settings));
    return web_redirect(ctx, response, "/mail/settings?saved");
}
