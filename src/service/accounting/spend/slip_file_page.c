/* The file of a bordereau given out and brought back, and what the accountant's system answers. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/slip_view.h"

static enum status asked(struct ctx *ctx, const struct web_request *request, struct slip *ret_slip)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    return slip_get(ctx, id, ret_slip);
}

static enum status give(struct ctx *ctx, struct web_response *response, const struct slip *slip)
{
    struct credit_year year;
    TRY(credit_year(ctx, slip->budget, slip->year, &year));
    response->content_type = STR("application/xml");
    response->file_name = str_format(ctx->arena, "%.*s.xml", STR_ARG(slip_file_name(ctx, &year, slip)));
    return buf_status(&response->body);
}

/* The signed file where it came back, else the one to sign. */
enum status slip_file_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct slip slip;
    struct str signed_file;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &slip));
    enum status done = slip_file_signed(ctx, &slip, &signed_file);
    if (done == OK) {
        buf_add(&response->body, signed_file);
        return give(ctx, response, &slip);
    }
    if (done != NOT_FOUND)
        return done;
    done = slip_file_write(ctx, &slip, &response->body, faults);
    if (done == INVALID) {
        response->body.len = 0;
        return slip_page(ctx, request, response, &slip, faults);
    }
    TRY(done);
    return give(ctx, response, &slip);
}

enum status slip_file_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct slip slip;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &slip));
    enum status done = slip_file_take(ctx, &slip, web_text(request, "file"), faults);
    if (done == INVALID)
        return slip_page(ctx, request, response, &slip, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/slips/%lld?saved=1", (long long)slip.id);
}

/* ---- returns ---- */

/* Of the file that was brought last: what was taken, and all that was not. */
static void add_taken(struct spend_view *view, const struct web_request *request)
{
    static const struct {
        const char *name;
        enum text_key title;
    } counts[] = {{"unknown", T_accounting_returns_unknown}, {"refused", T_accounting_returns_refused},
                  {"unread", T_accounting_returns_unread},   {"aside", T_accounting_returns_aside}};
    struct ctx *ctx = view->ctx;
    int64_t taken = web_int(request, "taken", 0);
    struct text_arg count = NUMBER_ARG("count", taken);
    if (!web_has(request, "taken"))
        return;
    spend_stand(view, text_with(ctx->arena, ctx->language, T_accounting_returns_read, &count, 1));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        int64_t number = web_int(request, counts[i].name, 0);
        if (number > 0)
            spend_fact(view, counts[i].title, spend_number(ctx, (uint64_t)number), STR(""));
    }
}

static enum status show_returns(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                const struct faults *faults)
{
    struct spend_view view;
    struct spend_page_action *action;
    TRY(spend_begin(&view, ctx, request, NULL, SPEND_SLIPS, text_of(ctx->language, T_accounting_returns)));
    TRY(spend_trouble(&view, faults));
    add_taken(&view, request);
    TRY(spend_action(&view, "returns", T_accounting_returns, T_accounting_returns_go, STR("/accounting/returns"),
                     &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_returns_text);
    spend_field(&view, action, "file", T_accounting_pes_file, SPEND_FILE, STR(""), true);
    return spend_end(&view, response);
}

enum status slip_returns_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_SIGN));
    return show_returns(ctx, request, response, NULL);
}

enum status slip_returns_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct slip_taken taken;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    enum status done = slip_return_take(ctx, web_text(request, "file"), faults, &taken);
    if (done == INVALID)
        return show_returns(ctx, request, response, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/returns?taken=%zu&unknown=%zu&refused=%zu&unread=%zu&aside=%zu",
                        taken.taken, taken.unknown, taken.refused, taken.unread, taken.aside);
}
