#include "proto/smtp/sasl.h"

#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"

enum { DECODED_MAX = 3 * SASL_TEXT_MAX + 2 };

enum sasl_mechanism sasl_mechanism_of(struct str name)
{
    if (str_eq_nocase(name, STR("PLAIN")))
        return SASL_PLAIN;
    return str_eq_nocase(name, STR("LOGIN")) ? SASL_LOGIN : SASL_UNKNOWN;
}

static bool is_text(struct str text)
{
    return text.len > 0 && text.len <= SASL_TEXT_MAX && utf8_is_valid(text) &&
           str_find_byte(text, '\0') == SIZE_MAX;
}

/* Decoded in the arena; the passing copy is wiped before its memory is given back. */
static enum status decode(struct arena *arena, struct str text, struct str *ret_bytes)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(DECODED_MAX);
    if (buf_reserve(&bytes, DECODED_MAX) == NULL) /* never moved, so there is one copy to wipe */
        return LIMIT;
    enum status status = base64_decode(&bytes, text);
    if (status == OK)
        status = buf_status(&bytes) == OK ? OK : INVALID;
    if (status == OK)
        *ret_bytes = str_copy(arena, buf_str(&bytes));
    explicit_bzero(bytes.at, bytes.room);
    if (status != OK)
        return INVALID;
    return str_is_absent(*ret_bytes) ? LIMIT : OK;
}

enum status sasl_plain_decode(struct arena *arena, struct str text, struct sasl_plain *ret_plain)
{
    struct str rest;
    TRY(decode(arena, text, &rest));
    struct sasl_plain plain = {0};
    plain.authorize = str_cut(&rest, '\0');
    plain.name = str_cut(&rest, '\0');
    plain.password = rest;
    if (!is_text(plain.name) || !is_text(plain.password))
        return INVALID;
    if (plain.authorize.len == 0)
        plain.authorize = STR_NONE;
    else if (!is_text(plain.authorize))
        return INVALID;
    *ret_plain = plain;
    return OK;
}

enum status sasl_login_decode(struct arena *arena, struct str text, struct str *ret_answer)
{
    struct str answer;
    TRY(decode(arena, text, &answer));
    if (!is_text(answer))
        return INVALID;
    *ret_answer = answer;
    return OK;
}
