#include "service/accounting/asset/asset_proof.h"

#include "service/accounting/asset/asset_proof_sql.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/asset/item_sql.h"
#include "service/accounting/proof.h"

enum { ARENA = 8 << 20 };

static const char *const says[] = {
    [1] = "entry %lld: it charges assets with %lld cents, the journal says %lld",
    [2] = "entry %lld: asset %lld is charged with it in %lld, and it is no operation of order of that year and budget",
    [3] = "asset %lld: its plan sums up to %lld cents, of %lld (I14)",
    [4] = "asset %lld: %lld was charged with %lld cents, its plan says %lld (I14)",
    [5] = "entry %lld: asset %lld is charged with it in %lld, and it has no other half",
};
PROOF_EACH(asset_proof_rows, says)

static enum status tell(struct proof *proof, struct proof_row row)
{
    return proof_tell(proof, says, sizeof says / sizeof *says, row);
}

static struct money planned(const struct asset_plan *plan, int64_t year)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->years[i].year == year)
            return plan->years[i].charge;
    return (struct money){0};
}

/* `left`: the plan of an asset that left, cut down to its last day. Its year was charged so, or whole where nobody knew
 * yet that it would leave; years that were charged before it was said stay as they are. */
static enum status prove_charges(struct ctx *ctx, int64_t id, const struct asset_plan *plan,
                                 const struct asset_plan *left, struct proof *proof)
{
    struct sql_item_charges_row *charges;
    size_t count;
    TRY(sql_item_charges(ctx->db, ctx->arena, (struct sql_item_charges){.asset = id}, &charges, &count));
    for (size_t i = 0; i < count; i++) {
        struct money wanted = planned(plan, charges[i].year);
        if (charges[i].amount != wanted.cents && charges[i].amount != planned(left, charges[i].year).cents)
            TRY(tell(proof, (struct proof_row){4, id, charges[i].year, charges[i].amount, wanted.cents}));
    }
    return OK;
}

static enum status prove_item(struct ctx *ctx, int64_t id, struct proof *proof)
{
    struct faults *faults = faults_new(ctx->arena);
    struct asset_plan plan, left;
    struct item item;
    int64_t sum = 0;
    if (faults == NULL)
        return LIMIT;
    TRY(item_get(ctx, id, &item));
    enum status done = item_plan(&item, faults, &left);
    item.gone = (struct date){0};
    if (done == OK)
        done = item_plan(&item, faults, &plan);
    if (done != OK && done != INVALID && done != NOT_FOUND)
        return done;
    for (size_t i = 0; done == OK && i < plan.count; i++)
        sum += plan.years[i].charge.cents;
    int64_t base = item.years == 0 ? 0 : item.cost.cents - item.before.cents;
    if (done != OK || sum != base)
        TRY(tell(proof, (struct proof_row){3, id, done == OK ? sum : 0, base, 0}));
    return done == OK ? prove_charges(ctx, id, &plan, &left, proof) : OK;
}

static enum status prove_items(struct ctx *ctx, struct proof *proof)
{
    int64_t after = 0;
    for (size_t count = 1; count > 0;) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct sql_asset_proof_items_row *rows;
        struct ctx own = *ctx;
        own.arena = arena;
        TRY(sql_asset_proof_items(own.db, arena, (struct sql_asset_proof_items){.after = after}, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(prove_item(&own, rows[i].id, proof));
            after = rows[i].id;
        }
    }
    return OK;
}

enum status asset_verify(struct ctx *ctx, struct buf *findings)
{
    struct proof proof = {.findings = findings};
    TRY(prove_asset_proof_rows(ctx, &proof));
    return prove_items(ctx, &proof);
}
