#include "core/auth_secret.h"
#include "core/auth_sql.h"
#include "core/totp.h"
#include "base/utf8.h"

static enum status second_row(struct ctx *ctx, int64_t person, struct sql_auth_credential_row *ret_row)
{
    return sql_auth_credential(ctx->db, ctx->arena, (struct sql_auth_credential){.person = person}, ret_row);
}

static enum status set_second(struct ctx *ctx, int64_t person, struct str sealed, bool is_on, int64_t step)
{
    return sql_auth_set_second(
        ctx->db,
        (struct sql_auth_set_second){
            .person = person, .secret = sealed, .is_on = is_on, .step = step, .now_ms = ctx->now.ms});
}

enum status auth_second_start(struct ctx *ctx, int64_t person, struct str *ret_secret)
{
    struct sql_auth_credential_row row;
    struct str secret, sealed;
    TRY(second_row(ctx, person, &row));
    if (row.is_second_on)
        return CONFLICT;
    TRY(auth_random(ctx, TOTP_SECRET_BYTES, &secret));
    TRY(auth_seal(ctx, secret, &sealed));
    TRY(set_second(ctx, person, sealed, false, row.second_step));
    *ret_secret = secret;
    return OK;
}

enum status auth_second_pending(struct ctx *ctx, int64_t person, struct str *ret_secret)
{
    struct sql_auth_credential_row row;
    TRY(second_row(ctx, person, &row));
    if (row.is_second_on || row.second_secret.len == 0)
        return NOT_FOUND;
    return auth_unseal(ctx, row.second_secret, ret_secret);
}

static enum status recovery_one(struct ctx *ctx, int64_t person, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(40);
    struct str bytes, hash;
    TRY(auth_random(ctx, AUTH_RECOVERY_BYTES, &bytes));
    TRY(auth_hash(ctx, AUTH_RECOVERY, bytes, &hash));
    TRY(sql_auth_recovery_add(ctx->db, (struct sql_auth_recovery_add){.hash = hash, .person = person}));
    auth_write_groups(&text, bytes);
    *ret_text = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

enum status auth_recovery_make(struct ctx *ctx, int64_t person, struct str ret_codes[AUTH_RECOVERY_CODES])
{
    TRY(sql_auth_recovery_clear(ctx->db, (struct sql_auth_recovery_clear){.person = person}));
    for (size_t i = 0; i < AUTH_RECOVERY_CODES; i++)
        TRY(recovery_one(ctx, person, &ret_codes[i]));
    return OK;
}

enum status auth_second_confirm(struct ctx *ctx, int64_t person, struct str code,
                                struct str ret_codes[AUTH_RECOVERY_CODES])
{
    struct sql_auth_credential_row row;
    struct str secret;
    int64_t step;
    TRY(auth_second_pending(ctx, person, &secret));
    TRY(second_row(ctx, person, &row));
    TRY(totp_check(secret, code, ctx->now, row.second_step, &step));
    TRY(set_second(ctx, person, row.second_secret, true, step));
    return auth_recovery_make(ctx, person, ret_codes);
}

enum status auth_second_off(struct ctx *ctx, int64_t person)
{
    struct sql_auth_credential_row row;
    TRY(second_row(ctx, person, &row));
    /* The step stays: a code used yesterday is not good again for a secret set tomorrow. */
    TRY(set_second(ctx, person, STR(""), false, row.second_step));
    return sql_auth_recovery_clear(ctx->db, (struct sql_auth_recovery_clear){.person = person});
}

enum status auth_recovery_left(struct ctx *ctx, int64_t person, int64_t *ret_number)
{
    struct sql_auth_recovery_left_row row;
    TRY(sql_auth_recovery_left(ctx->db, ctx->arena, (struct sql_auth_recovery_left){.person = person}, &row));
    *ret_number = row.number;
    return OK;
}

static bool is_label(struct str label)
{
    bool is_good = label.len > 0 && label.len <= AUTH_LABEL_MAX && utf8_is_valid(label);
    for (struct str rest = label; is_good && rest.len > 0;)
        is_good = !utf8_is_deceptive(utf8_next(&rest));
    return is_good;
}

enum status auth_application_add(struct ctx *ctx, int64_t person, struct str label, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(64);
    struct sql_auth_application_count_row count;
    struct str bytes, hash, unused;
    int64_t id;
    if (!is_label(label))
        return INVALID;
    TRY(sql_auth_application_count(ctx->db, ctx->arena, (struct sql_auth_application_count){.person = person}, &count));
    if (count.number >= AUTH_APPLICATIONS_MAX)
        return LIMIT;
    TRY(auth_random(ctx, AUTH_APPLICATION_BYTES, &bytes));
    TRY(auth_hash(ctx, AUTH_APPLICATION, bytes, &hash));
    TRY(auth_session_make(ctx,
                          &(struct auth_new_session){.person = person,
                                                     .kind = SESSION_APPLICATION,
                                                     .label = label,
                                                     .remote = STR(""),
                                                     .address = STR(""),
                                                     .token_hash = hash,
                                                     .expires_ms = AUTH_FOREVER_MS},
                          &id, &unused));
    auth_write_groups(&text, bytes);
    *ret_text = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}
