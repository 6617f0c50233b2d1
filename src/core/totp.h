/* A totp is the second factor: six digits from a shared secret and the clock (RFC 6238, HMAC-SHA-1, 30 s).
 *
 * SHA-1 and six digits are what every authenticator application knows; within HMAC SHA-1 is still sound
 * (RFC 6238 section 1.2). A code is taken once: the caller keeps the last step used. */
#ifndef CORE_TOTP_H
#define CORE_TOTP_H

#include "base/buf.h"
#include "base/dates.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_DIGITS = 6, TOTP_STEP_MS = 30000, TOTP_DRIFT_STEPS = 1 };

/* The step of an instant. */
int64_t totp_step(struct instant now);

/* The code of one step, 0..999999. */
int32_t totp_code(struct str secret, int64_t step);

/* DENIED: no code of the current step, one before or one after, later than last_step, is this one. Spaces in
 * `text` are ignored. *ret_step: the step to keep. */
MUST_USE enum status totp_check(struct str secret, struct str text, struct instant now, int64_t last_step,
                                int64_t *ret_step);

/* Appends the otpauth: address for a QR code; issuer and account are percent-encoded. */
void totp_uri(struct buf *out, struct str secret, struct str issuer, struct str account);

#endif
