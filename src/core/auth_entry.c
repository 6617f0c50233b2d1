#include "core/auth_entry.h"

#include "core/auth_secret.h"
#include "core/auth_sql.h"

/* NOT_FOUND: no mandate runs. */
static enum status mandate_of(struct ctx *ctx, struct str operator, struct sql_auth_mandate_of_row *ret_row)
{
    struct sql_auth_mandate_of_row *rows;
    size_t count;
    struct sql_auth_mandate_of in = {.operator = operator, .now_ms = ctx->now.ms};
    TRY(sql_auth_mandate_of(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        return NOT_FOUND;
    *ret_row = rows[0];
    return OK;
}

enum status auth_entry_make(struct ctx *ctx, struct str operator_address, struct str *ret_code)
{
    struct sql_auth_mandate_of_row mandate;
    struct buf text BUF_SCOPE = BUF_INIT(64);
    struct str bytes, hash;
    enum status found = mandate_of(ctx, operator_address, &mandate);
    if (found == NOT_FOUND)
        return refuse(ctx, DENIED, "mandate.none", T_mandate_none);
    TRY(found);
    TRY(auth_random(ctx, AUTH_APPLICATION_BYTES, &bytes));
    TRY(auth_hash(ctx, AUTH_ENTRY, bytes, &hash));
    TRY(sql_auth_entry_sweep(ctx->db, (struct sql_auth_entry_sweep){.before_ms = ctx->now.ms}));
    TRY(sql_auth_entry_put(ctx->db, (struct sql_auth_entry_put){.hash = hash, .operator = operator_address,
                                                                .expires_ms = ctx->now.ms + AUTH_ENTRY_LIFE_MS}));
    auth_write_groups(&text, bytes);
    *ret_code = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_code) ? LIMIT : OK;
}

static enum status read_code(struct ctx *ctx, struct str code, struct str *ret_hash)
{
    struct str bytes;
    if (str_is_absent(code) || auth_read_groups(ctx->arena, code, AUTH_APPLICATION_BYTES, &bytes) != OK)
        return GONE;
    return auth_hash(ctx, AUTH_ENTRY, bytes, ret_hash);
}

enum status auth_entry_get(struct ctx *ctx, struct str code, struct auth_entry *ret_entry)
{
    struct sql_auth_entry_get_row row;
    struct sql_auth_mandate_of_row mandate;
    struct str hash;
    TRY(read_code(ctx, code, &hash));
    enum status found = sql_auth_entry_get(ctx->db, ctx->arena, (struct sql_auth_entry_get){.hash = hash}, &row);
    if (found == OK && (row.used_ms != 0 || row.expires_ms <= ctx->now.ms))
        found = NOT_FOUND;
    if (found == OK)
        found = mandate_of(ctx, row.operator, &mandate);
    if (found != OK)
        return found == NOT_FOUND ? GONE : found;
    *ret_entry = (struct auth_entry){
        .operator_address = row.operator, .mandate = mandate.id, .ends = {mandate.ends_ms}};
    return OK;
}

enum status auth_entry_use(struct ctx *ctx, struct str code, const struct auth_try *from,
                           struct auth_answer *ret_answer)
{
    struct auth_entry entry;
    struct str hash;
    TRY(auth_entry_get(ctx, code, &entry));
    TRY(read_code(ctx, code, &hash));
    TRY(sql_auth_entry_use(ctx->db, (struct sql_auth_entry_use){.hash = hash, .now_ms = ctx->now.ms}));
    if (db_changes(ctx->db) != 1)
        return GONE;
    struct auth_try try = *from;
    try.address = entry.operator_address;
    enum status done = auth_login_mandate(ctx, &try, ret_answer);
    return done == DENIED ? GONE : done;
}
