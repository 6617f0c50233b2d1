#include "service/accounting/right/signatory.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/mandate.h"
#include "core/person.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/signatory_sql.h"
#include "service/accounting/right/unit.h"

enum { SIGNED_RIGHTS = RIGHT_ENGAGE | RIGHT_ATTEST | RIGHT_ORDER | RIGHT_SIGN };

/* ---- does one cover an act ---- */

/* How far one comes: the further, the nearer it is to covering the act. */
enum reach { OF_OTHERS, WITHOUT_RIGHT, OF_OTHER_UNIT, ON_OTHER_DAYS, BELOW, COVERS };

static enum reach reach_of(const struct signatory *one, const struct signatory_act *act)
{
    bool has_limit = one->limit.cents > 0;
    if (one->person != act->person)
        return OF_OTHERS;
    if ((one->rights & act->right) == 0)
        return WITHOUT_RIGHT;
    if (one->unit != 0 && one->unit != act->unit)
        return OF_OTHER_UNIT;
    if (act->day.days < one->since.days || (one->until.days != 0 && act->day.days > one->until.days))
        return ON_OTHER_DAYS;
    return has_limit && act->amount.cents > one->limit.cents ? BELOW : COVERS;
}

static void say(struct faults *faults, enum reach reach, const struct signatory *one, const struct signatory_act *act)
{
    switch (reach) {
    case OF_OTHERS:
        fault_add(faults, "signatory.none", STR(""), STR(""), STR(""));
        break;
    case WITHOUT_RIGHT:
        fault_add(faults, "signatory.right", STR(""), one->reference, STR(""));
        break;
    case OF_OTHER_UNIT:
        fault_add(faults, "signatory.unit", STR(""), one->reference, one->unit_code);
        break;
    case ON_OTHER_DAYS:
        fault_add_dates(faults, "signatory.day", "", act->day,
                        act->day.days < one->since.days ? one->since : one->until);
        break;
    case BELOW:
        fault_add_money(faults, "signatory.limit", "", act->amount, one->limit);
        break;
    case COVERS:
        break;
    }
}

bool signatory_covers(const struct signatory *all, size_t count, const struct signatory_act *act,
                      struct faults *faults)
{
    enum reach best = OF_OTHERS;
    const struct signatory *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        enum reach reach = reach_of(&all[i], act);
        bool is_higher = nearest != NULL && reach == best && reach == BELOW &&
                         all[i].limit.cents > nearest->limit.cents;
        if (reach > best || is_higher)
            nearest = &all[i];
        best = reach > best ? reach : best;
    }
    say(faults, best, nearest, act);
    return best == COVERS;
}

enum status signatory_may(struct ctx *ctx, const struct signatory_act *act, struct faults *faults)
{
    struct signatory *all;
    size_t count;
    struct signatory_act now = *act;
    now.day = ctx_today(ctx); /* a delegation that has ended covers no act, whatever day is written on it */
    TRY(signatory_list(ctx, &all, &count));
    if (signatory_covers(all, count, act, faults) && signatory_covers(all, count, &now, faults))
        return OK;
    return refuse(ctx, DENIED, "accounting.signatory", T_accounting_signatory_refused);
}

/* ---- those of the town ---- */

static struct signatory read_row(const struct sql_signatory_list_row *row, const unit_row *units, size_t unit_count)
{
    struct signatory one = {.id = row->id,
                            .person = row->person,
                            .unit = row->unit,
                            .rights = (unsigned)row->rights & SIGNED_RIGHTS,
                            .limit = {row->limit_cents},
                            .since = {(int32_t)row->since_day},
                            .until = {(int32_t)row->until_day},
                            .is_head = row->is_head != 0,
                            .reference = row->reference,
                            .name = row->display_name,
                            .address = row->address,
                            .unit_code = STR(""),
                            .unit_name = STR("")};
    for (size_t i = 0; i < unit_count; i++)
        if (units[i].id == row->unit) {
            one.unit_code = units[i].code;
            one.unit_name = units[i].name;
        }
    return one;
}

