#include "core/password.h"

#include <sodium.h>

#include "base/base64.h"
#include "base/utf8.h"

enum { HASH_BYTES = 32 };

static bool is_cost(struct password_cost cost)
{
    return cost.memory_kib >= 8 && cost.memory_kib <= PASSWORD_MEMORY_MAX_KIB && cost.passes >= 1 &&
           cost.passes <= PASSWORD_PASSES_MAX;
}

static enum status derive(unsigned char hash[HASH_BYTES], struct password_cost cost, struct str password,
                          const unsigned char salt[PASSWORD_SALT_BYTES])
{
    if (password.len > PASSWORD_MAX || !is_cost(cost) || sodium_init() < 0)
        return INVALID;
    int failed = crypto_pwhash(hash, HASH_BYTES, password.at, password.len, salt, (unsigned long long)cost.passes,
                               (size_t)cost.memory_kib << 10, crypto_pwhash_ALG_ARGON2ID13);
    return failed == 0 ? OK : OUTSIDE;
}

/* Base64 without padding, as the string form of Argon2 has it. */
static void add_base64(struct buf *out, const unsigned char *bytes, size_t len)
{
    struct buf text BUF_SCOPE = BUF_INIT(64);
    base64_encode(&text, (struct str){(const char *)bytes, len});
    struct str s = buf_str(&text);
    while (s.len > 0 && s.at[s.len - 1] == '=')
        s.len--;
    buf_add(out, s);
}

static void write_verifier(struct buf *out, struct password_cost cost, const unsigned char *salt,
                           const unsigned char hash[HASH_BYTES])
{
    buf_add_format(out, "$argon2id$v=19$m=%lld,t=%lld,p=1$", (long long)cost.memory_kib, (long long)cost.passes);
    add_base64(out, salt, PASSWORD_SALT_BYTES);
    buf_add_byte(out, '$');
    add_base64(out, hash, HASH_BYTES);
}

static int64_t measure(struct password_cost cost, int64_t (*now_ms)(void))
{
    static const unsigned char salt[PASSWORD_SALT_BYTES];
    unsigned char hash[HASH_BYTES];
    int64_t from = now_ms();
    if (derive(hash, cost, STR("measured once"), salt) != OK)
        return PASSWORD_TARGET_MS * 100; /* too dear for this machine */
    int64_t took = now_ms() - from;
    return took > 0 ? took : 1;
}

struct password_cost password_calibrate(int64_t (*now_ms)(void))
{
    struct password_cost cost = {PASSWORD_MEMORY_MAX_KIB, 1};
    int64_t took = measure(cost, now_ms);
    while (took > PASSWORD_TARGET_MS && cost.memory_kib / 2 >= PASSWORD_MEMORY_MIN_KIB) {
        cost.memory_kib /= 2;
        took = measure(cost, now_ms);
    }
    cost.passes = PASSWORD_TARGET_MS / took;
    if (cost.passes < 1)
        cost.passes = 1;
    if (cost.passes > PASSWORD_PASSES_MAX)
        cost.passes = PASSWORD_PASSES_MAX;
    /* RFC 9106 and its readers: below 46 MiB, one pass is not enough. */
    if (cost.passes == 1 && cost.memory_kib < 46 << 10)
        cost.passes = 2;
    return cost;
}

enum status password_acceptable(struct str password, struct str address)
{
    if (password.len > PASSWORD_MAX || !utf8_is_valid(password) || utf8_count(password) < PASSWORD_MIN)
        return INVALID;
    return str_eq_nocase(password, address) ? INVALID : OK;
}

enum status password_hash(struct buf *out, struct password_cost cost, struct str password,
                          const unsigned char salt[PASSWORD_SALT_BYTES])
{
    unsigned char hash[HASH_BYTES];
    TRY(derive(hash, cost, password, salt));
    write_verifier(out, cost, salt, hash);
    sodium_memzero(hash, sizeof hash);
    return buf_status(out);
}

bool password_check(struct str password, struct str verifier)
{
    char text[crypto_pwhash_STRBYTES] = {0}; /* libsodium reads all of it */
    if (password.len > PASSWORD_MAX || verifier.len > PASSWORD_VERIFIER_MAX || verifier.len == 0 || sodium_init() < 0)
        return false;
    memcpy(text, verifier.at, verifier.len);
    return crypto_pwhash_str_verify(text, password.at != NULL ? password.at : "", password.len) == 0;
}

void password_blank(struct buf *out, struct password_cost cost, const unsigned char seed[PASSWORD_SALT_BYTES])
{
    static const unsigned char nothing[HASH_BYTES]; /* no password is known to give this hash */
    write_verifier(out, cost, seed, nothing);
}
