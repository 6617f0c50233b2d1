/* A month's pay as mandats: what accounting.h promises. */
#include <stdio.h>

#include "core/identifier.h"
#include "core/town.h"
#include "service/accounting/accounting.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/receipt/pay_sql.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/piece.h"

#define CHAPTER_STAFF STR("012")
enum { PLACE_MAX = 64, KINDS = 9 };

struct paying {
    struct ctx *ctx;
    const struct accounting_pay *pay;
    struct credit_year year;
    struct faults *faults;
    struct accounting_answer *answer;
};

/* ---- whether it adds up ---- */

static enum status sum_of(const struct accounting_payee *payee, struct money *ret_sum)
{
    *ret_sum = (struct money){0};
    for (size_t i = 0; i < payee->line_count; i++)
        TRY(money_add(ret_sum, payee->lines[i].amount));
    return OK;
}

static enum status look_at_payee(struct paying *paying, size_t place, struct money *expenses)
{
    const struct accounting_payee *payee = &paying->pay->payees[place];
    char where[PLACE_MAX];
    struct money sum;
    snprintf(where, sizeof where, "payee %zu", place + 1);
    if (payee->line_count == 0 || payee->line_count > ACCOUNTING_LINES_MAX)
        return fault_refuse(paying->faults, "pay.payee", where, STR(""), STR(""));
    for (size_t i = 0; i < payee->line_count; i++)
        if (payee->lines[i].amount.cents <= 0)
            return fault_refuse(paying->faults, "pay.payee", where, STR(""), STR(""));
    TRY(sum_of(payee, &sum));
    if (!money_is(sum, payee->amount)) {
        fault_add_money(paying->faults, "pay.balance", where, sum, payee->amount);
        return INVALID;
    }
    return payee->is_receipt ? OK : money_add(expenses, sum);
}

/* Expenses are gross pay and the employer's contributions, to the cent. */
static enum status look(struct paying *paying)
{
    const struct accounting_pay *pay = paying->pay;
    struct money expenses = {0}, owed = pay->gross;
    TRY(money_add(&owed, pay->employer));
    if (pay->payee_count == 0 || pay->payee_count > ACCOUNTING_PAYEES_MAX)
        return fault_refuse(paying->faults, "pay.payee", "payees", STR(""), STR(""));
    for (size_t i = 0; i < pay->payee_count; i++)
        TRY(look_at_payee(paying, i, &expenses));
    if (money_is(expenses, owed))
        return OK;
    fault_add_money(paying->faults, "pay.balance", "payees", expenses, owed);
    return INVALID;
}

/* ---- whom ---- */

static enum status find_party(struct paying *paying, size_t place, int64_t *ret_party)
{
    const struct accounting_payee *payee = &paying->pay->payees[place];
    struct str number = identifier_plain(paying->ctx->arena, payee->party);
    char where[PLACE_MAX], kind[2] = {'0', '0'};
    struct party party;
    *ret_party = 0;
    if (number.len == 0 && !payee->is_receipt)
        return OK;
    for (int i = 1; i <= KINDS && number.len > 0; i++) {
        kind[1] = (char)('0' + i);
        enum status done = party_of_number(paying->ctx, (struct str){kind, sizeof kind}, number, &party);
        if (done == NOT_FOUND)
            continue;
        TRY(done);
        *ret_party = party.id;
        return OK;
    }
    snprintf(where, sizeof where, "payee %zu", place + 1);
    return fault_refuse(paying->faults, "pay.party", where, payee->party, STR(""));
}

/* ---- pieces ---- */

static bool is_staff_expense(const struct paying *paying, struct str account)
{
    const struct chart_account *found =
        paying->year.chart != NULL ? chart_account(paying->year.chart, account) : NULL;
    return found == NULL /* credit_place says so */ ||
           str_eq(found->chapter[CHART_REAL][CHART_EXPENSE], CHAPTER_STAFF);
}

/* Those of the payee from `from` on that one piece has room for. */
static enum status take_lines(struct paying *paying, size_t place, size_t from, struct imputation *lines,
                              size_t *ret_count)
{
    const struct accounting_payee *payee = &paying->pay->payees[place];
    char where[PLACE_MAX];
    size_t count = 0;
    for (size_t i = from; i < payee->line_count && count < IMPUTATIONS_MAX; i++) {
        snprintf(where, sizeof where, "payee %zu, line %zu", place + 1, i + 1);
        if (!payee->is_receipt && !is_staff_expense(paying, payee->lines[i].account))
            return fault_refuse(paying->faults, "pay.chapter", where, payee->lines[i].account, CHAPTER_STAFF);
        lines[count++] = (struct imputation){.nature = payee->lines[i].account,
                                             .function = payee->lines[i].function,
                                             .operation = STR(""),
                                             .level = STR(""),
                                             .net = payee->lines[i].amount};
    }
    *ret_count = count;
    return OK;
}

