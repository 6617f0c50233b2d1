#include "service/mail/web/webmail.h"

#include "service/mail/lang.h"

struct str webmail_part_kind(struct ctx *ctx, struct str type, struct str file_name)
{
    static const struct {
        const char *begin; /* of the type */
        enum text_key word;
    } kinds[] = {{"application/pdf", T_mail_kind_pdf}, {"image/", T_mail_kind_image}, {"audio/", T_mail_kind_sound},
                 {"video/", T_mail_kind_film}, {"text/csv", T_mail_kind_table}, {"text/calendar", T_mail_kind_event},
                 {"text/html", T_mail_kind_page}, {"text/", T_mail_kind_text}, {"message/", T_mail_kind_message},
                 {"application/vnd.oasis.opendocument.text", T_mail_kind_text},
                 {"application/vnd.oasis.opendocument.spreadsheet", T_mail_kind_table},
                 {"application/vnd.oasis.opendocument.presentation", T_mail_kind_slides},
                 {"application/vnd.openxmlformats-officedocument.wordprocessingml", T_mail_kind_text},
                 {"application/vnd.openxmlformats-officedocument.spreadsheetml", T_mail_kind_table},
                 {"application/vnd.openxmlformats-officedocument.presentationml", T_mail_kind_slides},
                 {"application/msword", T_mail_kind_text}, {"application/rtf", T_mail_kind_text},
                 {"application/vnd.ms-excel", T_mail_kind_table}, {"application/vnd.ms-powerpoint", T_mail_kind_slides},
                 {"application/zip", T_mail_kind_archive}, {"application/x-7z", T_mail_kind_archive},
                 {"application/gzip", T_mail_kind_archive}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_starts_nocase(type, str_of(kinds[i].begin)))
            return text_of(ctx->language, kinds[i].word);
    size_t dot = str_find_byte_last(file_name, '.');
    struct str end = dot == SIZE_MAX ? STR("") : str_after(file_name, dot + 1);
    if (end.len == 0 || end.len > 6)
        return text_of(ctx->language, T_mail_kind_file);
    return str_format(ctx->arena, "%.*s .%.*s", STR_ARG(text_of(ctx->language, T_mail_kind_file)), STR_ARG(end));
}

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
