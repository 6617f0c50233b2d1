#include "core/export_people.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/export_people_sql.h"
#include "core/people_task.h"
#include "core/person.h"
#include "core/setting.h"
#include "core/town.h"

EXPORT_EACH(export_people_person)
EXPORT_EACH(export_people_alias)
EXPORT_EACH(export_people_group)
EXPORT_EACH(export_people_member)
EXPORT_EACH(export_people_mandate)
EXPORT_EACH(export_people_setting)
EXPORT_EACH(export_people_audit)

enum status export_person(struct ctx *ctx, struct str address, int64_t *ret_person)
{
    struct sql_export_people_id_row row;
    enum status found =
        sql_export_people_id(ctx->db, ctx->arena, (struct sql_export_people_id){.address = address}, &row);
    if (found != OK)
        return found == NOT_FOUND ? INVALID : found;
    *ret_person = row.id;
    return OK;
}

/* What an address must be, and still free; as it stands in the file, so that it comes out the same. */
static enum status check_address(struct ctx *ctx, struct str address)
{
    struct str lower;
    TRY(person_free_address(ctx, address, &lower));
    return str_eq(lower, address) ? writer_need(ctx->town->writer, SYNC_FULL) : INVALID;
}

static bool is_person(const struct sql_export_people_person_row *row)
{
    bool is_role = row->role >= ROLE_AGENT && row->role <= ROLE_OPERATOR;
    bool is_language = row->language.len == 0 || str_eq(row->language, STR("fr")) || str_eq(row->language, STR("en"));
    return is_role && is_language && (row->is_active == 0 || row->is_active == 1) && row->quota_bytes >= 0 &&
           row->department.len <= PERSON_DEPARTMENT_MAX && utf8_is_valid(row->department);
}

static enum status take_person(struct ctx *ctx, const void *from)
{
    const struct sql_export_people_person_row *row = from;
    struct sql_export_people_add_person_row added;
    if (!is_person(row))
        return INVALID;
    TRY(check_address(ctx, row->address));
    TRY(person_check_name(ctx, row->name));
    struct sql_export_people_add_person add = {
        .address = row->address, .name = row->name, .department = row->department, .language = row->language,
        .is_active = row->is_active, .quota_bytes = row->quota_bytes, .created_ms = row->created_ms,
        .role = row->role};
    TRY(sql_export_people_add_person(ctx->db, ctx->arena, add, &added));
    struct auth_person told = {.person = added.id, .address = row->address, .role = (enum role)row->role,
                               .is_active = row->is_active != 0, .language = row->language};
    return people_task_put(ctx, &told);
}

static enum status take_alias(struct ctx *ctx, const void *from)
{
    const struct sql_export_people_alias_row *row = from;
    int64_t person;
    TRY(check_address(ctx, row->address));
    TRY(export_person(ctx, row->person, &person));
    return sql_export_people_add_alias(
        ctx->db, (struct sql_export_people_add_alias){.address = row->address, .person = person});
}

static enum status take_group(struct ctx *ctx, const void *from)
{
    const struct sql_export_people_group_row *row = from;
    TRY(check_address(ctx, row->address));
    TRY(person_check_name(ctx, row->name));
    return sql_export_people_add_group(
        ctx->db, (struct sql_export_people_add_group){.address = row->address, .name = row->name});
}

static enum status take_member(struct ctx *ctx, const void *from)
{
    const struct sql_export_people_member_row *row = from;
    int64_t person;
    TRY(export_person(ctx, row->person, &person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_export_people_add_member(
        ctx->db, (struct sql_export_people_add_member){.address = row->address, .person = person}));
    return db_changes(ctx->db) == 1 ? OK : INVALID;
}

/* Auth is not told: what was open elsewhere opens nothing here. */
static enum status take_mandate(struct ctx *ctx, const void *from)
{
    const struct sql_export_people_mandate_row *row = from;
    int64_t person;
    TRY(export_person(ctx, row->giver, &person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_export_people_add_mandate(
        ctx->db, (struct sql_export_people_add_mandate){.operator = row->operator, .reason = row->reason,
                                                        .person = person, .given_ms = row->given_ms,
                                                        .ends_ms = row->ends_ms, .ended_ms = row->ended_ms});
}

static enum status take_setting(struct ctx *ctx, const void *from)
{
    const struct sql_export_people_setting_row *row = from;
    enum status done = setting_take(ctx, row->name, row->value);
    return done == NOT_FOUND ? INVALID : done;
}

/* As it was written there: the chain goes on, and its head is the one that was kept. Proven once all are in. */
static enum status take_audit(struct ctx *ctx, const void *from)
{
    const struct sql_export_people_audit_row *row = from;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_audit_add(ctx->db, (struct sql_audit_add){.id = row->id, .at_ms = row->at_ms, .person = row->person,
                                                         .mandate = row->mandate, .actor = row->actor,
                                                         .kind = row->kind, .subject = row->subject,
                                                         .detail = row->detail, .hash = row->hash});
}

const struct export_file export_people_files[EXPORT_PEOPLE_FILES] = {
    {"people.csv", &sql_export_people_person_row_shape, each_export_people_person, take_person},
    {"aliases.csv", &sql_export_people_alias_row_shape, each_export_people_alias, take_alias},
    {"groups.csv", &sql_export_people_group_row_shape, each_export_people_group, take_group},
    {"group_members.csv", &sql_export_people_member_row_shape, each_export_people_member, take_member},
    {"mandates.jsonl", &sql_export_people_mandate_row_shape, each_export_people_mandate, take_mandate},
    {"settings.csv", &sql_export_people_setting_row_shape, each_export_people_setting, take_setting},
    {"audit.jsonl", &sql_export_people_audit_row_shape, each_export_people_audit, take_audit},
};
