#include "service/accounting/spend/piece.h"

#include <stdio.h>

#include "core/town.h"
#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/spend/piece_sql.h"
#include "service/accounting/spend/voucher.h"
#include "service/accounting/figures/figure_kept.h"

/* Codes of PES V2 (../pes/data/codes.csv). */
enum { PLACE_MAX = 32, PRODUCT_LETTERS = 4 };

/* ---- who may, and on what ---- */

static enum status may_order(struct ctx *ctx, const struct piece_order *order, struct faults *faults)
{
    struct signatory_act act = {.person = ctx->actor.person, .unit = order->unit, .right = RIGHT_ORDER,
                                .amount = credit_sum(order->lines, order->line_count), .day = order->day};
    TRY(right_need(ctx, RIGHT_ORDER));
    return signatory_may(ctx, &act, faults);
}

static enum status place_lines(struct ctx *ctx, struct piece_order *order, enum chart_direction direction,
                               struct faults *faults)
{
    char place[PLACE_MAX];
    TRY(figure_take(ctx, faults));
    if (order->line_count == 0 || order->line_count > IMPUTATIONS_MAX)
        return fault_refuse(faults, "spend.lines", "lines", STR(""), STR(""));
    if (order->object.len == 0 || order->object.len > SPEND_OBJECT_MAX)
        return fault_refuse(faults, "spend.object", "object", order->object, STR(""));
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
static enum status need_address(struct ctx *ctx, int64_t id, struct faults *faults)
{
    struct party party;
    if (id == 0)
        return OK;
    TRY(party_get(ctx, id, &party));
    return party.street.len > 0 && party.postcode.len > 0 && party.place.len > 0
               ? OK
               : fault_refuse(faults, "piece.address", "party", party.name, STR(""));
}

/* The account that is paid: confirmed, and that of the bill where the bill names one. */
static enum status find_bank(struct ctx *ctx, int64_t party, const struct bill *bill, struct faults *faults,
                             int64_t *ret_bank)
{
    struct party_bank bank;
    *ret_bank = 0;
    if (party == 0)
        return OK;
    TRY(need_address(ctx, party, faults));
    enum status done = party_bank_of(ctx, party, &bank);
    if (done == NOT_FOUND)
        return fault_refuse(faults, "piece.bank", "party", STR(""), STR(""));
    TRY(done);
    if (bill != NULL && bill->iban.len > 0 && !str_eq(party_plain(ctx->arena, bill->iban), bank.iban))
        return fault_refuse(faults, "piece.iban", "iban", bill->iban, bank.iban);
    *ret_bank = bank.id;
    return OK;
}

/* What was ordered of it and what is now stays within what was said to be done. */
static enum status need_attested(const struct engagement *engagement, struct money ordered, struct money amount,
                                 struct faults *faults)
{
    struct money sum = ordered;
    if (money_add(&sum, amount) == OK && sum.cents <= engagement->attested.cents)
        return OK;
    fault_add_money(faults, "piece.attested", "amount", sum, engagement->attested);
    return INVALID;
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

struct kept {
    bool is_receipt;
    int64_t bank;
    struct date due;
};

static enum status keep(struct ctx *ctx, const struct piece_order *order, const struct ledger_answer *answer,
                        struct kept kept)
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
                                                      .due = kept.due.days}));
    TRY(credit_keep_lines(ctx, answer->sequence, order->lines, order->line_count));
    if (order->bill != 0)
        TRY(voucher_add_bill(ctx, answer->sequence, order->bill));
    return order->bill != 0 ? bill_ordered(ctx, order->bill) : OK;
}

