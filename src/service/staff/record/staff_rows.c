#include "service/staff/record/staff_rows.h"

#include "core/export_people.h"
#include "core/seal.h"
#include "core/town.h"
#include "service/staff/absence/staff_request.h"
#include "service/staff/act/staff_act.h"
#include "service/staff/record/staff_bank.h"
#include "service/staff/record/staff_log.h"
#include "service/staff/record/staff_rows_sql.h"
#include "service/staff/right/staff_right.h"

EXPORT_EACH(staff_rows_right)
EXPORT_EACH(staff_rows_setting)
EXPORT_EACH(staff_rows_team)
EXPORT_EACH(staff_rows_post)
EXPORT_EACH(staff_rows_agent)
EXPORT_EACH(staff_rows_identity)
EXPORT_EACH(staff_rows_act)
EXPORT_EACH(staff_rows_act_text)
EXPORT_EACH(staff_rows_fact)
EXPORT_EACH(staff_rows_bank)
EXPORT_EACH(staff_rows_request)
EXPORT_EACH(staff_rows_read)
EXPORT_EACH(staff_rows_index)

enum { SHORT_MAX = 40 };

static bool is_end(int64_t day)
{
    return day == 0 || export_is_day(day);
}

static enum status person_or_none(struct ctx *ctx, struct str address, int64_t *ret_person)
{
    *ret_person = 0;
    return address.len == 0 ? OK : export_person(ctx, address, ret_person);
}

static enum status agent_of(struct ctx *ctx, struct str code, int64_t *ret_agent)
{
    enum status found = staff_agent_of(ctx, code, ret_agent);
    return found == NOT_FOUND ? INVALID : found;
}

