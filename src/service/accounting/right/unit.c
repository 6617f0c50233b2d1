#include "service/accounting/right/unit.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/lang.h"

enum status unit_list(struct ctx *ctx, unit_row **ret_units, size_t *ret_count)
{
    return sql_unit_list(ctx->db, ctx->arena, ret_units, ret_count);
}

/* Queries of the same columns give structs of their own. */
enum status unit_get(struct ctx *ctx, int64_t id, unit_row *ret_unit)
{
    struct sql_unit_get_row row;
    TRY(sql_unit_get(ctx->db, ctx->arena, (struct sql_unit_get){.id = id}, &row));
    *ret_unit = (unit_row){.id = row.id, .code = row.code, .name = row.name, .is_active = row.is_active};
    return OK;
}

enum status unit_by_code(struct ctx *ctx, struct str code, unit_row *ret_unit)
{
    struct sql_unit_by_code_row row;
    TRY(sql_unit_by_code(ctx->db, ctx->arena, (struct sql_unit_by_code){.code = code}, &row));
    *ret_unit = (unit_row){.id = row.id, .code = row.code, .name = row.name, .is_active = row.is_active};
    return OK;
}

/* In capitals, in the arena. */
static enum status read_code(struct ctx *ctx, struct str text, struct str *ret_code)
{
    char code[UNIT_CODE_MAX];
    for (size_t i = 0; i < text.len && i < UNIT_CODE_MAX; i++) {
        char c = text.at[i];
        code[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && strchr("-_.", c) == NULL)
            return INVALID;
    }
    if (text.len == 0 || text.len > UNIT_CODE_MAX)
        return INVALID;
    *ret_code = str_copy(ctx->arena, (struct str){code, text.len});
    return str_is_absent(*ret_code) ? LIMIT : OK;
}

static enum status check_name(struct ctx *ctx, struct str name)
{
    if (str_trim(name).len == 0 || utf8_count(name) > UNIT_NAME_MAX)
        return refuse(ctx, INVALID, "accounting.unit_name", T_accounting_unit_name_wrong);
    return OK;
}

enum status unit_add(struct ctx *ctx, struct str code, struct str name, int64_t *ret_id)
{
    unit_row there;
    struct sql_unit_count_row count;
    struct sql_unit_add_row added;
    enum status done = read_code(ctx, str_trim(code), &code);
    if (done == INVALID)
        return refuse(ctx, INVALID, "accounting.unit_code", T_accounting_unit_code_wrong);
    TRY(done);
    TRY(check_name(ctx, name));
    if (unit_by_code(ctx, code, &there) == OK)
        return refuse(ctx, CONFLICT, "accounting.unit_there", T_accounting_unit_there);
    TRY(sql_unit_count(ctx->db, ctx->arena, &count));
    if (count.number >= UNITS_MAX)
        return refuse(ctx, LIMIT, "accounting.unit_many", T_accounting_unit_many);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_unit_add(ctx->db, ctx->arena, (struct sql_unit_add){.code = code, .name = str_trim(name)}, &added));
    *ret_id = added.id;
    return audit_add(ctx, "accounting.unit_add", code, str_trim(name));
}

enum status unit_set(struct ctx *ctx, int64_t id, struct str name, bool is_active)
{
    unit_row unit;
    TRY(unit_get(ctx, id, &unit));
    TRY(check_name(ctx, name));
    name = str_trim(name);
    if (str_eq(unit.name, name) && (unit.is_active != 0) == is_active)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_unit_set(ctx->db, (struct sql_unit_set){.name = name, .is_active = is_active, .id = id}));
    return audit_add(ctx, is_active ? "accounting.unit_set" : "accounting.unit_close", unit.code, name);
}
