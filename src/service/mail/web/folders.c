#include "service/mail/web/folders_html.h"
#include "service/mail/lang.h"
#include "service/mail/web/webmail.h"

static enum status fill(struct ctx *ctx, const struct web_request *request, struct folders_view *view)
{
    struct mail_folder *folders;
    size_t count;
    TRY(mail_folders(ctx, &folders, &count));
    view->folders = arena_array(ctx->arena, struct folders_folder, count + 1);
    if (view->folders == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->folders[view->folder_count++] = (struct folders_folder){
            .id = folders[i].id, .name = folders[i].name, .label = webmail_folder_label(ctx, &folders[i]),
            .messages = folders[i].messages, .unread = folders[i].unread, .is_own = folders[i].role == MAIL_OWN,
            .path = webmail_folder_path(ctx, folders[i].id), .form_token = request->form_token};
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error)
{
    struct page page;
    struct folders_view view = {.form_token = request->form_token,
                                .has_error = error != T_none,
                                .error = text_of(ctx->language, error)};
    TRY(webmail_side(ctx, 0, &view.side));
    TRY(fill(ctx, request, &view));
    struct page_head head = webmail_head(ctx, text_of(ctx->language, T_mail_folders_manage));
    head.is_error = error != T_none;
    if (error != T_none)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    folders_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status webmail_folders_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none);
}

static enum status finish(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          enum status done)
{
    if (done == OK)
        return web_redirect(ctx, response, "/mail/folders");
    if (ctx->failure.sentence != T_none)
        return show(ctx, request, response, ctx->failure.sentence);
    return done;
}

enum status webmail_folder_create(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t folder;
    return finish(ctx, request, response, mail_folder_create(ctx, str_trim(web_value(request, "name")), &folder));
}

enum status webmail_folder_rename(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t folder = web_int(request, "folder", 0);
    return finish(ctx, request, response, mail_folder_rename(ctx, folder, str_trim(web_value(request, "name"))));
}

enum status webmail_folder_delete(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return finish(ctx, request, response, mail_folder_delete(ctx, web_int(request, "folder", 0)));
}
