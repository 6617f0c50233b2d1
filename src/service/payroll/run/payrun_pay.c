#include "service/payroll/run/payrun_pay.h"

#include <openssl/sha.h>

#include "service/payroll/employer/employer.h"
#include "service/payroll/run/payrun_law.h"

/* ---- the law of the month ---- */

enum status payrun_month_of(struct ctx *ctx, const payrun_row *run, struct payrun_month *ret_month)
{
    struct date month = {(int32_t)run->month_day};
    struct instant known = {run->known_ms};
    struct date day = ctx_day(ctx, known);
    struct pay_employer employer;
    enum law_code missing;
    bool is_large;
    ret_month->run = run->id;
    ret_month->month = month;
    ret_month->known = known;
    ret_month->missing = STR("");
    ret_month->law_words = payrun_hash_words(ctx, run->law);
    TRY(payrun_law_of(ctx, run->law, &ret_month->law));
    TRY(employer_is_large(ctx, month, known, &is_large));
    TRY(pay_employer_of(&ret_month->law, month, day, is_large, &employer));
    enum status done = pay_law_of(&ret_month->law, &employer, month, day, &ret_month->pay, &missing);
    if (done == INVALID)
        ret_month->missing = str_format(ctx->arena, "law.%s", law_code_name(missing));
    return done == INVALID ? OK : done;
}

/* ---- one agent ---- */

/* Those that go with the agent's first payslip of the month. */
static enum status differences_of(struct ctx *ctx, const struct payrun_month *month, const struct payrun_made *made,
                                  struct difference_list *list)
{
    struct sql_payrun_differences_row *rows;
    size_t count;
    *list = (struct difference_list){0};
    if (month->run == 0 || made->part != 1)
        return OK;
    struct sql_payrun_differences in = {.run = month->run, .agent = made->agent};
    TRY(sql_payrun_differences(ctx->db, ctx->arena, in, &rows, &count));
    list->at = arena_array(ctx->arena, struct difference, count + 1);
    if (list->at == NULL || count > BULLETIN_DIFFERENCES_MAX)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct difference *one = &list->at[list->count++];
        *one = (struct difference){.month = {(int32_t)rows[i].month_day}, .cents = rows[i].cents};
        if (pay_line_named(rows[i].line, &one->line) != OK)
            return CORRUPT;
    }
    return OK;
}

static enum status make(struct ctx *ctx, struct payrun_month *month, const struct pay_facts *facts,
                        struct payrun_made *made)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(BULLETIN_BYTES_MAX);
    unsigned char hash[SHA256_DIGEST_LENGTH];
    struct bulletin *bulletin = &month->room;
    struct difference_list differences;
    TRY(differences_of(ctx, month, made, &differences));
    *bulletin = (struct bulletin){.matricule = made->matricule, .part = (int32_t)made->part, .known = month->known,
                                  .law = month->law_words, .facts = *facts, .said = {.month = month->month}};
    pay_compute_traced(&month->pay, facts, &bulletin->said.payslip, &bulletin->said.trace);
    bulletin->paid = bulletin->said.payslip;
    bulletin->differences = differences.at;
    bulletin->difference_count = differences.count;
    if (differences.count > 0)
        difference_carry(&month->pay, facts, &bulletin->said.payslip, &differences, &bulletin->paid);
    TRY(bulletin_write(&bytes, bulletin, &month->pay, ctx_day(ctx, month->known)));
    SHA256((const unsigned char *)bytes.at, bytes.len, hash);
    made->bytes = str_copy(ctx->arena, buf_str(&bytes));
    made->hash = str_copy(ctx->arena, (struct str){(const char *)hash, sizeof hash});
    const int64_t *cents = bulletin->paid.cents;
    made->gross = cents[PAY_GROSS];
    made->withheld = cents[PAY_AGENT_TOTAL];
    made->employer = cents[PAY_EMPLOYER_TOTAL];
    made->tax = cents[PAY_TAX];
    made->net = cents[PAY_NET];
    return str_is_absent(made->bytes) || str_is_absent(made->hash) ? LIMIT : OK;
}

enum status payrun_pay_one(struct ctx *ctx, struct payrun_month *month, const struct staff_month *staff,
                           struct payrun_made *ret_made, size_t *ret_count)
{
    struct payrun_facts *facts = &month->facts;
    TRY(payrun_facts_of(ctx, staff, month->month, month->known, facts));
    struct str fault = facts->fault.len > 0 ? facts->fault : facts->count > 0 ? month->missing : STR("");
    *ret_count = fault.len > 0 ? 1 : facts->count;
    for (size_t i = 0; i < *ret_count; i++) {
        ret_made[i] = (struct payrun_made){.agent = staff->agent, .part = (int64_t)i + 1, .matricule = staff->code,
                                           .fault = fault, .bytes = STR(""), .hash = STR("")};
        if (fault.len == 0)
            TRY(make(ctx, month, &facts->slips[i].facts, &ret_made[i]));
    }
    return OK;
}

/* ---- some of them ---- */

enum status payrun_pay(struct ctx *ctx, struct payrun_month *month, int64_t after, struct payrun_made **ret_made,
                       size_t *ret_count, bool *ret_is_last)
{
    struct staff_month *staff;
    size_t agents, count;
    struct staff_asked asked = {.month = month->month, .known = month->known, .after_agent = after};
    TRY(staff_months(ctx, asked, &staff, &agents));
    struct payrun_made *made = arena_array(ctx->arena, struct payrun_made, (agents + 1) * PAYRUN_PARTS_MAX);
    if (made == NULL)
        return LIMIT;
    *ret_count = 0;
    for (size_t i = 0; i < agents; i++) {
        TRY(payrun_pay_one(ctx, month, &staff[i], &made[*ret_count], &count));
        if (count == 0)
            made[(*ret_count)] = (struct payrun_made){.agent = staff[i].agent, .is_unpaid = true};
        *ret_count += count == 0 ? 1 : count;
    }
    *ret_made = made;
    *ret_is_last = agents < STAFF_BATCH;
    return OK;
}
