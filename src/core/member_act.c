#include "core/member_act.h"

#include "core/audit.h"

#define ACT(field, kind) SHAPE_FIELD(sql_member_act_list_row, field, kind, 0)
static const struct shape_field act_fields[] = {ACT(id, SHAPE_INT),       ACT(at_ms, SHAPE_INT),
                                                ACT(actor, SHAPE_TEXT),   ACT(kind, SHAPE_TEXT),
                                                ACT(subject, SHAPE_TEXT), ACT(detail, SHAPE_TEXT)};
const struct shape member_act_shape = SHAPE_OF(sql_member_act_list_row, act_fields);

enum status member_act_add(struct ctx *ctx, int64_t member, const char *kind, struct str subject, struct str detail)
{
    struct str actor = str_is_absent(ctx->actor.address) ? STR("") : ctx->actor.address;
    return sql_member_act_add(ctx->db, (struct sql_member_act_add){.member = member, .at_ms = ctx->now.ms,
                                                                   .actor = actor, .kind = str_of(kind),
                                                                   .subject = subject, .detail = detail});
}

enum status member_act_opt(struct ctx *ctx, int64_t member, struct str service, bool is_in)
{
    if (db_changes(ctx->db) == 0)
        return OK; /* it was so before */
    return member_act_add(ctx, member, is_in ? "service.on" : "service.off", service, STR(""));
}

static void add_change(struct buf *words, const char *name, struct str before, struct str after)
{
    if (!str_eq(before, after))
        buf_add_format(words, "%s%s %.*s", words->len > 0 ? "; " : "", name, STR_ARG(after));
}

enum status member_act_set(struct ctx *ctx, const member_row *before, const struct sql_member_set *after)
{
    struct buf words BUF_SCOPE = BUF_INIT(MEMBER_TEXT_MAX * 16);
    add_change(&words, "title", before->title, after->title);
    add_change(&words, "kind", before->kind, after->kind);
    add_change(&words, "insee", before->insee, after->insee);
    add_change(&words, "siret", before->siret, after->siret);
    add_change(&words, "zone", before->zone, after->zone);
    add_change(&words, "language", before->language, after->language);
    add_change(&words, "desk", before->desk, after->desk);
    add_change(&words, "phone", before->phone, after->phone);
    add_change(&words, "hours", before->hours, after->hours);
    if (words.len == 0)
        return OK;
    TRY(buf_status(&words));
    return member_act_add(ctx, before->id, "member.set", before->name, buf_str(&words));
}

enum status member_act_list(struct ctx *ctx, int64_t member, member_act **ret_acts, size_t *ret_count)
{
    return sql_member_act_list(ctx->db, ctx->arena, (struct sql_member_act_list){.member = member}, ret_acts,
                               ret_count);
}

enum status member_act_done(struct ctx *ctx, int64_t id, int64_t at_ms)
{
    return sql_member_act_done(ctx->db, (struct sql_member_act_done){.id = id, .at_ms = at_ms});
}

enum status member_act_note(struct ctx *ctx, const member_act *act)
{
    struct ctx then = *ctx;
    then.now.ms = act->at_ms;
    then.actor = (struct actor){.address = act->actor, .name = STR("")};
    return audit_told(&then, act->kind, act->subject, act->detail);
}
