#include "service/accounting/accounting_service.h"
#include "service/accounting/close/annul.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/basis.h"
#include "service/accounting/receipt/suspense.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/piece_view.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/spend/spend_parts.h"
#include "service/accounting/spend/voucher.h"
#include "service/accounting/story/story_view.h"

static struct str name_of(struct ctx *ctx, const struct piece *piece)
{
    enum text_key key = piece->is_receipt ? T_accounting_kind_title : T_accounting_kind_order;
    return str_format(ctx->arena, "%.*s %u", STR_ARG(text_of(ctx->language, key)), piece->number);
}

/* ---- lists: those in no bordereau to tick, and all ---- */

/* Before they go into a bordereau. */
static enum status say_missing(struct spend_view *view, const struct piece *pieces, size_t count)
{
    struct str kinds[VOUCHER_WANTED_MAX];
    size_t missing, lacking = 0;
    for (size_t i = 0; i < count; i++) {
        TRY(voucher_missing(view->ctx, &pieces[i], kinds, &missing));
        lacking += missing > 0;
    }
    struct text_arg number = NUMBER_ARG("count", (int64_t)lacking);
    if (lacking > 0)
        spend_stand(view, text_with(view->ctx->arena, view->ctx->language, T_accounting_documents_short_text, &number,
                                    1));
    return OK;
}

static enum status add_desk(struct spend_view *view, const struct credit_year *year, bool is_receipt, unsigned rights)
{
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    TRY(piece_list(view->ctx, year->budget, year->year, is_receipt, PIECES_WITHOUT_SLIP, &pieces, &count));
    TRY(spend_table(view, "desk", T_accounting_loose, T_accounting_no_loose, count, &table));
    table->has_ticks = count > 0 && (rights & RIGHT_ORDER) != 0;
    table->act = spend_path(view->ctx, year, is_receipt ? "/slip?receipt=1" : "/slip");
    table->button = text_of(view->ctx->language, T_accounting_slip_go);
    TRY(say_missing(view, pieces, count));
    return spend_pieces(view, table, pieces, count, SPEND_TICKS);
}

static enum status list(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        bool is_receipt, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    unsigned rights;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(right_held(ctx, &rights));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, is_receipt ? SPEND_TITLES : SPEND_ORDERS,
                    text_of(ctx->language, is_receipt ? T_accounting_tab_titles : T_accounting_tab_orders)));
    if (faults != NULL)
        TRY(spend_trouble(&view, faults));
    if (rights & RIGHT_ORDER)
        spend_link(&view, spend_path(ctx, &year, is_receipt ? "/title" : "/order"),
                   is_receipt ? T_accounting_title_new : T_accounting_order_new);
    spend_link(&view, spend_path(ctx, &year, is_receipt ? "/suspense/received" : "/suspense/paid"),
               is_receipt ? T_accounting_suspense_received : T_accounting_suspense_paid);
    if (is_receipt) {
        spend_link(&view, spend_path(ctx, &year, "/batches"), T_accounting_batches);
        spend_link(&view, spend_path(ctx, &year, "/regies"), T_accounting_regies);
    }
    TRY(add_desk(&view, &year, is_receipt, rights));
    TRY(piece_list(ctx, year.budget, year.year, is_receipt, PIECES_ALL, &pieces, &count));
    TRY(spend_table(&view, "all", is_receipt ? T_accounting_tab_titles : T_accounting_tab_orders,
                    T_accounting_no_pieces, count, &table));
    TRY(spend_pieces(&view, table, pieces, count, SPEND_NO_TICKS));
    return spend_end(&view, response);
}

enum status order_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return list(ctx, request, response, false, NULL);
}

enum status title_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return list(ctx, request, response, true, NULL);
}

/* ---- a bordereau of those that are ticked ---- */

enum status slip_make_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    size_t count;
    int64_t id = 0;
    uint64_t *pieces = arena_array(ctx->arena, uint64_t, SLIP_PIECES_MAX);
    struct faults *faults = faults_new(ctx->arena);
    if (pieces == NULL || faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_read_ticks(request, pieces, SLIP_PIECES_MAX, &count));
    struct piece first = {.is_receipt = false};
    if (count > 0)
        TRY(piece_get(ctx, pieces[0], &first));
    enum status done = slip_make(ctx, &year, first.is_receipt, pieces, count, date_of_instant(ctx->now), faults, &id);
    if (done == INVALID)
        return list(ctx, request, response, first.is_receipt, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/slips/%lld?saved=1", (long long)id);
}

/* ---- forms: a mandat without an engagement, a titre ---- */

