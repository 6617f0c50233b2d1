#include "core/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/base64.h"

enum { MODULUS = 1000000 };

int64_t totp_step(struct instant now)
{
    return now.ms / TOTP_STEP_MS;
}

int32_t totp_code(struct str secret, int64_t step)
{
    unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    REQUIRE(HMAC(EVP_sha1(), secret.at, (int)secret.len, counter, sizeof counter, mac, &length) != NULL &&
            length == 20);
    /* Dynamic truncation: RFC 4226 section 5.3. */
    const unsigned char *at = mac + (mac[19] & 15);
    uint32_t value = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    return (int32_t)(value % MODULUS);
}

static enum status read_code(struct str text, int32_t *ret_code)
{
    int32_t code = 0;
    int digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ' ')
            continue;
        if (!ascii_is_digit(text.at[i]) || ++digits > TOTP_DIGITS)
            return DENIED;
        code = code * 10 + (text.at[i] - '0');
    }
    *ret_code = code;
    return digits == TOTP_DIGITS ? OK : DENIED;
}

enum status totp_check(struct str secret, struct str text, struct instant now, int64_t last_step, int64_t *ret_step)
{
    int32_t code;
    int64_t found = -1;
    TRY(read_code(text, &code));
    for (int64_t step = totp_step(now) - TOTP_DRIFT_STEPS; step <= totp_step(now) + TOTP_DRIFT_STEPS; step++)
        if (step > last_step && totp_code(secret, step) == code)
            found = step;
    if (found < 0)
        return DENIED;
    *ret_step = found;
    return OK;
}

static void add_encoded(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~')
            buf_add_byte(out, c);
        else
            buf_add_format(out, "%%%02X", (unsigned char)c);
    }
}

void totp_uri(struct buf *out, struct str secret, struct str issuer, struct str account)
{
    buf_add_literal(out, "otpauth://totp/");
    add_encoded(out, issuer);
    buf_add_byte(out, ':');
    add_encoded(out, account);
    buf_add_literal(out, "?secret=");
    base32_encode(out, secret);
    buf_add_literal(out, "&issuer=");
    add_encoded(out, issuer);
}
