#include "core/auth_secret.h"

#include <sodium.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "core/auth_sql.h"

enum { GROUPS_TEXT_MAX = 64, FIRST_DELAY_MS = 250, FAILURES_HIGH = 1 << 20 };

static void derive(const struct auth *auth, enum auth_purpose purpose, unsigned char key[32])
{
    REQUIRE(crypto_kdf_derive_from_key(key, 32, (uint64_t)purpose, "parvisau", auth->key) == 0);
}

enum status auth_hash(struct ctx *ctx, enum auth_purpose purpose, struct str bytes, struct str *ret_hash)
{
    unsigned char key[32];
    unsigned char *hash = arena_alloc(ctx->arena, AUTH_HASH_BYTES);
    if (hash == NULL)
        return LIMIT;
    derive(ctx->auth, purpose, key);
    REQUIRE(crypto_generichash(hash, AUTH_HASH_BYTES, (const unsigned char *)bytes.at, bytes.len, key,
                               sizeof key) == 0);
    sodium_memzero(key, sizeof key);
    *ret_hash = (struct str){(const char *)hash, AUTH_HASH_BYTES};
    return OK;
}

enum status auth_random(struct ctx *ctx, size_t count, struct str *ret_bytes)
{
    char *bytes = arena_alloc(ctx->arena, count);
    if (bytes == NULL)
        return LIMIT;
    ctx->auth->entropy(bytes, count);
    *ret_bytes = (struct str){bytes, count};
    return OK;
}

enum status auth_seal(struct ctx *ctx, struct str bytes, struct str *ret_sealed)
{
    unsigned char key[32];
    size_t size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + bytes.len;
    unsigned char *sealed = arena_alloc(ctx->arena, size);
    if (sealed == NULL)
        return LIMIT;
    derive(ctx->auth, AUTH_SEAL, key);
    ctx->auth->entropy(sealed, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, (const unsigned char *)bytes.at, bytes.len, sealed,
                          key);
    sodium_memzero(key, sizeof key);
    *ret_sealed = (struct str){(const char *)sealed, size};
    return OK;
}

enum status auth_unseal(struct ctx *ctx, struct str sealed, struct str *ret_bytes)
{
    unsigned char key[32];
    const unsigned char *from = (const unsigned char *)sealed.at;
    size_t over = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sealed.len < over)
        return CORRUPT;
    unsigned char *bytes = arena_alloc(ctx->arena, sealed.len - over + 1);
    if (bytes == NULL)
        return LIMIT;
    derive(ctx->auth, AUTH_SEAL, key);
    int failed = crypto_secretbox_open_easy(bytes, from + crypto_secretbox_NONCEBYTES,
                                            sealed.len - crypto_secretbox_NONCEBYTES, from, key);
    sodium_memzero(key, sizeof key);
    *ret_bytes = (struct str){(const char *)bytes, sealed.len - over};
    return failed == 0 ? OK : CORRUPT;
}

void auth_write_groups(struct buf *out, struct str bytes)
{
    struct buf text BUF_SCOPE = BUF_INIT(GROUPS_TEXT_MAX);
    base32_encode(&text, bytes);
    struct str letters = buf_str(&text);
    for (size_t i = 0; i < letters.len; i += 4) {
        if (i > 0)
            buf_add_byte(out, '-');
        buf_add(out, str_slice(letters, i, i + 4));
    }
}

enum status auth_read_groups(struct arena *arena, struct str text, size_t count, struct str *ret_bytes)
{
    struct buf letters BUF_SCOPE = BUF_INIT(GROUPS_TEXT_MAX), bytes BUF_SCOPE = BUF_INIT(GROUPS_TEXT_MAX);
    for (size_t i = 0; i < text.len && i < 4 * GROUPS_TEXT_MAX; i++)
        if (text.at[i] != '-' && text.at[i] != ' ')
            buf_add_byte(&letters, text.at[i]);
    if (text.len >= 4 * GROUPS_TEXT_MAX || buf_status(&letters) != OK ||
        base32_decode(&bytes, buf_str(&letters)) != OK || bytes.len != count)
        return INVALID;
    *ret_bytes = str_copy(arena, buf_str(&bytes));
    return str_is_absent(*ret_bytes) ? LIMIT : OK;
}

enum status auth_failures(struct ctx *ctx, struct str who, int64_t *ret_number)
{
    struct sql_auth_failure_get_row row;
    enum status found = sql_auth_failure_get(ctx->db, ctx->arena, (struct sql_auth_failure_get){.who = who}, &row);
    *ret_number = 0;
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    int64_t halvings = (ctx->now.ms - row.at_ms) / AUTH_FADE_MS;
    /* A clock set back fades nothing. */
    *ret_number = halvings < 0 ? row.number : halvings > 30 ? 0 : row.number >> halvings;
    return OK;
}

enum status auth_failed(struct ctx *ctx, struct str who, int64_t *ret_number)
{
    int64_t number;
    TRY(auth_failures(ctx, who, &number));
    number += number < FAILURES_HIGH;
    TRY(sql_auth_failure_put(
        ctx->db, (struct sql_auth_failure_put){.who = who, .number = number, .now_ms = ctx->now.ms}));
    *ret_number = number;
    return OK;
}

int64_t auth_delay(int64_t failures)
{
    int64_t delay_ms = FIRST_DELAY_MS;
    for (int64_t i = 1; i < failures && delay_ms < AUTH_DELAY_MAX_MS; i++)
        delay_ms *= 2;
    return failures <= 0 ? 0 : delay_ms < AUTH_DELAY_MAX_MS ? delay_ms : AUTH_DELAY_MAX_MS;
}

static enum status base64_text(struct ctx *ctx, size_t count, struct str *ret_bytes, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(GROUPS_TEXT_MAX);
    TRY(auth_random(ctx, count, ret_bytes));
    base64_encode_url(&text, *ret_bytes);
    *ret_text = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

/* What a browser calls itself is foreign bytes: made text, and short. */
static enum status label_of(struct ctx *ctx, struct str label, struct str *ret_label)
{
    struct buf text BUF_SCOPE = BUF_INIT(4 * AUTH_LABEL_MAX);
    utf8_repair(&text, str_slice(label, 0, AUTH_LABEL_MAX));
    *ret_label = str_copy(ctx->arena, utf8_prefix(buf_str(&text), AUTH_LABEL_MAX));
    return str_is_absent(*ret_label) ? LIMIT : OK;
}

enum status auth_session_make(struct ctx *ctx, const struct auth_new_session *from, int64_t *ret_id,
                              struct str *ret_token)
{
    struct str token, form_bytes, form_token, label, hash = from->token_hash;
    struct sql_auth_session_add_row row;
    TRY(label_of(ctx, from->label, &label));
    TRY(base64_text(ctx, AUTH_TOKEN_BYTES, &token, ret_token));
    TRY(base64_text(ctx, AUTH_APPLICATION_BYTES, &form_bytes, &form_token));
    if (str_is_absent(hash))
        TRY(auth_hash(ctx, AUTH_TOKEN, token, &hash));
    TRY(sql_auth_session_add(ctx->db, ctx->arena,
                             (struct sql_auth_session_add){.person = from->person,
                                                           .kind = from->kind,
                                                           .token = hash,
                                                           .form_token = form_token,
                                                           .label = label,
                                                           .remote = from->remote,
                                                           .address = from->address,
                                                           .mandate = from->mandate,
                                                           .now_ms = ctx->now.ms,
                                                           .expires_ms = from->expires_ms},
                             &row));
    *ret_id = row.id;
    return OK;
}
