#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/listing/listing.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/slip_view.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/story/story_view.h"

static struct str path_of(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/slips/%lld%s", (long long)id, rest);
}

struct str slip_name(struct ctx *ctx, const struct slip *slip)
{
    enum text_key key = slip->is_receipt ? T_accounting_slip_of_titles : T_accounting_slip_of_orders;
    return str_format(ctx->arena, "%.*s %u", STR_ARG(text_of(ctx->language, key)), slip->number);
}

enum text_key slip_state_name(enum slip_state state)
{
    static const enum text_key names[SLIP_STATES] = {T_accounting_slip_to_sign, T_accounting_slip_is_signed,
                                                     T_accounting_slip_sent, T_accounting_slip_accepted,
                                                     T_accounting_slip_refused};
    return names[state < SLIP_STATES ? state : SLIP_TO_SIGN];
}

static enum spend_mood state_mood(enum slip_state state)
{
    return state == SLIP_REFUSED ? SPEND_BAD : state >= SLIP_SIGNED ? SPEND_GOOD : SPEND_PLAIN;
}

struct str slip_sum(struct ctx *ctx, const struct slip *slip)
{
    struct money sum = slip->net;
    return money_add(&sum, slip->tax) == OK ? page_money(ctx, sum) : STR("");
}

/* ---- the list ---- */

enum status slip_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct spend_view view;
    struct spend_page_table *table;
    struct slip *slips;
    size_t count;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_SLIPS, text_of(ctx->language, T_accounting_tab_slips)));
    spend_link(&view, STR("/accounting/returns"), T_accounting_returns);
    TRY(listing_links(&view, &year, LISTING_SLIPS));
    TRY(slip_list(ctx, year.budget, year.year, &slips, &count));
    TRY(spend_table(&view, "list", T_accounting_tab_slips, T_accounting_no_slips, count, &table));
    spend_head(&view, table, T_accounting_slip, SPEND_TEXT);
    spend_head(&view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(&view, table, T_accounting_pieces, SPEND_NUMBER);
    spend_head(&view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(&view, table, T_accounting_state, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row =
            spend_row(&view, table, slip_name(ctx, &slips[i]), path_of(ctx, slips[i].id, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, slips[i].day), SPEND_OPTIONAL);
        spend_cell(row, spend_number(ctx, (uint64_t)slips[i].pieces), SPEND_NUMBER);
        spend_cell(row, slip_sum(ctx, &slips[i]), SPEND_NUMBER);
        spend_cell_tag(row, text_of(ctx->language, slip_state_name(slips[i].state)), state_mood(slips[i].state));
    }
    return spend_end(&view, response);
}

/* ---- one ---- */

static enum status add_pieces(struct spend_view *view, const struct slip *slip)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    TRY(piece_list_of_slip(ctx, slip->id, &pieces, &count));
    TRY(spend_table(view, "pieces", T_accounting_pieces, T_accounting_no_pieces, count, &table));
    return spend_pieces(view, table, pieces, count, SPEND_NO_TICKS);
}

/* The file to sign, and a place to give it back; then the signed one. */
static enum status add_file(struct spend_view *view, const struct slip *slip, unsigned rights)
{
    struct spend_page_action *action;
    struct str path = path_of(view->ctx, slip->id, "/pes.xml");
    if (slip->state == SLIP_TO_SIGN)
        return OK;
    if (slip->is_receipt)
        spend_link(view, path_of(view->ctx, slip->id, "/notices"), T_accounting_notices);
    if (slip->state != SLIP_SIGNED) {
        spend_link(view, path, T_accounting_pes_file_signed);
        return OK;
    }
    spend_link(view, path, T_accounting_pes_link);
    if ((rights & (RIGHT_SIGN | RIGHT_ORDER)) == 0)
        return OK;
    TRY(spend_action(view, "back", T_accounting_pes_back, T_accounting_pes_back_go,
                     path_of(view->ctx, slip->id, "/pes"), &action));
    action->has_text = true;
    action->text = text_of(view->ctx->language, T_accounting_pes_back_text);
    spend_field(view, action, "file", T_accounting_pes_file, SPEND_FILE, STR(""), true);
    return OK;
}

enum status slip_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                      const struct slip *slip, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    struct spend_page_action *action;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(credit_year(ctx, slip->budget, slip->year, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_SLIPS, slip_name(ctx, slip)));
    TRY(spend_trouble(&view, faults));
    spend_tag(&view, slip_state_name(slip->state), state_mood(slip->state));
    spend_link(&view, path_of(ctx, slip->id, "/slip.pdf"), T_accounting_print_piece);
    spend_fact(&view, T_accounting_day, spend_day(ctx, slip->day), STR(""));
    spend_fact(&view, T_accounting_pieces, spend_number(ctx, (uint64_t)slip->pieces), STR(""));
    spend_fact(&view, T_accounting_amount, slip_sum(ctx, slip), STR(""));
    spend_fact(&view, T_accounting_signed_by, slip->signed_by, STR(""));
    spend_fact(&view, T_accounting_signed_at, slip->signed_at.ms == 0 ? STR("") : page_moment(ctx, slip->signed_at),
               STR(""));
    spend_fact(&view, T_accounting_answer, slip->answer, STR(""));
    if ((rights & RIGHT_SIGN) && slip->state == SLIP_TO_SIGN) {
        TRY(spend_action(&view, "sign", T_accounting_sign, T_accounting_sign_go, path_of(ctx, slip->id, "/sign"),
                         &action));
        action->has_text = true;
        action->text = text_of(ctx->language, T_accounting_sign_text);
    }
    TRY(add_file(&view, slip, rights));
    TRY(add_pieces(&view, slip));
    TRY(story_table(&view, STORY_SLIP, slip->id, 0));
    return spend_end(&view, response);
}

static enum status asked(struct ctx *ctx, const struct web_request *request, struct slip *ret_slip)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    return slip_get(ctx, id, ret_slip);
}

enum status slip_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct slip slip;
    TRY(asked(ctx, request, &slip));
    return slip_page(ctx, request, response, &slip, NULL);
}

enum status slip_sign_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct slip slip;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &slip));
    enum status done = slip_sign(ctx, &slip, faults);
    if (spend_is_refused(done, faults) || (done == DENIED && ctx->failure.sentence == T_accounting_apart_refused))
        return slip_page(ctx, request, response, &slip, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/slips/%lld?saved=1", (long long)slip.id);
}
