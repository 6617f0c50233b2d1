#include "service/staff/record/staff_post.h"

#include "core/audit.h"
#include "core/mandate.h"
#include "core/person.h"
#include "core/town.h"
#include "service/staff/career/career.h"
#include "service/staff/lang.h"

static bool is_text(struct str text)
{
    return text.len > 0 && text.len <= STAFF_POST_TEXT_MAX;
}

enum status staff_post_add(struct ctx *ctx, const struct staff_post *post, int64_t *ret_id)
{
    struct sql_staff_post_by_code_row other;
    struct sql_staff_post_add_row row;
    struct str code = str_trim(post->code), title = str_trim(post->title);
    struct str deliberation = str_trim(post->deliberation);
    TRY(mandate_forbids(ctx));
    bool is_whole = is_text(code) && code.len <= STAFF_CODE_MAX && is_text(title) && is_text(deliberation) &&
                    post->deliberated.days != 0 && post->since.days != 0 && post->week_tenths >= 0 &&
                    post->week_tenths < STAFF_WEEK_TENTHS_MAX;
    if (!is_whole)
        return refuse(ctx, INVALID, "staff.post", T_staff_post_wrong);
    enum status found =
        sql_staff_post_by_code(ctx->db, ctx->arena, (struct sql_staff_post_by_code){.code = code}, &other);
    if (found != NOT_FOUND)
        return found == OK ? refuse(ctx, CONFLICT, "staff.post_taken", T_staff_post_taken) : found;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_post_add(ctx->db, ctx->arena,
                           (struct sql_staff_post_add){.code = code,
                                                       .title = title,
                                                       .team = post->team,
                                                       .category = post->category,
                                                       .week_tenths = post->week_tenths,
                                                       .deliberation = deliberation,
                                                       .deliberated_day = post->deliberated.days,
                                                       .since_day = post->since.days},
                           &row));
    *ret_id = row.id;
    return audit_add(ctx, "staff.post", code, deliberation);
}

enum status staff_post_list(struct ctx *ctx, staff_post_row **ret_posts, size_t *ret_count)
{
    return sql_staff_post_list(ctx->db, ctx->arena, ret_posts, ret_count);
}

struct str staff_post_words(struct ctx *ctx, int64_t post)
{
    struct sql_staff_post_get_row row;
    if (sql_staff_post_get(ctx->db, ctx->arena, (struct sql_staff_post_get){.id = post}, &row) != OK)
        return STR("");
    return str_format(ctx->arena, "%.*s %.*s", STR_ARG(row.code), STR_ARG(row.title));
}

enum status staff_post_holders(struct ctx *ctx, staff_post_holder **ret_holders, size_t *ret_count)
{
    struct sql_staff_post_holder in = {.kind = CAREER_POST};
    return sql_staff_post_holder(ctx->db, ctx->arena, in, ret_holders, ret_count);
}

/* ---- teams ---- */

enum status staff_team_add(struct ctx *ctx, struct str code, struct str name, int64_t *ret_id)
{
    struct sql_staff_post_team_by_code_row other;
    struct sql_staff_post_team_add_row row;
    code = str_trim(code);
    name = str_trim(name);
    TRY(mandate_forbids(ctx));
    if (!is_text(code) || code.len > STAFF_CODE_MAX || !is_text(name))
        return refuse(ctx, INVALID, "staff.team", T_staff_team_wrong);
    enum status found =
        sql_staff_post_team_by_code(ctx->db, ctx->arena, (struct sql_staff_post_team_by_code){.code = code}, &other);
    if (found != NOT_FOUND)
        return found == OK ? refuse(ctx, CONFLICT, "staff.team_taken", T_staff_team_taken) : found;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_staff_post_team_add in = {.code = code, .name = name};
    TRY(sql_staff_post_team_add(ctx->db, ctx->arena, in, &row));
    *ret_id = row.id;
    return audit_add(ctx, "staff.team", code, name);
}

enum status staff_team_list(struct ctx *ctx, staff_team_row **ret_teams, size_t *ret_count)
{
    return sql_staff_post_teams(ctx->db, ctx->arena, ret_teams, ret_count);
}

static enum status team_of(struct ctx *ctx, int64_t team, staff_team_row *ret_team)
{
    staff_team_row *teams;
    size_t count;
    TRY(staff_team_list(ctx, &teams, &count));
    for (size_t i = 0; i < count; i++)
        if (teams[i].id == team) {
            *ret_team = teams[i];
            return OK;
        }
    return NOT_FOUND;
}

enum status staff_team_of_post(struct ctx *ctx, int64_t post, staff_team_row *ret_team)
{
    struct sql_staff_post_get_row row;
    TRY(sql_staff_post_get(ctx->db, ctx->arena, (struct sql_staff_post_get){.id = post}, &row));
    return team_of(ctx, row.team, ret_team);
}

enum status staff_team_set_manager(struct ctx *ctx, int64_t team, int64_t person)
{
    staff_team_row row;
    person_row who = {.address = STR("")};
    TRY(mandate_forbids(ctx));
    TRY(team_of(ctx, team, &row));
    if (person != 0)
        TRY(person_get(ctx, person, &who));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_post_team_manager(ctx->db, (struct sql_staff_post_team_manager){.person = person, .id = team}));
    return audit_add(ctx, "staff.manager", row.code, who.address);
}
