#include "service/accounting/accounting_service.h"
#include "service/accounting/close/annul.h"
#include "service/accounting/internal/pair.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/asap.h"
#include "service/accounting/receipt/basis.h"
#include "service/accounting/receipt/suspense.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/late.h"
#include "service/accounting/spend/piece_view.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/spend/spend_parts.h"
#include "service/accounting/story/story_view.h"

static struct str name_of(struct ctx *ctx, const struct piece *piece)
{
    enum text_key key = piece->is_receipt ? T_accounting_kind_title : T_accounting_kind_order;
    return str_format(ctx->arena, "%.*s %u", STR_ARG(text_of(ctx->language, key)), piece->number);
}

/* ---- one ---- */

static void add_facts(struct spend_view *view, const struct piece *piece)
{
    struct ctx *ctx = view->ctx;
    spend_fact(view, T_accounting_party, piece->party_name,
               str_format(ctx->arena, "/accounting/parties/%lld", (long long)piece->party));
    spend_fact(view, T_accounting_day, spend_day(ctx, piece->day), STR(""));
    spend_fact(view, T_accounting_amount, page_money(ctx, piece->amount), STR(""));
    if (piece->origin == 0 && !money_is(piece->remains, piece->amount))
        spend_fact(view, T_accounting_after_corrections, page_money(ctx, piece->remains), STR(""));
    spend_fact(view, T_accounting_due, spend_day(ctx, piece->due), STR(""));
    if (piece->engagement != 0)
        spend_fact(view, T_accounting_kind_engage, text_of(ctx->language, T_accounting_open),
                   str_format(ctx->arena, "/accounting/engagements/%llu", (unsigned long long)piece->engagement));
    if (piece->bill != 0)
        spend_fact(view, T_accounting_bill, text_of(ctx->language, T_accounting_open),
                   str_format(ctx->arena, "/accounting/bills/%lld", (long long)piece->bill));
    if (piece->origin != 0)
        spend_fact(view, T_accounting_corrects, text_of(ctx->language, T_accounting_open),
                   spend_piece_path(ctx, piece->origin, ""));
    if (piece->slip != 0)
        spend_fact(view, T_accounting_slip, spend_number(ctx, piece->slip_number),
                   str_format(ctx->arena, "/accounting/slips/%lld", (long long)piece->slip));
    spend_fact(view, T_accounting_stated, spend_day(ctx, piece->stated), STR(""));
    spend_fact(view, T_accounting_reason, piece->said, STR(""));
}

/* The mandat or titre that an operation of order made with it. */
static enum status add_half(struct spend_view *view, const struct piece *piece)
{
    struct pair pair;
    enum status is_half = pair_of(view->ctx, piece->sequence, &pair);
    if (is_half != OK)
        return is_half == NOT_FOUND ? OK : is_half;
    spend_fact(view, T_accounting_pair_half, text_of(view->ctx->language, T_accounting_open),
               spend_piece_path(view->ctx, pair_other(&pair, piece->sequence), ""));
    return OK;
}

/* What is paid or received, where the budget recovers the tax on it. */
static enum status add_tax(struct spend_view *view, const struct piece *piece)
{
    struct imputation *lines;
    size_t count;
    TRY(credit_lines(view->ctx, piece->sequence, &lines, &count));
    struct money paid = credit_sum(lines, count);
    if (!money_is(paid, credit_charge(lines, count)))
        spend_fact(view, T_accounting_amount_gross, page_money(view->ctx, paid), STR(""));
    return OK;
}

/* Where it came from, and what it was reckoned from. */
static enum status add_origin(struct spend_view *view, const struct piece *piece)
{
    struct ctx *ctx = view->ctx;
    struct suspense suspense;
    struct str basis;
    TRY(basis_of(ctx, piece->sequence, &basis));
    spend_fact(view, T_accounting_basis, basis, STR(""));
    if (asap_is_for(piece))
        spend_link(view, spend_piece_path(ctx, piece->sequence, "/notice.pdf"), T_accounting_notice);
    enum status known = suspense_of_piece(ctx, piece->sequence, &suspense);
    if (known != OK)
        return known == NOT_FOUND ? OK : known;
    spend_fact(view, piece->is_receipt ? T_accounting_payer : T_accounting_paid_to, suspense.payer,
               str_format(ctx->arena, "/accounting/suspense/%lld", (long long)suspense.id));
    return OK;
}

static enum status add_corrections(struct spend_view *view, const struct piece *piece)
{
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    TRY(piece_list_on(view->ctx, piece->sequence, &pieces, &count));
    if (count == 0)
        return OK;
    TRY(spend_table(view, "corrections", T_accounting_corrections, T_accounting_no_pieces, count, &table));
    return spend_pieces(view, table, pieces, count, SPEND_NO_TICKS);
}

