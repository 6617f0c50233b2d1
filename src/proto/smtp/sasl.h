/* A sasl response is what a client sends to prove who it is: PLAIN (RFC 4616) and LOGIN.
 *
 * Decoded into an arena the caller wipes or drops soon. Names and passwords are valid UTF-8 without NUL. */
#ifndef PROTO_SMTP_SASL_H
#define PROTO_SMTP_SASL_H

#include "base/arena.h"
#include "base/str.h"

enum { SASL_TEXT_MAX = 255 }; /* bytes of a name, RFC 4616 section 2; of a password too */

enum sasl_mechanism { SASL_UNKNOWN, SASL_PLAIN, SASL_LOGIN };
enum sasl_mechanism sasl_mechanism_of(struct str name);

struct sasl_plain {
    struct str authorize; /* absent when empty: the same as name */
    struct str name, password;
};

/* base64 of [authorize] NUL name NUL password. INVALID: malformed, empty or too long. */
MUST_USE enum status sasl_plain_decode(struct arena *arena, struct str text,
                                       struct sasl_plain *ret_plain);

/* base64 of one answer of LOGIN: a name or a password. */
MUST_USE enum status sasl_login_decode(struct arena *arena, struct str text, struct str *ret_answer);

#endif
