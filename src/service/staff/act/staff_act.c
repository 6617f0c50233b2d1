#include "service/staff/act/staff_act.h"

#include "core/audit.h"
#include "core/mandate.h"
#include "core/town.h"
#include "service/staff/act/staff_act_text.h"
#include "service/staff/lang.h"
#include "service/staff/right/staff_right.h"

enum status staff_act_get(struct ctx *ctx, int64_t id, staff_act *ret_act)
{
    return sql_staff_act_get(ctx->db, ctx->arena, (struct sql_staff_act_get){.id = id}, ret_act);
}

struct str staff_act_number(struct ctx *ctx, const staff_act *act)
{
    return str_format(ctx->arena, "%lld-%lld", (long long)act->year, (long long)act->number);
}

enum status staff_act_list(struct ctx *ctx, int32_t year, staff_act_row **ret_acts, size_t *ret_count)
{
    return sql_staff_act_list(ctx->db, ctx->arena, (struct sql_staff_act_list){.year = year}, ret_acts, ret_count);
}

enum status staff_act_of(struct ctx *ctx, int64_t agent, staff_act_own **ret_acts, size_t *ret_count)
{
    return sql_staff_act_of(ctx->db, ctx->arena, (struct sql_staff_act_of){.agent = agent}, ret_acts, ret_count);
}

enum status staff_act_drafts(struct ctx *ctx, int64_t *ret_count)
{
    struct sql_staff_act_drafts_row row;
    TRY(sql_staff_act_drafts(ctx->db, ctx->arena, &row));
    *ret_count = row.number;
    return OK;
}

enum status staff_act_after(struct ctx *ctx, int64_t id, int64_t *ret_act)
{
    struct sql_staff_act_after_row row = {0};
    enum status found = sql_staff_act_after(ctx->db, ctx->arena, (struct sql_staff_act_after){.act = id}, &row);
    *ret_act = found == OK ? row.act : 0;
    return found == NOT_FOUND ? OK : found;
}

/* ---- drafts ---- */

enum status staff_act_begin(struct ctx *ctx, int64_t agent, enum career_kind kind, struct str reason, int64_t *ret_act)
{
    struct sql_staff_act_next_row next;
    struct sql_staff_act_add_row row;
    struct date today = ctx_today(ctx);
    int32_t year = civil_of_date(today).year;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_act_next(ctx->db, ctx->arena, (struct sql_staff_act_next){.year = year}, &next));
    struct sql_staff_act_add in = {.year = year,
                                   .number = next.number,
                                   .agent = agent,
                                   .kind = kind,
                                   .day = today.days,
                                   .made_by = ctx->actor.person,
                                   .made_ms = ctx->now.ms,
                                   .reason = reason};
    TRY(sql_staff_act_add(ctx->db, ctx->arena, in, &row));
    *ret_act = row.id;
    return OK;
}

enum status staff_act_for(struct ctx *ctx, int64_t agent, const struct career *career, const struct career_fact *fact,
                          const struct career_fact *corrected, struct str reason, int64_t *ret_act)
{
    staff_act old = {.state = STAFF_ACT_VOID};
    bool is_wanted = !fact->is_back && act_form_wants(ctx->arena, career, fact);
    *ret_act = 0;
    if (corrected != NULL && corrected->act != 0)
        TRY(staff_act_get(ctx, corrected->act, &old));
    if (old.state == STAFF_ACT_DRAFT) {
        *ret_act = is_wanted ? old.id : 0;
        return OK;
    }
    if (old.state != STAFF_ACT_SIGNED)
        return is_wanted ? staff_act_begin(ctx, agent, fact->kind, STR(""), ret_act) : OK;
    if (act_form_is_end(corrected, fact))
        return is_wanted ? staff_act_begin(ctx, agent, fact->kind, STR(""), ret_act) : OK;
    reason = str_trim(reason);
    if (reason.len == 0 || reason.len > STAFF_ACT_WORDS_MAX)
        return refuse(ctx, INVALID, "staff.act_reason", T_staff_act_reason_none);
    return staff_act_begin(ctx, agent, fact->kind, reason, ret_act);
}

enum status staff_act_settle(struct ctx *ctx, int64_t act)
{
    struct sql_staff_act_lives_row row;
    if (act == 0)
        return OK;
    TRY(sql_staff_act_lives(ctx->db, ctx->arena, (struct sql_staff_act_lives){.act = act}, &row));
    return row.number > 0 ? OK : sql_staff_act_void(ctx->db, (struct sql_staff_act_void){.id = act});
}

/* ---- signing ---- */

enum status staff_act_sign(struct ctx *ctx, int64_t id, struct str signatory)
{
    staff_act act;
    struct staff_act_text *text = arena_new(ctx->arena, struct staff_act_text);
    bool is_named;
    signatory = str_trim(signatory);
    if (text == NULL)
        return LIMIT;
    TRY(mandate_forbids(ctx));
    TRY(staff_right_need(ctx, STAFF_MAY_CONFIRM));
    TRY(staff_act_get(ctx, id, &act));
    if (act.state != STAFF_ACT_DRAFT)
        return refuse(ctx, CONFLICT, "staff.act_state", T_staff_act_decided);
    if (act.made_by == ctx->actor.person)
        return refuse(ctx, DENIED, "staff.same_person", T_staff_act_same_person);
    if (signatory.len == 0 || signatory.len > STAFF_ACT_WORDS_MAX || str_find_byte(signatory, '\n') != SIZE_MAX)
        return refuse(ctx, INVALID, "staff.act_signatory", T_staff_act_signatory_wrong);
    TRY(staff_act_text_of(ctx, &act, signatory, text, &is_named));
    if (!is_named)
        return refuse(ctx, INVALID, "staff.act_identity", T_staff_act_identity_none);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(staff_act_text_keep(ctx, id, text));
    TRY(sql_staff_act_sign(ctx->db, (struct sql_staff_act_sign){.signatory = signatory,
                                                                .person = ctx->actor.person,
                                                                .signed_ms = ctx->now.ms,
                                                                .id = id}));
    return audit_add(ctx, "staff.act", act.code, staff_act_number(ctx, &act));
}