static enum status post(struct ctx *ctx, const struct piece_order *order, enum entry_kind kind, uint64_t reference,
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

/* ---- mandats ---- */

struct bought {
    struct engagement engagement;
    struct bill bill;
    bool has_bill;
    int64_t bank;
    struct date due;
};

/* The last day on which something was attested: where the service is later than the request, the delay begins. */
static enum status done_day(struct ctx *ctx, uint64_t engagement, struct date *ret_day)
{
    struct attest *attests;
    size_t count;
    *ret_day = (struct date){0};
    TRY(engagement_attests(ctx, engagement, &attests, &count));
    for (size_t i = 0; i < count; i++)
        if (attests[i].withdraws == 0 && !attests[i].is_withdrawn && attests[i].day.days > ret_day->days)
            *ret_day = attests[i].day;
    return OK;
}

static enum status look_at_bill(struct ctx *ctx, const struct piece_order *order, struct faults *faults,
                                struct bought *bought)
{
    struct delay delay;
    struct date done;
    struct money amount = credit_sum(order->lines, order->line_count);
    if (order->bill == 0)
        return OK;
    TRY(bill_get(ctx, order->bill, &bought->bill));
    bought->has_bill = true;
    if (bought->bill.is_credit)
        return fault_refuse(faults, "bill.credit", "bill", bought->bill.number, STR(""));
    if (bought->bill.state != BILL_OPEN)
        return refuse(ctx, CONFLICT, "accounting.bill_done", T_accounting_bill_done);
    if (bought->bill.engagement != order->engagement || bought->bill.party != order->party)
        return fault_refuse(faults, "bill.match", "engagement", bought->bill.party_name, STR(""));
    if (bought->bill.gross.cents != amount.cents) {
        fault_add_money(faults, "piece.bill", "amount", amount, bought->bill.gross);
        return INVALID;
    }
    TRY(done_day(ctx, order->engagement, &done));
    TRY(figure_take(ctx, faults));
    TRY(bill_delay(&bought->bill, done, faults, &delay));
    bought->due = delay.due;
    return OK;
}

static enum status look(struct ctx *ctx, struct piece_order *order, struct faults *faults, struct bought *bought)
{
    struct money ordered;
    TRY(engagement_get(ctx, order->engagement, &bought->engagement));
    ordered = (struct money){bought->engagement.amount.cents - bought->engagement.remains.cents};
    if (order->party == 0)
        order->party = bought->engagement.party;
    bool is_theirs = bought->engagement.party == 0 || bought->engagement.party == order->party;
    if (!is_theirs || bought->engagement.budget != order->year->budget)
        return fault_refuse(faults, "bill.match", "party", bought->engagement.party_name, STR(""));
    if (order->unit == 0)
        order->unit = bought->engagement.unit;
    TRY(may_order(ctx, order, faults));
    TRY(look_at_bill(ctx, order, faults, bought));
    TRY(need_attested(&bought->engagement, ordered, credit_charge(order->lines, order->line_count), faults));
    return find_bank(ctx, order->party, bought->has_bill ? &bought->bill : NULL, faults, &bought->bank);
}

enum status piece_order(struct ctx *ctx, struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                        struct faults *faults, uint64_t *ret_sequence)
{
    struct bought bought = {.has_bill = false};
    struct ledger_answer answer;
    enum status seen = book_repeated(ctx, id, ENTRY_ORDER, order->engagement, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    TRY(place_lines(ctx, order, CHART_EXPENSE, faults));
    TRY(look(ctx, order, faults, &bought));
    TRY(post(ctx, order, ENTRY_ORDER, order->engagement, id, faults, &answer));
    *ret_sequence = answer.sequence;
    return keep(ctx, order, &answer, (struct kept){.bank = bought.bank, .due = bought.due});
}

enum status piece_order_direct(struct ctx *ctx, struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                               struct faults *faults, uint64_t *ret_sequence)
{
    struct ledger_answer answer;
    int64_t bank = 0;
    enum status seen = book_repeated(ctx, id, ENTRY_ORDER_DIRECT, 0, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    TRY(place_lines(ctx, order, CHART_EXPENSE, faults));
    TRY(may_order(ctx, order, faults));
    TRY(order->is_settled ? need_address(ctx, order->party, faults)
                          : find_bank(ctx, order->party, NULL, faults, &bank));
    TRY(post(ctx, order, ENTRY_ORDER_DIRECT, 0, id, faults, &answer));
    *ret_sequence = answer.sequence;
    return keep(ctx, order, &answer, (struct kept){.bank = bank});
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
    TRY(place_lines(ctx, order, CHART_RECEIPT, faults));
    TRY(may_order(ctx, order, faults));
    if (order->kind == CHART_REAL && !piece_is_product(order->product))
        return fault_refuse(faults, "piece.product", "product", order->product, STR(""));
    if (order->party == 0 && order->kind == CHART_REAL)
        return fault_refuse(faults, "piece.debtor", "party", STR(""), STR(""));
    TRY(need_address(ctx, order->party, faults));
    TRY(post(ctx, order, ENTRY_TITLE, 0, id, faults, &answer));
    *ret_sequence = answer.sequence;
    return keep(ctx, order, &answer, (struct kept){.is_receipt = true});
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
    if (order->object.len == 0 || order->object.len > SPEND_OBJECT_MAX)
        return fault_refuse(faults, "spend.object", "object", order->object, STR(""));
    TRY(may_order(ctx, order, faults));
    TRY(post(ctx, order, kind, reference, id, faults, &answer));
    *ret_sequence = answer.sequence;
    bool is_receipt = kind == ENTRY_TITLE || kind == ENTRY_TITLE_REDUCE;
    return keep(ctx, order, &answer, (struct kept){.is_receipt = is_receipt, .bank = bank});
}

/* ---- reading ---- */

enum status piece_get(struct ctx *ctx, uint64_t sequence, struct piece *ret_piece)
{
    struct sql_piece_get_row row;
    TRY(sql_piece_get(ctx->db, ctx->arena, (struct sql_piece_get){.sequence = (int64_t)sequence}, &row));
    *ret_piece = (struct piece){.sequence = sequence,
                                .budget = row.budget,
                                .year = (int32_t)row.year,
                                .is_receipt = row.is_receipt != 0,
                                .number = (uint32_t)row.number,
                                .type = row.type,
                                .nature = row.nature,
                                .day = {(int32_t)row.day},
                                .due = {(int32_t)row.due},
                                .party = row.party,
                                .bank = row.bank,
                                .bill = row.bill,
                                .unit = row.unit,
                                .slip = row.slip,
                                .engagement = (uint64_t)row.engagement,
                                .origin = (uint64_t)row.origin,
                                .party_name = row.party_name,
                                .object = row.object,
                                .product = row.product,
                                .place = (int32_t)row.place,
                                .slip_number = (uint32_t)row.slip_number,
                                .state = (enum piece_state)row.state,
                                .stated = {(int32_t)row.stated_day},
                                .said = row.said,
                                .amount = {row.amount},
                                .remains = {row.remains}};
    return OK;
}

/* Each of those whose sequences `rows` has. */
#define PIECES_OF(ctx, rows, count, ret_pieces, ret_count)                                                             \
    do {                                                                                                               \
        *(ret_pieces) = arena_array((ctx)->arena, struct piece, (count) + 1);                                          \
        if (*(ret_pieces) == NULL)                                                                                     \
            return LIMIT;                                                                                              \
        for (size_t i = 0; i < (count); i++)                                                                           \
            TRY(piece_get(ctx, (uint64_t)(rows)[i].sequence, &(*(ret_pieces))[i]));                                    \
        *(ret_count) = (count);                                                                                        \
    } while (0)

static enum status list_loose(struct ctx *ctx, int64_t budget, int32_t year, bool is_receipt,
                              struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_loose_row *rows;
    size_t count;
    TRY(sql_piece_loose(ctx->db, ctx->arena,
                        (struct sql_piece_loose){.budget = budget, .year = year, .is_receipt = is_receipt}, &rows,
                        &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}

enum status piece_list(struct ctx *ctx, int64_t budget, int32_t year, bool is_receipt, enum piece_which which,
                       struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_list_row *rows;
    size_t count;
    if (which == PIECES_WITHOUT_SLIP)
        return list_loose(ctx, budget, year, is_receipt, ret_pieces, ret_count);
    TRY(sql_piece_list(ctx->db, ctx->arena,
                       (struct sql_piece_list){.budget = budget, .year = year, .is_receipt = is_receipt}, &rows,
                       &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}

enum status piece_list_of_slip(struct ctx *ctx, int64_t slip, struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_of_slip_row *rows;
    size_t count;
    TRY(sql_piece_of_slip(ctx->db, ctx->arena, (struct sql_piece_of_slip){.slip = slip}, &rows, &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}

enum status piece_list_on(struct ctx *ctx, uint64_t sequence, struct piece **ret_pieces, size_t *ret_count)
{
    struct sql_piece_on_row *rows;
    size_t count;
    TRY(sql_piece_on(ctx->db, ctx->arena, (struct sql_piece_on){.sequence = (int64_t)sequence}, &rows, &count));
    PIECES_OF(ctx, rows, count, ret_pieces, ret_count);
    return OK;
}
