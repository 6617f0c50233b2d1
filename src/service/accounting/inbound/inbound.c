#include "service/accounting/inbound/inbound.h"

#include "service/accounting/inbound/inbound_sql.h"
#include "service/accounting/lang.h"

/* The budget whose SIRET is that of the recipient; by its SIREN alone, where the town has just one of it. */
static enum status find_budget(struct ctx *ctx, const struct inbound *inbound, struct faults *faults,
                               int64_t *ret_budget)
{
    struct sql_inbound_budget_row *rows;
    size_t count;
    bool has_siret = inbound->to_siret.len > 0;
    TRY(sql_inbound_budget(ctx->db, ctx->arena,
                           (struct sql_inbound_budget){.siret = inbound->to_siret,
                                                       .siren = has_siret ? STR("-") : inbound->to_siren},
                           &rows, &count));
    if (count != 1)
        return fault_refuse(faults, "inbound.recipient", "recipient", has_siret ? inbound->to_siret : inbound->to_siren,
                            STR(""));
    *ret_budget = rows[0].id;
    return OK;
}

static struct bill bill_of(struct ctx *ctx, const struct inbound *inbound, int64_t file)
{
    struct date today = ctx_today(ctx);
    return (struct bill){.number = inbound->number,
                         .form = inbound->form,
                         .is_credit = inbound->is_credit,
                         .issued = {(int32_t)inbound->issued},
                         .received = inbound->received != 0 ? (struct date){(int32_t)inbound->received} : today,
                         .net = {inbound->net},
                         .tax = {inbound->tax},
                         .gross = {inbound->gross},
                         .iban = inbound->iban,
                         .asked = inbound->engagement.len > 0 ? inbound->engagement : inbound->contract,
                         .service = inbound->service,
                         .origin = inbound->origin,
                         .inbound = file,
                         .file_name = STR(""),
                         .file = STR("")};
}

/* Of a supplier's other establishment too, which may be no party yet. */
static enum status was_there(struct ctx *ctx, const struct inbound *inbound, const struct bill *bill,
                             struct inbound_taken *taken)
{
    struct bill twin;
    TRY(bill_twin(ctx, bill, inbound_siren(inbound), &twin));
    *taken = (struct inbound_taken){.outcome = INBOUND_THERE, .bill = twin.id};
    return OK;
}

static enum status match(struct ctx *ctx, struct bill *bill, struct inbound_taken *taken)
{
    struct engagement engagement;
    TRY(inbound_find(ctx, bill, &engagement, &taken->match));
    if (taken->match != INBOUND_MATCHED)
        return OK;
    bill->engagement = engagement.sequence;
    taken->engagement = engagement.number;
    return OK;
}

/* What is wrong with it is found before the party is added, so that nothing is left of one that is refused. */
static enum status find_party(struct ctx *ctx, const struct inbound *inbound, struct bill *bill, struct faults *faults,
                              struct inbound_taken *taken)
{
    enum status known = inbound_party(ctx, inbound, &bill->party);
    if (known != OK && known != NOT_FOUND)
        return known;
    enum status there = was_there(ctx, inbound, bill, taken);
    if (there != NOT_FOUND)
        return there;
    TRY(bill_check(ctx, bill, faults));
    if (known == OK)
        return OK;
    taken->is_new_party = true;
    return inbound_party_add(ctx, inbound, faults, &bill->party);
}

enum status inbound_take(struct ctx *ctx, const struct inbound *inbound, int64_t file, struct faults *faults,
                         struct inbound_taken *ret_taken)
{
    struct bill bill = bill_of(ctx, inbound, file);
    struct inbound_taken taken = {.outcome = INBOUND_ADDED};
    TRY(find_budget(ctx, inbound, faults, &bill.budget));
    TRY(find_party(ctx, inbound, &bill, faults, &taken));
    if (taken.outcome == INBOUND_ADDED) {
        TRY(match(ctx, &bill, &taken));
        TRY(bill_add(ctx, &bill, faults, &taken.bill));
        TRY(inbound_bank(ctx, inbound, bill.party, &taken.is_new_bank));
    }
    *ret_taken = taken;
    return OK;
}
