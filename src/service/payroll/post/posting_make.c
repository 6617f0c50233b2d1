/* A month's pay handed over to accounting. */
#include <openssl/sha.h>

#include "core/audit.h"
#include "core/town.h"
#include "service/payroll/lang.h"
#include "service/payroll/post/posting.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/view/panel.h"

enum { COMMAND_TEXT_MAX = 80 };

enum status posting_of_run(struct ctx *ctx, const payrun_row *run, bool is_short, struct posting *ret_posting)
{
    const struct posting_table *table;
    struct bulletin *bulletin = arena_new(ctx->arena, struct bulletin);
    payrun_slip_row *slips;
    size_t count;
    *ret_posting = (struct posting){0};
    if (bulletin == NULL)
        return LIMIT;
    TRY(posting_table(ctx->arena, is_short, &table));
    TRY(payrun_slips(ctx, run->id, &slips, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(bulletin_read(ctx->arena, slips[i].bytes, bulletin));
        TRY(posting_add(table, bulletin, ret_posting));
    }
    return OK;
}

enum status posting_sirets(struct ctx *ctx, struct str ret_sirets[POSTING_CREDITORS])
{
    struct sql_posting_creditors_row *rows;
    size_t count;
    TRY(sql_posting_creditors(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < POSTING_CREDITORS; i++) {
        ret_sirets[i] = STR("");
        for (size_t k = 0; k < count; k++)
            if (str_eq(rows[k].code, str_of(posting_creditor_name((enum posting_creditor)i))))
                ret_sirets[i] = rows[k].siret;
    }
    return OK;
}

/* ---- payees ---- */

static enum status add_payee(struct ctx *ctx, const struct posting *posting, enum posting_creditor creditor,
                             const struct posting_asked *asked, struct accounting_payee *payee)
{
    struct accounting_pay_line *lines = arena_array(ctx->arena, struct accounting_pay_line, POSTING_ACCOUNTS_MAX);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < posting->account_count; i++) {
        int64_t cents = posting->cents[creditor][i];
        if (cents < 0)
            return refuse_with(ctx, INVALID, "payroll.post_negative", T_payroll_post_negative, "%.*s",
                               STR_ARG(posting->accounts[i]));
        if (cents > 0)
            lines[payee->line_count++] = (struct accounting_pay_line){posting->accounts[i], asked->function, {cents}};
    }
    payee->lines = lines;
    payee->amount = (struct money){posting_of(posting, creditor)};
    payee->party = asked->sirets[creditor];
    payee->product = STR("");
    return OK;
}

static struct str object_of(struct ctx *ctx, const payrun_row *run, enum posting_creditor creditor)
{
    struct ctx french = *ctx;
    french.language = LANGUAGE_FR;
    const struct text_arg args[] = {
        TEXT_ARG("of_month", panel_of_month(&french, (struct date){(int32_t)run->month_day})),
        TEXT_ARG("what", text_of(LANGUAGE_FR, posting_creditor_text(creditor)))};
    return text_with(ctx->arena, LANGUAGE_FR, T_payroll_post_object, args, 2);
}

static enum status fill(struct ctx *ctx, const payrun_row *run, const struct posting *posting,
                        const struct posting_asked *asked, struct accounting_pay *pay)
{
    struct accounting_payee *payees = arena_array(ctx->arena, struct accounting_payee, POSTING_CREDITORS);
    unsigned char hash[SHA256_DIGEST_LENGTH];
    struct str text = str_format(ctx->arena, "payroll %lld %lld %.*s", (long long)run->id, (long long)run->known_ms,
                                 STR_ARG(asked->budget));
    if (payees == NULL || str_is_absent(text))
        return LIMIT;
    SHA256((const unsigned char *)text.at, text.len, hash);
    *pay = (struct accounting_pay){.budget = asked->budget, .year = civil_of_date(asked->day).year, .day = asked->day,
                                   .gross = {posting->gross}, .employer = {posting->employer}, .payees = payees};
    memcpy(pay->command, hash, sizeof pay->command);
    for (size_t i = 0; i < POSTING_CREDITORS; i++) {
        enum posting_creditor creditor = (enum posting_creditor)i;
        if (posting_of(posting, creditor) == 0)
            continue;
        TRY(add_payee(ctx, posting, creditor, asked, &payees[pay->payee_count]));
        payees[pay->payee_count++].object = object_of(ctx, run, creditor);
    }
    return OK;
}

/* ---- made ---- */

static enum status need_new(struct ctx *ctx, const payrun_row *run)
{
    struct sql_posting_done_row row;
    if (run->state != PAYRUN_APPROVED && run->state != PAYRUN_CLOSED)
        return refuse(ctx, CONFLICT, "payroll.not_approved", T_payroll_not_approved);
    enum status done = sql_posting_done(ctx->db, ctx->arena, (struct sql_posting_done){.run = run->id}, &row);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    return refuse(ctx, CONFLICT, "payroll.post_there", T_payroll_post_there);
}

static enum status keep(struct ctx *ctx, const payrun_row *run, const struct posting_asked *asked,
                        const struct accounting_pay *pay, const struct accounting_answer *answer)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    for (size_t i = POSTING_STAFF + 1; i < POSTING_CREDITORS; i++)
        if (asked->sirets[i].len > 0)
            TRY(sql_posting_creditor_put(ctx->db, (struct sql_posting_creditor_put){
                                                      .code = str_of(posting_creditor_name((enum posting_creditor)i)),
                                                      .siret = asked->sirets[i]}));
    TRY(sql_posting_add(ctx->db, (struct sql_posting_add){.run = run->id,
                                                          .command = {(const char *)pay->command, sizeof pay->command},
                                                          .budget = asked->budget,
                                                          .amount = pay->gross.cents + pay->employer.cents,
                                                          .pieces = (int64_t)answer->made_count,
                                                          .posted_by = ctx->actor.person, .posted_ms = ctx->now.ms}));
    return audit_add(ctx, "payroll.post", asked->budget,
                     panel_iso(ctx, (struct date){(int32_t)run->month_day}));
}

enum status posting_make(struct ctx *ctx, const payrun_row *run, const struct posting_asked *asked,
                         struct accounting_answer *ret_answer)
{
    struct posting *posting = arena_new(ctx->arena, struct posting);
    struct accounting_pay pay;
    ret_answer->fault_count = ret_answer->made_count = 0;
    if (posting == NULL)
        return LIMIT;
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE | PAYROLL_APPROVE));
    TRY(need_new(ctx, run));
    TRY(posting_of_run(ctx, run, asked->is_short, posting));
    TRY(fill(ctx, run, posting, asked, &pay));
    TRY(accounting_pay(ctx, &pay, ret_answer));
    return keep(ctx, run, asked, &pay, ret_answer);
}
