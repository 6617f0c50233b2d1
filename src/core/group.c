#include "core/group.h"

#include "core/audit.h"
#include "core/mandate.h"
#include "core/person.h"
#include "core/town.h"

enum status group_list(struct ctx *ctx, group_row **ret_groups, size_t *ret_count)
{
    return sql_group_list(ctx->db, ctx->arena, ret_groups, ret_count);
}

enum status group_add(struct ctx *ctx, struct str address, struct str name, int64_t *ret_id)
{
    struct sql_group_add_row row;
    TRY(mandate_forbids(ctx));
    TRY(person_free_address(ctx, address, &address));
    TRY(person_check_name(ctx, name));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_group_add(ctx->db, ctx->arena, (struct sql_group_add){.address = address, .name = name}, &row));
    *ret_id = row.id;
    return audit_add(ctx, "group.add", address, name);
}

enum status group_delete(struct ctx *ctx, int64_t group)
{
    struct sql_group_get_row found;
    TRY(mandate_forbids(ctx));
    enum status is_there = sql_group_get(ctx->db, ctx->arena, (struct sql_group_get){.id = group}, &found);
    if (is_there != OK)
        return is_there == NOT_FOUND ? OK : is_there;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_group_clear(ctx->db, (struct sql_group_clear){.person_group = group}));
    TRY(sql_group_delete(ctx->db, (struct sql_group_delete){.id = group}));
    return audit_add(ctx, "group.delete", found.address, STR(""));
}

enum status group_members(struct ctx *ctx, int64_t group, int64_t **ret_people, size_t *ret_count)
{
    struct sql_group_members_row *rows;
    TRY(sql_group_members(ctx->db, ctx->arena, (struct sql_group_members){.person_group = group}, &rows, ret_count));
    int64_t *people = arena_array(ctx->arena, int64_t, *ret_count + 1);
    if (people == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        people[i] = rows[i].person;
    *ret_people = people;
    return OK;
}

enum status group_set(struct ctx *ctx, int64_t group, struct str name, const int64_t *people, size_t count)
{
    struct sql_group_get_row found;
    TRY(mandate_forbids(ctx));
    if (count > GROUP_MEMBERS_MAX)
        return LIMIT;
    TRY(sql_group_get(ctx->db, ctx->arena, (struct sql_group_get){.id = group}, &found));
    TRY(person_check_name(ctx, name));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_group_rename(ctx->db, (struct sql_group_rename){.id = group, .name = name}));
    TRY(sql_group_clear(ctx->db, (struct sql_group_clear){.person_group = group}));
    for (size_t i = 0; i < count; i++)
        TRY(sql_group_join(ctx->db, (struct sql_group_join){.person_group = group, .person = people[i]}));
    struct str number = str_format(ctx->arena, "%zu people", count);
    return audit_add(ctx, "group.set", found.address, str_is_absent(number) ? STR("") : number);
}
