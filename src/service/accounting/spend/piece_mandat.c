/* Mandats: of an engagement and a bill, or without one. */
#include "core/identifier.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/spend/account_use.h"
#include "service/accounting/spend/piece_inside.h"

/* The account that is paid: confirmed, and that of the bill where the bill names one. */
static enum status find_bank(struct ctx *ctx, int64_t party, const struct bill *bill, struct faults *faults,
                             int64_t *ret_bank)
{
    struct party_bank bank;
    *ret_bank = 0;
    if (party == 0)
        return OK;
    TRY(piece_need_address(ctx, party, faults));
    enum status done = party_bank_of(ctx, party, &bank);
    if (done == NOT_FOUND)
        return fault_refuse(faults, "piece.bank", "party", STR(""), STR(""));
    TRY(done);
    if (bill != NULL && bill->iban.len > 0 && !str_eq(identifier_plain(ctx->arena, bill->iban), bank.iban))
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

/* ---- of an engagement ---- */

struct bought {
    struct engagement engagement;
    struct bill bill;
    bool has_bill;
    int64_t bank;
    struct date due, done;
};

/* R2192-27: the delay waits for what the supplier has to add, and so does the order to pay. */
static enum status refuse_interrupted(const struct bill *bill, struct faults *faults)
{
    fault_add_dates(faults, "piece.interrupted", "bill", bill->received, bill->notified);
    return INVALID;
}

/* What a mandat takes of its bill stays within what is left of it, and is ordered while its delay runs. */
static enum status look_at_bill(struct ctx *ctx, const struct piece_order *order, struct faults *faults,
                                struct bought *bought)
{
    struct delay delay;
    struct bill *bill = &bought->bill;
    struct money amount = credit_sum(order->lines, order->line_count);
    struct money charge = credit_charge(order->lines, order->line_count), charge_left;
    if (order->bill == 0)
        return OK;
    TRY(bill_get(ctx, order->bill, bill));
    charge_left = bill_charge_left(bill, order->year->recovers_tax);
    bought->has_bill = true;
    if (bill->is_credit)
        return fault_refuse(faults, "bill.credit", "bill", bill->number, STR(""));
    if (bill->state != BILL_OPEN)
        return refuse(ctx, CONFLICT, "accounting.bill_done", T_accounting_bill_done);
    if (bill->engagement != order->engagement || bill->party != order->party)
        return fault_refuse(faults, "bill.match", "engagement", bill->party_name, STR(""));
    if (charge.cents > charge_left.cents || amount.cents > bill_left(bill).cents) {
        fault_add_money(faults, "piece.bill", "amount", charge, charge_left);
        return INVALID;
    }
    TRY(bill_done(ctx, bill, &bought->done));
    TRY(bill_delay_since(ctx, bill, bought->done, faults, &delay));
    if (delay.is_interrupted)
        return refuse_interrupted(bill, faults);
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
    TRY(piece_may_order(ctx, order, faults));
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
    TRY(piece_place_lines(ctx, order, CHART_EXPENSE, faults));
    TRY(look(ctx, order, faults, &bought));
    TRY(piece_post(ctx, order, ENTRY_ORDER, order->engagement, id, faults, &answer));
    *ret_sequence = answer.sequence;
    return piece_keep(ctx, order, &answer, (struct piece_kept){.bank = bought.bank, .due = bought.due,
                                                              .done = bought.done});
}

/* ---- without one ---- */

/* decree 2012-1246, article 30: what a contract, a law or an individual act engages (account_uses.csv). */
static enum status may_be_direct(const struct piece_order *order, struct faults *faults)
{
    if (order->kind != CHART_REAL || order->is_settled || order->is_pay)
        return OK;
    for (size_t i = 0; i < order->line_count; i++)
        TRY(account_may_be_direct(faults, order->lines[i].nature, order->day, "account"));
    return OK;
}

enum status piece_order_direct(struct ctx *ctx, struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                               struct faults *faults, uint64_t *ret_sequence)
{
    struct ledger_answer answer;
    int64_t bank = 0;
    enum status seen = book_repeated(ctx, id, ENTRY_ORDER_DIRECT, 0, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    TRY(may_be_direct(order, faults));
    TRY(piece_place_lines(ctx, order, CHART_EXPENSE, faults));
    TRY(piece_may_order(ctx, order, faults));
    TRY(order->is_settled ? piece_need_address(ctx, order->party, faults)
                          : find_bank(ctx, order->party, NULL, faults, &bank));
    TRY(piece_post(ctx, order, ENTRY_ORDER_DIRECT, 0, id, faults, &answer));
    *ret_sequence = answer.sequence;
    return piece_keep(ctx, order, &answer, (struct piece_kept){.bank = bank});
}