/* The command of the nth piece: that of the whole, with the place in its last bytes. */
static void command_of(const struct accounting_pay *pay, size_t nth, unsigned char ret_id[ENTRY_ID_BYTES])
{
    memcpy(ret_id, pay->command, ENTRY_ID_BYTES);
    ret_id[ENTRY_ID_BYTES - 1] ^= (unsigned char)(nth + 1);
    ret_id[ENTRY_ID_BYTES - 2] ^= (unsigned char)((nth + 1) >> 8);
}

/* One that the command made before has to say the same. */
static enum status note(struct paying *paying, size_t place, uint64_t sequence, struct money amount)
{
    struct accounting_answer *answer = paying->answer;
    struct piece piece;
    TRY(piece_get(paying->ctx, sequence, &piece));
    if (!money_is(piece.amount, amount) || piece.is_receipt != paying->pay->payees[place].is_receipt)
        return refuse(paying->ctx, CONFLICT, "accounting.pay_other", T_accounting_pay_other);
    answer->made[answer->made_count++] = (struct accounting_made){.payee = place, .sequence = sequence,
                                                                  .number = piece.number,
                                                                  .is_receipt = piece.is_receipt,
                                                                  .amount = amount};
    return OK;
}

static enum status make(struct paying *paying, size_t place, int64_t party, struct imputation *lines, size_t count)
{
    const struct accounting_payee *payee = &paying->pay->payees[place];
    struct piece_order order = {.year = &paying->year, .lines = lines, .line_count = count, .kind = CHART_REAL,
                                .party = party, .object = payee->object,
                                .product = payee->is_receipt ? payee->product : STR(""),
                                .nature = party == 0 ? STR(PES_ORDER_PAY) : STR(""), .type = STR(""),
                                .day = paying->pay->day, .is_pay = true};
    unsigned char id[ENTRY_ID_BYTES];
    struct money amount = credit_sum(lines, count);
    uint64_t sequence;
    if (paying->answer->made_count == ACCOUNTING_PIECES_MAX)
        return LIMIT;
    command_of(paying->pay, paying->answer->made_count, id);
    TRY(payee->is_receipt ? piece_title(paying->ctx, &order, id, paying->faults, &sequence)
                          : piece_order_direct(paying->ctx, &order, id, paying->faults, &sequence));
    return note(paying, place, sequence, amount);
}

static enum status pay_one(struct paying *paying, size_t place)
{
    const struct accounting_payee *payee = &paying->pay->payees[place];
    struct imputation *lines = arena_array(paying->ctx->arena, struct imputation, IMPUTATIONS_MAX);
    int64_t party;
    if (lines == NULL)
        return LIMIT;
    TRY(find_party(paying, place, &party));
    for (size_t from = 0, count = 0; from < payee->line_count; from += count) {
        TRY(take_lines(paying, place, from, lines, &count));
        TRY(make(paying, place, party, lines, count));
    }
    return OK;
}

static enum status pay_all(struct paying *paying)
{
    TRY(look(paying));
    for (size_t i = 0; i < paying->pay->payee_count; i++)
        TRY(pay_one(paying, i));
    return OK;
}

/* ---- asked ---- */

static void tell(struct paying *paying)
{
    struct accounting_answer *answer = paying->answer;
    answer->made_count = 0;
    for (size_t i = 0; i < paying->faults->count && i < ACCOUNTING_FAULTS_MAX; i++) {
        const struct fault *fault = &paying->faults->kept[i];
        answer->faults[answer->fault_count++] =
            (struct accounting_fault){.rule = fault->rule, .place = fault->place, .mend = fault->mend};
    }
}

enum status accounting_pay(struct ctx *ctx, const struct accounting_pay *pay, struct accounting_answer *ret_answer)
{
    struct sql_pay_budget_row budget;
    struct paying paying = {.ctx = ctx, .pay = pay, .answer = ret_answer, .faults = faults_new(ctx->arena)};
    ret_answer->made_count = ret_answer->fault_count = 0;
    if (paying.faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(sql_pay_budget(ctx->db, ctx->arena, (struct sql_pay_budget){.siret = pay->budget}, &budget));
    TRY(credit_year(ctx, budget.id, pay->year, &paying.year));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* whoever tells a person why not answers OK, and its job is committed */
    enum status done = db_settle(ctx->db, pay_all(&paying));
    if (done != OK)
        tell(&paying);
    return done;
}