static enum status take_right(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_right_row *row = from;
    struct sql_staff_rows_right_add in = {
        .rights = row->rights};
    if (!(row->rights >= 0 && row->rights <= STAFF_RIGHTS_ALL))
        return INVALID;
    TRY(export_person(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_right_add(ctx->db, in);
}

static enum status take_setting(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_setting_row *row = from;
    struct sql_staff_rows_setting_add in = {
        .name = row->name, .value = row->value};
    if (!(row->name.len > 0 && row->name.len <= SHORT_MAX))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_setting_add(ctx->db, in);
}

static enum status take_team(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_team_row *row = from;
    struct sql_staff_rows_team_add in = {
        .id = row->id, .code = row->code, .name = row->name};
    if (!(row->code.len > 0))
        return INVALID;
    TRY(person_or_none(ctx, row->manager, &in.manager));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_team_add(ctx->db, in);
}

static enum status take_post(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_post_row *row = from;
    struct sql_staff_rows_post_add in = {
        .id = row->id, .code = row->code, .title = row->title, .team = row->team, .category = row->category,
        .week_tenths = row->week_tenths, .deliberation = row->deliberation,
        .deliberated_day = row->deliberated_day, .since_day = row->since_day, .until_day = row->until_day};
    if (!(row->code.len > 0 && row->category >= 0 && row->category < STAFF_CATEGORIES && row->week_tenths >= 0 &&
          row->week_tenths <= STAFF_WEEK_TENTHS_MAX && export_is_day(row->since_day) && is_end(row->until_day)))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_post_add(ctx->db, in);
}

static enum status take_agent(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_agent_row *row = from;
    struct sql_staff_rows_agent_add in = {
        .id = row->id, .code = row->code, .made_ms = row->made_ms};
    if (!(row->code.len > 0 && row->code.len <= STAFF_CODE_MAX))
        return INVALID;
    TRY(person_or_none(ctx, row->person, &in.person));
    TRY(person_or_none(ctx, row->made_by, &in.made_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_agent_add(ctx->db, in);
}

static enum status take_identity(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_identity_row *row = from;
    struct sql_staff_rows_identity_add in = {
        .id = row->id, .sealed = row->sealed, .mark = row->mark, .known_ms = row->known_ms};
    if (!(row->sealed.len > 0 && (row->mark.len == 0 || row->mark.len == SEAL_MARK_BYTES)))
        return INVALID;
    TRY(agent_of(ctx, row->agent, &in.agent));
    TRY(person_or_none(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_identity_add(ctx->db, in);
}

static enum status take_act(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_act_row *row = from;
    struct sql_staff_rows_act_add in = {
        .id = row->id, .year = row->year, .number = row->number, .kind = row->kind, .day = row->day,
        .state = row->state, .signatory = row->signatory, .made_ms = row->made_ms, .signed_ms = row->signed_ms,
        .reason = row->reason};
    if (!(row->number > 0 && row->kind >= 0 && row->kind < CAREER_KINDS && export_is_day(row->day) && row->state >= 0 &&
          row->state <= STAFF_ACT_VOID))
        return INVALID;
    TRY(agent_of(ctx, row->agent, &in.agent));
    TRY(person_or_none(ctx, row->made_by, &in.made_by));
    TRY(person_or_none(ctx, row->signed_by, &in.signed_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_act_add(ctx->db, in);
}

static enum status take_act_text(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_act_text_row *row = from;
    struct sql_staff_rows_act_text_add in = {
        .act = row->act, .sealed = row->sealed};
    if (!(row->act > 0 && row->sealed.len > 0))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_act_text_add(ctx->db, in);
}

static enum status take_fact(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_fact_row *row = from;
    struct sql_staff_rows_fact_add in = {
        .id = row->id, .kind = row->kind, .item = row->item, .number = row->number, .words = row->words,
        .link = row->link, .since_day = row->since_day, .until_day = row->until_day, .known_ms = row->known_ms,
        .corrects = row->corrects, .is_back = row->is_back, .act = row->act};
    if (!(row->kind >= 0 && row->kind < CAREER_KINDS && row->words.len <= CAREER_WORDS_MAX &&
          export_is_day(row->since_day) && is_end(row->until_day)))
        return INVALID;
    TRY(agent_of(ctx, row->agent, &in.agent));
    TRY(person_or_none(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_fact_add(ctx->db, in);
}

static enum status take_bank(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_bank_row *row = from;
    struct sql_staff_rows_bank_add in = {
        .id = row->id, .sealed = row->sealed, .mark = row->mark, .state = row->state,
        .entered_ms = row->entered_ms, .decided_ms = row->decided_ms};
    if (!(row->sealed.len > 0 && row->mark.len == SEAL_MARK_BYTES && row->state >= 0 &&
          row->state <= STAFF_BANK_REPLACED))
        return INVALID;
    TRY(agent_of(ctx, row->agent, &in.agent));
    TRY(person_or_none(ctx, row->entered_by, &in.entered_by));
    TRY(person_or_none(ctx, row->decided_by, &in.decided_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_bank_add(ctx->db, in);
}

static enum status take_request(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_request_row *row = from;
    struct sql_staff_rows_request_add in = {
        .id = row->id, .kind = row->kind, .since_day = row->since_day, .until_day = row->until_day,
        .state = row->state, .asked_ms = row->asked_ms, .decided_ms = row->decided_ms, .fact = row->fact};
    if (!(row->kind >= 0 && row->kind < STAFF_ABSENCES && export_is_day(row->since_day) &&
          export_is_day(row->until_day) && row->state >= 0 && row->state <= STAFF_TAKEN_BACK))
        return INVALID;
    TRY(agent_of(ctx, row->agent, &in.agent));
    TRY(person_or_none(ctx, row->decided_by, &in.decided_by));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_request_add(ctx->db, in);
}

static enum status take_read(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_read_row *row = from;
    struct sql_staff_rows_read_add in = {
        .id = row->id, .what = row->what, .reason = row->reason, .at_ms = row->at_ms};
    if (!(row->what >= 0 && row->what < STAFF_READ_WHATS && row->reason >= 0 && row->reason < STAFF_REASONS))
        return INVALID;
    TRY(agent_of(ctx, row->agent, &in.agent));
    TRY(person_or_none(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_read_add(ctx->db, in);
}

static enum status take_index(struct ctx *ctx, const void *from)
{
    const struct sql_staff_rows_index_row *row = from;
    struct sql_staff_rows_index_add in = {
        .since_day = row->since_day, .gross = row->gross, .points = row->points, .source = row->source};
    if (!(export_is_day(row->since_day) && row->gross > 0 && row->points >= STAFF_INDEX_MIN &&
          row->points <= STAFF_INDEX_MAX))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_staff_rows_index_add(ctx->db, in);
}

const struct export_file staff_rows[STAFF_ROWS] = {
    {"staff_rights.csv", &sql_staff_rows_right_row_shape, each_staff_rows_right, take_right},
    {"staff_settings.csv", &sql_staff_rows_setting_row_shape, each_staff_rows_setting, take_setting},
    {"staff_teams.csv", &sql_staff_rows_team_row_shape, each_staff_rows_team, take_team},
    {"staff_posts.csv", &sql_staff_rows_post_row_shape, each_staff_rows_post, take_post},
    {"staff_agents.csv", &sql_staff_rows_agent_row_shape, each_staff_rows_agent, take_agent},
    {"staff_identities.jsonl", &sql_staff_rows_identity_row_shape, each_staff_rows_identity, take_identity},
    {"staff_acts.csv", &sql_staff_rows_act_row_shape, each_staff_rows_act, take_act},
    {"staff_act_texts.jsonl", &sql_staff_rows_act_text_row_shape, each_staff_rows_act_text, take_act_text},
    {"staff_facts.csv", &sql_staff_rows_fact_row_shape, each_staff_rows_fact, take_fact},
    {"staff_accounts.jsonl", &sql_staff_rows_bank_row_shape, each_staff_rows_bank, take_bank},
    {"staff_requests.csv", &sql_staff_rows_request_row_shape, each_staff_rows_request, take_request},
    {"staff_readings.csv", &sql_staff_rows_read_row_shape, each_staff_rows_read, take_read},
    {"staff_indices.csv", &sql_staff_rows_index_row_shape, each_staff_rows_index, take_index},
};
