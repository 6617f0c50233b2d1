#include "core/page.h"
#include "service/notice/lang.h"
#include "service/notice/notice.h"
#include "service/notice/notice_list_html.h"
#include "service/notice/notice_one_html.h"
#include "service/notice/notice_service.h"
#include "service/notice/notice_write_html.h"

static struct page_head head_of(struct str title)
{
    return (struct page_head){.title = title, .menu = "/notices", .search_path = STR_NONE};
}

static bool may_administer(const struct ctx *ctx)
{
    return permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER);
}

enum status notice_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct notice *notices;
    size_t count;
    TRY(notice_list(ctx, &notices, &count));
    struct notice_list_view view = {.is_empty = count == 0, .may_post = may_administer(ctx),
                                    .notices = arena_array(ctx->arena, struct notice_list_notice, count + 1)};
    if (view.notices == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view.notices[view.notice_count++] = (struct notice_list_notice){
            .path = str_format(ctx->arena, "/notices/%lld", (long long)notices[i].id), .title = notices[i].title,
            .author = notices[i].author, .at = page_when(ctx, notices[i].posted),
            .iso = page_iso(ctx, notices[i].posted)};
    page_begin(&page, ctx, request, response);
    notice_list_html(&page.html, &view);
    struct page_head head = head_of(text_of(ctx->language, T_notice_menu));
    return page_end(&page, &head);
}

enum status notice_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct notice notice;
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(notice_get(ctx, id, &notice));
    struct notice_one_view view = {.title = notice.title, .words = notice.words, .author = notice.author,
                                   .posted = page_moment(ctx, notice.posted), .ends = page_day(ctx, notice.ends),
                                   .may_withdraw = may_administer(ctx), .form_token = request->form_token,
                                   .withdraw_path = str_format(ctx->arena, "/notices/%lld/withdraw", (long long)id)};
    page_begin(&page, ctx, request, response);
    notice_one_html(&page.html, &view);
    struct page_head head = head_of(notice.title);
    return page_end(&page, &head);
}

/* The form, empty or with what was typed and why it was refused. */
static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             enum text_key error)
{
    struct page page;
    struct str title = web_value(request, "title"), words = web_value(request, "words");
    struct notice_write_view view = {
        .title = str_is_absent(title) ? STR("") : title, .words = str_is_absent(words) ? STR("") : words,
        .days = web_int(request, "days", 30), .form_token = request->form_token, .has_error = error != T_none,
        .error = text_of(ctx->language, error)};
    struct page_head head = head_of(text_of(ctx->language, T_notice_write));
    head.is_error = error != T_none;
    if (error != T_none)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    notice_write_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status notice_write_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_form(ctx, request, response, T_none);
}

enum status notice_post_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    enum status done =
        notice_post(ctx, web_value(request, "title"), web_value(request, "words"), web_int(request, "days", 0), &id);
    if (done == INVALID)
        return show_form(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/notices/%lld", (long long)id);
}

enum status notice_withdraw_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(notice_withdraw(ctx, id));
    return web_redirect(ctx, response, "/notices");
}
