#include "service/mail/web/webmail.h"

/* Only what a browser can show without running any of it may be shown; the rest is saved. */
static bool is_shown(struct str type)
{
    static const char *const types[] = {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain",
                                        "application/pdf"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_eq_nocase(type, str_of(types[i])))
            return true;
    return false;
}

static enum status answer(struct ctx *ctx, struct web_response *response, const struct mail_part *part,
                          struct str bytes, bool is_saved)
{
    bool is_safe = is_shown(part->type);
    response->content_type = is_safe ? part->type : STR("application/octet-stream");
    if (str_eq_nocase(part->type, STR("text/plain")))
        response->content_type = STR("text/plain; charset=utf-8");
    response->policy = STR("default-src 'none'; sandbox");
    if (is_saved || !is_safe)
        response->file_name = part->file_name.len > 0 ? part->file_name : text_of(ctx->language, T_mail_no_name);
    buf_add(&response->body, bytes);
    return buf_status(&response->body);
}

enum status webmail_part_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_part part;
    struct str bytes;
    int64_t number;
    if (str_to_i64(request->params[1], &number) != OK)
        return NOT_FOUND;
    TRY(mail_part_get(ctx, webmail_number(request->params[0]), number, &part, &bytes));
    return answer(ctx, response, &part, bytes, true);
}

enum status webmail_inline_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_part part;
    struct str bytes;
    int64_t number, message = webmail_number(request->params[0]);
    TRY(mail_part_by_id(ctx, message, request->params[1], &number));
    TRY(mail_part_get(ctx, message, number, &part, &bytes));
    return answer(ctx, response, &part, bytes, false);
}

enum status webmail_source_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str bytes;
    TRY(mail_message_source(ctx, webmail_number(request->params[0]), &bytes));
    response->content_type = STR("message/rfc822");
    response->file_name = STR("message.eml");
    response->policy = STR("default-src 'none'; sandbox");
    buf_add(&response->body, bytes);
    return buf_status(&response->body);
}