/* What is left of it, or of each of its lines. */
static enum status add_amounts(struct spend_view *view, struct spend_page_action *action, const struct piece *piece)
{
    struct imputation *lines;
    struct money *left;
    size_t count;
    TRY(spend_left(view->ctx, piece->sequence, &lines, &left, &count));
    if (count > 1)
        spend_fields_parts(view, action, lines, left, count);
    else
        spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY, page_money(view->ctx, piece->remains),
                    true);
    return OK;
}

static enum status add_reduce(struct spend_view *view, struct str siret, const struct piece *piece, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    bool is_closed;
    if (!(rights & RIGHT_ORDER) || piece->remains.cents == 0 || piece->origin != 0)
        return OK;
    TRY(book_is_closed(ctx, siret, piece->year, &is_closed));
    if (is_closed)
        return annul_form(view, piece);
    TRY(spend_action(view, "reduce", T_accounting_reduce, T_accounting_reduce_go,
                     spend_piece_path(ctx, piece->sequence, "/reduce"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, piece_is_internal(piece) ? T_accounting_pair_reduce_text
                                                                    : T_accounting_reduce_text);
    action->is_main = false;
    TRY(add_amounts(view, action, piece));
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    spend_field(view, action, "object", T_accounting_reason, SPEND_WIDE, STR(""), true);
    return OK;
}

enum status piece_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       const struct piece *piece, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(credit_year(ctx, piece->budget, piece->year, &year));
    TRY(spend_begin(&view, ctx, request, &year, piece->is_receipt ? SPEND_TITLES : SPEND_ORDERS, name_of(ctx, piece)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, piece->object);
    spend_tag(&view, spend_piece_state(piece), spend_piece_mood(piece));
    spend_link(&view, spend_piece_path(ctx, piece->sequence, "/piece.pdf"), T_accounting_print_piece);
    add_facts(&view, piece);
    TRY(late_facts(&view, &year, 0, piece->sequence));
    TRY(add_half(&view, piece));
    TRY(add_tax(&view, piece));
    TRY(add_origin(&view, piece));
    TRY(piece_voucher_facts(&view, piece));
    TRY(piece_voucher_actions(&view, piece, rights));
    TRY(add_reduce(&view, year.siret, piece, rights));
    TRY(spend_lines(&view, piece->sequence));
    TRY(piece_voucher_table(&view, piece));
    TRY(add_corrections(&view, piece));
    TRY(story_table(&view, STORY_PIECE, (int64_t)piece->sequence, piece->slip));
    return spend_end(&view, response);
}

enum status piece_asked(struct ctx *ctx, const struct web_request *request, struct piece *ret_piece)
{
    int64_t sequence;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &sequence));
    return piece_get(ctx, (uint64_t)sequence, ret_piece);
}

enum status piece_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct piece piece;
    TRY(piece_asked(ctx, request, &piece));
    return piece_page(ctx, request, response, &piece, NULL);
}

static enum status reduce(struct ctx *ctx, const struct web_request *request, const struct piece *piece,
                          struct faults *faults, uint64_t *ret_sequence)
{
    struct imputation *lines;
    struct money amount, *left, *parts;
    size_t count;
    unsigned char id[ENTRY_ID_BYTES];
    struct piece_change change = {.object = str_trim(web_text(request, "object"))};
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &change.day));
    TRY(spend_left(ctx, piece->sequence, &lines, &left, &count));
    enum status done = count > 1 ? spend_read_parts(ctx, request, count, &parts) : NOT_FOUND;
    if (done == OK)
        return piece_reduce_parts(ctx, piece, &(struct piece_parts){lines, left, parts, count}, &change, id,
                                  faults, ret_sequence);
    if (done != NOT_FOUND)
        return done;
    TRY(spend_read_money(ctx, request, "amount", &amount));
    return piece_reduce(ctx, piece, amount, &change, id, faults, ret_sequence);
}

typedef enum status correction(struct ctx *ctx, const struct web_request *request, const struct piece *piece,
                               struct faults *faults, uint64_t *ret_sequence);

static enum status correct(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                           correction *how)
{
    struct piece piece;
    uint64_t sequence = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(piece_asked(ctx, request, &piece));
    enum status done = how(ctx, request, &piece, faults, &sequence);
    if (spend_is_refused(done, faults))
        return piece_page(ctx, request, response, &piece, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)sequence);
}

enum status piece_reduce_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return correct(ctx, request, response, reduce);
}

enum status annul_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return correct(ctx, request, response, annul_read);
}