enum status signatory_list(struct ctx *ctx, struct signatory **ret_all, size_t *ret_count)
{
    struct sql_signatory_list_row *rows;
    unit_row *units;
    size_t unit_count, count;
    TRY(unit_list(ctx, &units, &unit_count));
    TRY(sql_signatory_list(ctx->db, ctx->arena, &rows, &count));
    struct signatory *all = arena_array(ctx->arena, struct signatory, count + 1);
    if (all == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        all[i] = read_row(&rows[i], units, unit_count);
    *ret_all = all;
    *ret_count = count;
    return OK;
}

/* Only one ordonnateur at a time: the law knows one mayor. */
static bool is_head_then(const struct signatory *one, const struct signatory *other)
{
    return one->is_head && (other->until.days == 0 || one->since.days <= other->until.days) &&
           (one->until.days == 0 || one->until.days >= other->since.days);
}

static enum status check(struct ctx *ctx, const struct signatory *one, struct faults *faults)
{
    struct signatory *all;
    size_t count, before = faults->found;
    bool is_ended = one->until.days != 0 && one->until.days < one->since.days;
    TRY(signatory_list(ctx, &all, &count));
    if (count >= SIGNATORIES_MAX)
        return LIMIT;
    if (one->rights == 0 || (one->rights & ~(unsigned)SIGNED_RIGHTS) != 0)
        fault_add(faults, "signatory.rights", STR(""), STR(""), STR(""));
    if (utf8_count(one->reference) > SIGNATORY_REFERENCE_MAX || (!one->is_head && one->reference.len == 0))
        fault_add(faults, "signatory.reference", STR(""), one->reference, STR(""));
    if (one->limit.cents < 0 || !money_is_within(one->limit.cents))
        fault_add_money(faults, "signatory.amount", "", one->limit, (struct money){0});
    if (one->since.days <= 0 || is_ended)
        fault_add_dates(faults, "signatory.days", "", one->until, one->since);
    for (size_t i = 0; one->is_head && i < count; i++)
        if (is_head_then(&all[i], one)) {
            fault_add(faults, "signatory.head", STR(""), all[i].name, STR(""));
            break;
        }
    return faults->found > before ? INVALID : OK;
}

enum status signatory_add(struct ctx *ctx, const struct signatory *signatory, struct faults *faults, int64_t *ret_id)
{
    person_row person;
    unit_row unit;
    struct sql_signatory_add_row added;
    struct sql_signatory_add in = {.person = signatory->person,
                                   .unit = signatory->unit,
                                   .rights = signatory->rights,
                                   .limit_cents = signatory->limit.cents,
                                   .since_day = signatory->since.days,
                                   .until_day = signatory->until.days,
                                   .is_head = signatory->is_head,
                                   .reference = signatory->reference};
    TRY(mandate_forbids(ctx));
    TRY(person_get(ctx, signatory->person, &person));
    if (signatory->unit != 0)
        TRY(unit_get(ctx, signatory->unit, &unit));
    TRY(check(ctx, signatory, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_signatory_add(ctx->db, ctx->arena, in, &added));
    *ret_id = added.id;
    return audit_add(ctx, signatory->is_head ? "accounting.head" : "accounting.delegation", person.address,
                     signatory->reference);
}

enum status signatory_end(struct ctx *ctx, int64_t id, struct date last, struct faults *faults)
{
    struct signatory *all;
    size_t count, i = 0;
    TRY(mandate_forbids(ctx));
    TRY(signatory_list(ctx, &all, &count));
    while (i < count && all[i].id != id)
        i++;
    if (i == count)
        return NOT_FOUND;
    if (last.days < all[i].since.days || (all[i].until.days != 0 && last.days > all[i].until.days)) {
        fault_add_dates(faults, "signatory.days", "", last, all[i].since);
        return INVALID;
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_signatory_end(ctx->db, (struct sql_signatory_end){.until_day = last.days, .id = id}));
    return audit_add(ctx, "accounting.delegation_end", all[i].address, all[i].reference);
}
