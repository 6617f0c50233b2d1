#include "service/accounting/debt/debt_proof.h"

#include "service/accounting/debt/debt_proof_sql.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/debt/loan_sql.h"
#include "service/accounting/proof.h"

enum { ARENA = 16 << 20 };

static const char *const says[] = {
    [1] = "loan %lld: the bank's schedule pays back %lld cents of %lld",
    [2] = "loan %lld: the bank's instalments stand at places up to %lld, and there are %lld",
    [3] = "entry %lld: it pays %lld instalments, and not %lld",
    [4] = "entry %lld: it is no mandat of loan %lld, and pays its instalment %lld",
    [5] = "entry %lld: mandat %lld is of a loan, and pays no instalment",
    [6] = "loan %lld: instalment %lld was ordered with %lld cents, its schedule says %lld",
    [7] = "loan %lld: it has no schedule (%lld), or fewer instalments than %lld",
    [8] = "loan %lld: instalment %lld is ordered by %lld mandats",
    [9] = "entry %lld: interest of loan %lld that ran in %lld is not attached by it",
};
PROOF_EACH(debt_proof_rows, says)

static enum status tell(struct proof *proof, struct proof_row row)
{
    return proof_tell(proof, says, sizeof says / sizeof *says, row);
}

/* Of a mandat that was reduced, the schedule may say what was left of it then. */
static enum status prove_due(int64_t id, const struct loan_schedule *schedule, const struct sql_loan_repaid_row *row,
                             struct proof *proof)
{
    if (row->remains == 0) /* cancelled whole: the instalment may have become another since */
        return OK;
    if (row->place < 1 || (size_t)row->place > schedule->count)
        return tell(proof, (struct proof_row){7, id, (int64_t)schedule->count, row->place, 0});
    const struct loan_due *due = &schedule->dues[row->place - 1];
    struct money wanted = due->capital;
    TRY(money_add(&wanted, due->interest));
    return wanted.cents <= row->amount && wanted.cents >= row->remains
               ? OK
               : tell(proof, (struct proof_row){6, id, row->place, row->amount, wanted.cents});
}

static enum status prove_loan(struct ctx *ctx, int64_t id, struct proof *proof)
{
    struct faults *faults = faults_new(ctx->arena);
    struct loan_schedule schedule = {.count = 0};
    struct sql_loan_repaid_row *rows;
    struct loan loan;
    size_t count;
    if (faults == NULL)
        return LIMIT;
    TRY(loan_get(ctx, id, &loan));
    enum status done = loan_schedule(ctx, &loan, faults, &schedule);
    if (done == INVALID)
        return tell(proof, (struct proof_row){7, id, 0, 0, 0});
    TRY(done);
    TRY(sql_loan_repaid(ctx->db, ctx->arena, (struct sql_loan_repaid){.loan = id}, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(prove_due(id, &schedule, &rows[i], proof));
    return OK;
}

static enum status prove_loans(struct ctx *ctx, struct proof *proof)
{
    int64_t after = 0;
    for (size_t count = 1; count > 0;) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct sql_debt_proof_loans_row *rows;
        struct ctx own = *ctx;
        own.arena = arena;
        TRY(sql_debt_proof_loans(own.db, arena, (struct sql_debt_proof_loans){.after = after}, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(prove_loan(&own, rows[i].id, proof));
            after = rows[i].id;
        }
    }
    return OK;
}

enum status debt_verify(struct ctx *ctx, struct buf *findings)
{
    struct proof proof = {.findings = findings};
    TRY(prove_debt_proof_rows(ctx, &proof));
    return prove_loans(ctx, &proof);
}
