#include "service/accounting/spend/piece_inside.h"

#include <stdio.h>

#include "base/utf8.h"
#include "core/town.h"
#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/spend/piece_sql.h"
#include "service/accounting/spend/voucher.h"
#include "service/accounting/figures/figure_kept.h"

enum { PLACE_MAX = 32, PRODUCT_LETTERS = 4 };

/* ---- who may, and on what ---- */

enum status piece_may_order(struct ctx *ctx, const struct piece_order *order, struct faults *faults)
{
    struct signatory_act act = {.person = ctx->actor.person, .unit = order->unit, .right = RIGHT_ORDER,
                                .amount = credit_sum(order->lines, order->line_count), .day = order->day};
    TRY(right_need(ctx, RIGHT_ORDER));
    return signatory_may(ctx, &act, faults);
}

enum status piece_place_lines(struct ctx *ctx, struct piece_order *order, enum chart_direction direction,
                               struct faults *faults)
{
    char place[PLACE_MAX];
    TRY(figure_take(ctx, faults));
    if (order->line_count == 0 || order->line_count > IMPUTATIONS_MAX)
        return fault_refuse(faults, "spend.lines", "lines", STR(""), STR(""));
    if (order->object.len == 0 || !utf8_is_line(order->object, SPEND_OBJECT_MAX))
        return fault_refuse(faults, "spend.object", "object", order->object, STR(""));
    if (order->year->is_by_function && order->kind == CHART_REAL)
        TRY(credit_functions(ctx, order->year, order->lines, order->line_count, direction, faults));
    for (size_t i = 0; i < order->line_count; i++) {
        snprintf(place, sizeof place, "line %zu", i + 1);
        TRY(credit_place(order->year, &order->lines[i], order->kind, direction, place, faults));
        TRY(credit_amounts(&order->lines[i], order->day, place, faults));
        if (order->lines[i].section != order->lines[0].section && !str_eq(order->nature, STR(PES_NATURE_LOAN)))
            return fault_refuse(faults, "spend.section", place, order->lines[i].nature, STR(""));
    }
    return OK;
}

/* A file for the accountant has it, so the clerk is told now and not once the bordereau is signed. */
enum status piece_need_address(struct ctx *ctx, int64_t id, struct faults *faults)
{
    struct party party;
    if (id == 0)
        return OK;
    TRY(party_get(ctx, id, &party));
    return party.street.len > 0 && party.postcode.len > 0 && party.place.len > 0
               ? OK
               : fault_refuse(faults, "piece.address", "party", party.name, STR(""));
}

/* ---- keeping one ---- */

static struct str type_of(const struct piece_order *order)
{
    if (order->type.len > 0)
        return order->type;
    return order->kind == CHART_REAL ? STR(PES_PIECE_ORDINARY) : STR(PES_PIECE_INTERNAL);
}

static struct str nature_of(const struct piece_order *order)
{
    if (order->nature.len > 0)
        return order->nature;
    return order->lines[0].section == CELL_INVESTMENT ? STR(PES_NATURE_INVESTMENT) : STR(PES_NATURE_FUNCTIONING);
}

/* The bill of a mandat that was corrected may wait again. */
static enum status give_back(struct ctx *ctx, uint64_t origin)
{
    struct piece corrected;
    TRY(piece_get(ctx, origin, &corrected));
    return corrected.bill != 0 ? bill_settle(ctx, corrected.bill) : OK;
}