static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             bool is_receipt, const struct faults *faults, bool has_trouble)
{
    struct credit_year year;
    struct spend_view view;
    struct spend_page_action *action;
    enum text_key title = is_receipt ? T_accounting_title_new : T_accounting_order_new;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, is_receipt ? SPEND_TITLES : SPEND_ORDERS,
                    text_of(ctx->language, title)));
    if (has_trouble)
        TRY(spend_trouble(&view, faults));
    TRY(spend_action(&view, "piece", title, is_receipt ? T_accounting_title_go : T_accounting_order_go,
                     spend_path(ctx, &year, is_receipt ? "/title" : "/order"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, is_receipt ? T_accounting_title_text : T_accounting_direct_text);
    spend_field(&view, action, "object", T_accounting_object, SPEND_WIDE, STR(""), true);
    TRY(spend_field_party(&view, action, STR(""), true));
    TRY(spend_fields_lines(&view, action, &year, is_receipt ? CHART_RECEIPT : CHART_EXPENSE, T_accounting_amount));
    spend_field(&view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, date_of_instant(ctx->now)), true);
    TRY(spend_field_unit(&view, action, STR("")));
    if (is_receipt)
        spend_hint(&view,
                   spend_field(&view, action, "product", T_accounting_product, SPEND_WORDS, STR(""), true),
                   T_accounting_product_hint);
    return spend_end(&view, response);
}

static enum status make(struct ctx *ctx, const struct web_request *request, bool is_receipt, struct faults *faults,
                        uint64_t *ret_sequence)
{
    struct credit_year year;
    struct imputation lines[SPEND_LINES_MAX];
    unsigned char id[ENTRY_ID_BYTES];
    struct piece_order order = {.year = &year, .lines = lines, .kind = CHART_REAL,
                                .object = str_trim(web_text(request, "object")), .nature = STR(""), .type = STR("")};
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_lines(ctx, request, lines, &order.line_count));
    TRY(spend_read_day(ctx, request, "day", &order.day));
    TRY(spend_read_party(ctx, request, &order.party));
    TRY(spend_read_unit(ctx, request, &order.unit));
    order.product = str_trim(web_text(request, "product"));
    return is_receipt ? piece_title(ctx, &order, id, faults, ret_sequence)
                      : piece_order_direct(ctx, &order, id, faults, ret_sequence);
}

static enum status form_act(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                            bool is_receipt)
{
    uint64_t sequence = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    if (spend_wants_line(request))
        return show_form(ctx, request, response, is_receipt, NULL, false);
    enum status done = make(ctx, request, is_receipt, faults, &sequence);
    if (done == INVALID || faults->found > 0)
        return show_form(ctx, request, response, is_receipt, faults, true);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)sequence);
}

enum status order_new_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_form(ctx, request, response, false, NULL, false);
}

enum status title_new_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_form(ctx, request, response, true, NULL, false);
}

enum status order_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return form_act(ctx, request, response, false);
}

enum status title_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return form_act(ctx, request, response, true);
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

/* Where it came from, and what it was reckoned from. */
static enum status add_origin(struct spend_view *view, const struct piece *piece)
{
    struct ctx *ctx = view->ctx;
    struct suspense suspense;
    struct str basis;
    TRY(basis_of(ctx, piece->sequence, &basis));
    spend_fact(view, T_accounting_basis, basis, STR(""));
    if (piece->is_receipt && piece->origin == 0 && piece->party != 0)
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
    action->text = text_of(ctx->language, T_accounting_reduce_text);
    action->is_main = false;
    TRY(add_amounts(view, action, piece));
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, date_of_instant(ctx->now)), true);
    spend_field(view, action, "object", T_accounting_reason, SPEND_WIDE, STR(""), true);
    return OK;
}

enum status piece_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       const struct piece *piece, const struct faults *faults, bool has_trouble)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(credit_year(ctx, piece->budget, piece->year, &year));
    TRY(spend_begin(&view, ctx, request, &year, piece->is_receipt ? SPEND_TITLES : SPEND_ORDERS, name_of(ctx, piece)));
    if (has_trouble)
        TRY(spend_trouble(&view, faults));
    spend_stand(&view, piece->object);
    spend_tag(&view, spend_piece_state(piece), spend_piece_mood(piece));
    spend_link(&view, spend_piece_path(ctx, piece->sequence, "/piece.pdf"), T_accounting_print_piece);
    add_facts(&view, piece);
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
    return piece_page(ctx, request, response, &piece, NULL, false);
}

static enum status reduce(struct ctx *ctx, const struct web_request *request, const struct piece *piece,
                          struct faults *faults, uint64_t *ret_sequence)
{
    struct imputation *lines;
    struct money amount, *left, *parts;
    struct date day;
    size_t count;
    unsigned char id[ENTRY_ID_BYTES];
    struct str object = str_trim(web_text(request, "object"));
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &day));
    TRY(spend_left(ctx, piece->sequence, &lines, &left, &count));
    enum status done = count > 1 ? spend_read_parts(ctx, request, count, &parts) : NOT_FOUND;
    if (done == OK)
        return piece_reduce_parts(ctx, piece, &(struct piece_parts){lines, left, parts, count}, day, object, id,
                                  faults, ret_sequence);
    if (done != NOT_FOUND)
        return done;
    TRY(spend_read_money(ctx, request, "amount", &amount));
    return piece_reduce(ctx, piece, amount, day, object, id, faults, ret_sequence);
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
    if (done == INVALID || faults->found > 0)
        return piece_page(ctx, request, response, &piece, faults, true);
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
