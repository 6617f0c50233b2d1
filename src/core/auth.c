#include "core/auth.h"

#include <sodium.h>

#include "core/auth_secret.h"
#include "core/auth_sql.h"

static enum status end_sessions(struct ctx *ctx, int64_t person, int64_t kept, bool with_applications)
{
    return sql_auth_session_end_others(ctx->db,
                                       (struct sql_auth_session_end_others){.person = person,
                                                                            .kept = kept,
                                                                            .with_applications = with_applications,
                                                                            .now_ms = ctx->now.ms});
}

enum status auth_credential(struct ctx *ctx, int64_t person, struct auth_credential *ret_credential)
{
    struct sql_auth_credential_row row;
    TRY(sql_auth_credential(ctx->db, ctx->arena, (struct sql_auth_credential){.person = person}, &row));
    *ret_credential = (struct auth_credential){.person = row.person,
                                               .address = row.address,
                                               .verifier = row.verifier,
                                               .language = row.language,
                                               .role = (enum role)row.role,
                                               .is_active = row.is_active != 0,
                                               .is_second_on = row.is_second_on != 0};
    return OK;
}

enum status auth_by_address(struct ctx *ctx, struct str address, struct auth_credential *ret_credential)
{
    struct sql_auth_person_of_row row;
    TRY(sql_auth_person_of(ctx->db, ctx->arena, (struct sql_auth_person_of){.address = address}, &row));
    return auth_credential(ctx, row.person, ret_credential);
}

enum status auth_person_put(struct ctx *ctx, const struct auth_person *person)
{
    struct auth_credential before = {0};
    enum status found = auth_credential(ctx, person->person, &before);
    if (found != OK && found != NOT_FOUND)
        return found;
    TRY(sql_auth_person_put(ctx->db, (struct sql_auth_person_put){.person = person->person,
                                                                  .address = person->address,
                                                                  .role = person->role,
                                                                  .is_active = person->is_active,
                                                                  .empty = STR(""),
                                                                  .language = person->language,
                                                                  .now_ms = ctx->now.ms}));
    bool is_same = found == NOT_FOUND || (before.role == person->role && str_eq(before.address, person->address));
    return is_same && person->is_active ? OK : end_sessions(ctx, person->person, 0, !person->is_active);
}

enum status auth_person_do(struct ctx *ctx, int64_t person, enum auth_person_act act)
{
    struct auth_credential credential;
    TRY(auth_credential(ctx, person, &credential));
    if (act == AUTH_SECOND_OFF)
        TRY(auth_second_off(ctx, person));
    return end_sessions(ctx, person, 0, true);
}

enum status auth_set_password(struct ctx *ctx, int64_t person, struct str verifier, int64_t kept,
                              bool with_applications)
{
    REQUIRE(verifier.len > 0 && verifier.len <= PASSWORD_VERIFIER_MAX);
    TRY(sql_auth_set_verifier(
        ctx->db, (struct sql_auth_set_verifier){.person = person, .verifier = verifier, .now_ms = ctx->now.ms}));
    if (db_changes(ctx->db) == 0)
        return NOT_FOUND;
    return end_sessions(ctx, person, kept, with_applications);
}

enum status auth_set_language(struct ctx *ctx, int64_t person, struct str language)
{
    return sql_auth_set_language(ctx->db, (struct sql_auth_set_language){.person = person, .language = language});
}

enum status auth_mail_password(struct ctx *ctx, bool *ret_is_allowed)
{
    struct sql_auth_setting_get_row row;
    struct sql_auth_setting_get in = {.name = STR("mail_password")};
    enum status found = sql_auth_setting_get(ctx->db, ctx->arena, in, &row);
    *ret_is_allowed = found == OK && str_eq(row.value, STR("1"));
    return found == NOT_FOUND ? OK : found;
}

enum status auth_set_mail_password(struct ctx *ctx, bool is_allowed)
{
    return sql_auth_setting_put(ctx->db, (struct sql_auth_setting_put){.name = STR("mail_password"),
                                                                       .value = is_allowed ? STR("1") : STR("0")});
}

void auth_code_make(struct buf *out, void (*entropy)(void *into, size_t size))
{
    char bytes[AUTH_APPLICATION_BYTES];
    entropy(bytes, sizeof bytes);
    auth_write_groups(out, (struct str){bytes, sizeof bytes});
    sodium_memzero(bytes, sizeof bytes);
}

enum status auth_code_hash(struct str code, unsigned char ret_hash[AUTH_CODE_HASH_BYTES])
{
    /* 128 random bits need no key; town makes the hash and holds none. The key's text only parts purposes. */
    static const unsigned char purpose[] = "parvis invitation";
    struct arena *arena ARENA_SCOPE = arena_create(1 << 10);
    struct str bytes;
    TRY(auth_read_groups(arena, code, AUTH_APPLICATION_BYTES, &bytes));
    crypto_generichash(ret_hash, AUTH_CODE_HASH_BYTES, (const unsigned char *)bytes.at, bytes.len, purpose,
                       sizeof purpose - 1);
    return OK;
}

enum status auth_invite(struct ctx *ctx, int64_t person, struct str hash, struct instant ends)
{
    int64_t life_ms = ends.ms - ctx->now.ms;
    if (life_ms < AUTH_INVITATION_MIN_MS || life_ms > AUTH_INVITATION_MAX_MS || hash.len != AUTH_CODE_HASH_BYTES)
        return INVALID;
    TRY(sql_auth_invitation_clear(ctx->db, (struct sql_auth_invitation_clear){.person = person}));
    return sql_auth_invitation_put(
        ctx->db, (struct sql_auth_invitation_put){.hash = hash, .person = person, .expires_ms = ends.ms});
}

enum status auth_invitation(struct ctx *ctx, struct str code, int64_t *ret_person)
{
    char hash[AUTH_CODE_HASH_BYTES];
    struct sql_auth_invitation_get_row row;
    struct sql_auth_invitation_get in = {.hash = {hash, sizeof hash}};
    if (auth_code_hash(code, (unsigned char *)hash) != OK)
        return NOT_FOUND;
    TRY(sql_auth_invitation_get(ctx->db, ctx->arena, in, &row));
    if (row.used_ms != 0 || row.expires_ms <= ctx->now.ms)
        return GONE;
    *ret_person = row.person;
    return OK;
}

enum status auth_accept(struct ctx *ctx, struct str code, struct str verifier, int64_t *ret_person)
{
    char hash[AUTH_CODE_HASH_BYTES];
    int64_t person;
    TRY(auth_invitation(ctx, code, &person));
    TRY(auth_code_hash(code, (unsigned char *)hash));
    TRY(sql_auth_invitation_use(
        ctx->db, (struct sql_auth_invitation_use){.hash = {hash, sizeof hash}, .now_ms = ctx->now.ms}));
    if (db_changes(ctx->db) != 1)
        return CONFLICT;
    TRY(auth_set_password(ctx, person, verifier, 0, true));
    TRY(auth_second_off(ctx, person));
    *ret_person = person;
    return OK;
}