enum status piece_keep(struct ctx *ctx, const struct piece_order *order, const struct ledger_answer *answer,
                        struct piece_kept kept)
{
    TRY(sql_piece_add(ctx->db, (struct sql_piece_add){.sequence = (int64_t)answer->sequence,
                                                      .budget = order->year->budget,
                                                      .year = order->year->year,
                                                      .is_receipt = kept.is_receipt,
                                                      .number = answer->number,
                                                      .type = type_of(order),
                                                      .nature = nature_of(order),
                                                      .day = order->day.days,
                                                      .party = order->party,
                                                      .bank = kept.bank,
                                                      .bill = order->bill,
                                                      .engagement = (int64_t)order->engagement,
                                                      .unit = order->unit,
                                                      .object = order->object,
                                                      .product = str_is_absent(order->product) ? STR("")
                                                                                               : order->product,
                                                      .origin = (int64_t)order->origin,
                                                      .due = kept.due.days,
                                                      .done = kept.done.days}));
    TRY(credit_keep_lines(ctx, answer->sequence, order->lines, order->line_count));
    if (order->bill != 0) {
        TRY(voucher_add_bill(ctx, answer->sequence, kept.is_receipt, order->bill));
        TRY(bill_ordered(ctx, order->bill));
    }
    return order->origin != 0 ? give_back(ctx, order->origin) : OK;
}

enum status piece_post(struct ctx *ctx, const struct piece_order *order, enum entry_kind kind, uint64_t reference,
                        const unsigned char id[ENTRY_ID_BYTES], struct faults *faults, struct ledger_answer *ret_answer)
{
    struct entry entry;
    bool is_receipt = kind == ENTRY_TITLE || kind == ENTRY_TITLE_REDUCE;
    if (kind == ENTRY_ORDER)
        TRY(budget_programme_may_order(ctx, order->engagement, order->year->year,
                                       credit_charge(order->lines, order->line_count), faults));
    TRY(credit_entry(ctx, order->year, kind, order->lines, order->line_count,
                     is_receipt ? CELL_RECEIPT : CELL_EXPENSE, &entry));
    entry.day = order->day;
    entry.label = order->object;
    entry.reference = reference;
    entry.is_internal = order->kind != CHART_REAL;
    memcpy(entry.id, id, ENTRY_ID_BYTES);
    return book_post(ctx, &entry, ret_answer, faults);
}

/* ---- titres ---- */

bool piece_is_product(struct str product)
{
    for (size_t i = 0; i < product.len; i++)
        if (!ascii_is_digit(product.at[i]) && !ascii_is_alpha(product.at[i]))
            return false;
    return product.len == PRODUCT_LETTERS;
}

enum status piece_title(struct ctx *ctx, struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                        struct faults *faults, uint64_t *ret_sequence)
{
    struct ledger_answer answer;
    enum status seen = book_repeated(ctx, id, ENTRY_TITLE, 0, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    TRY(piece_place_lines(ctx, order, CHART_RECEIPT, faults));
    TRY(piece_may_order(ctx, order, faults));
    if (order->kind == CHART_REAL && !piece_is_product(order->product))
        return fault_refuse(faults, "piece.product", "product", order->product, STR(""));
    if (order->party == 0 && order->kind == CHART_REAL)
        return fault_refuse(faults, "piece.debtor", "party", STR(""), STR(""));
    TRY(piece_need_address(ctx, order->party, faults));
    TRY(piece_post(ctx, order, ENTRY_TITLE, 0, id, faults, &answer));
    *ret_sequence = answer.sequence;
    return piece_keep(ctx, order, &answer, (struct piece_kept){.is_receipt = true});
}

/* ---- corrections ---- */

enum status piece_make(struct ctx *ctx, const struct piece_order *order, enum entry_kind kind, uint64_t reference,
                       int64_t bank, const unsigned char id[ENTRY_ID_BYTES], struct faults *faults,
                       uint64_t *ret_sequence)
{
    struct ledger_answer answer;
    enum status seen = book_repeated(ctx, id, kind, reference, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    if (order->object.len == 0 || !utf8_is_line(order->object, SPEND_OBJECT_MAX))
        return fault_refuse(faults, "spend.object", "object", order->object, STR(""));
    TRY(piece_may_order(ctx, order, faults));
    TRY(piece_post(ctx, order, kind, reference, id, faults, &answer));
    *ret_sequence = answer.sequence;
    bool is_receipt = kind == ENTRY_TITLE || kind == ENTRY_TITLE_REDUCE;
    return piece_keep(ctx, order, &answer, (struct piece_kept){.is_receipt = is_receipt, .bank = bank});
}
