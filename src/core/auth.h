/* An auth is what the auth role knows to decide who somebody is: keys, the cost of passwords, chance.
 *
 * Why: credentials of a member lie in its auth.db, apart from town.db; the process that reads them never sees
 * mail. Functions take ctx with ctx->db = that member's auth.db and ctx->auth = this; they change rows and leave
 * the transaction to the role. A refused sign-in is an outcome, not a status, so that its trace (the failure
 * counted) is committed.
 *
 * Passwords are checked in the hasher process between auth_login_begin and auth_login_end. Failures alone are slowed:
 * the role holds back the answer of a refusal by delay_ms; a right answer is never delayed. An unknown account
 * is answered like a known one, after the same work. */
#ifndef CORE_AUTH_H
#define CORE_AUTH_H

#include "core/ctx.h"
#include "core/password.h"
#include "core/ticket.h"

enum {
    AUTH_KEY_BYTES = 32,
    AUTH_TOKEN_BYTES = 32,
    AUTH_TOKEN_TEXT_MAX = 43,          /* base64url */
    AUTH_APPLICATION_BYTES = 16,       /* 128 bits */
    AUTH_APPLICATIONS_MAX = 20,        /* of one person */
    AUTH_LABEL_MAX = 100,              /* bytes of a device or application name */
    AUTH_RECOVERY_CODES = 10,
    AUTH_RECOVERY_BYTES = 10,          /* 80 bits: four groups of four letters */
    AUTH_CODE_HASH_BYTES = 32,
    AUTH_DELAY_MAX_MS = 30 * 1000,
    AUTH_FADE_MS = 15 * 60 * 1000,     /* failures halve in this time */
    AUTH_ACCOUNT_FAILURES_MAX = 64,    /* then only familiar places may try */
    AUTH_REMOTE_FAILURES_MAX = 256,
    AUTH_SECOND_FAILURES_MAX = 10,     /* then nobody may, for a while: the password is known to somebody */
};
#define AUTH_SESSION_IDLE_MS (12 * 3600 * INT64_C(1000))
#define AUTH_SESSION_LIFE_MS (7 * 86400 * INT64_C(1000))
#define AUTH_PENDING_LIFE_MS (10 * 60 * INT64_C(1000))
#define AUTH_FAMILIAR_MS (30 * 86400 * INT64_C(1000))
#define AUTH_INVITATION_MIN_MS (24 * 3600 * INT64_C(1000))
#define AUTH_INVITATION_MAX_MS (7 * 86400 * INT64_C(1000))
#define AUTH_FOREVER_MS INT64_MAX

/* Where an operator enters a town. */
struct auth_way {
    struct str name, title;
    struct str host; /* of the town, "" when it has none of its own */
    struct str code; /* core/auth_entry.h */
};

struct auth {
    unsigned char key[AUTH_KEY_BYTES]; /* of the house: keyed hashes and seals */
    struct password_cost cost;         /* of new verifiers */
    int64_t member;                    /* whose auth.db ctx->db is */
    void (*entropy)(void *into, size_t size);
    /* Other members, which the role reaches; NULL where there is none. ctx is of this member, and of the operator.
     * enter: NOT_FOUND "member.unknown"; DENIED "mandate.none". still_operates: GONE when no longer. */
    enum status (*enter)(struct ctx *ctx, struct str member, struct auth_way *ret_way);
    enum status (*still_operates)(struct ctx *ctx, struct str operator_address);
    void *with;
};

/* ---- people: what a town or a verb tells auth ---- */

struct auth_person {
    int64_t person;
    struct str address; /* lower case */
    enum role role;
    bool is_active;
    struct str language; /* "", "fr" or "en" */
};
/* Adds or changes. A person suspended, or whose role or address changed, loses all sessions; when suspended the
 * application passwords too. CONFLICT: the address is another person's. */
MUST_USE enum status auth_person_put(struct ctx *ctx, const struct auth_person *person);

/* What an administrator may have done to somebody else's access. Both end every session and application password;
 * the second takes the second factor away too: whoever lost it signs in with the password alone, and sets a new one. */
enum auth_person_act { AUTH_END_SESSIONS = 1, AUTH_SECOND_OFF };
MUST_USE enum status auth_person_do(struct ctx *ctx, int64_t person, enum auth_person_act act);

struct auth_credential {
    int64_t person;
    struct str address, verifier, language;
    enum role role;
    bool is_active, is_second_on;
};
MUST_USE enum status auth_credential(struct ctx *ctx, int64_t person, struct auth_credential *ret_credential);
MUST_USE enum status auth_by_address(struct ctx *ctx, struct str address, struct auth_credential *ret_credential);

/* Stores a verifier made by the hasher; ends every session of the person but `kept` (0: none). Application passwords
 * stay, unless `with_applications`: a reset by somebody else ends them too. NOT_FOUND. */
MUST_USE enum status auth_set_password(struct ctx *ctx, int64_t person, struct str verifier, int64_t kept,
                                       bool with_applications);
MUST_USE enum status auth_set_language(struct ctx *ctx, int64_t person, struct str language);

/* May the account password open mail programs, for people without a second factor? No, until the town says yes. */
MUST_USE enum status auth_mail_password(struct ctx *ctx, bool *ret_is_allowed);
MUST_USE enum status auth_set_mail_password(struct ctx *ctx, bool is_allowed);

/* ---- invitations and resets: a code given by an administrator, good once ---- */

/* Appends a new code of 128 bits in groups of four letters. Whoever shows it keeps only its hash. */
void auth_code_make(struct buf *out, void (*entropy)(void *into, size_t size));
/* The hash of a code as typed, spaces, dashes and case aside. INVALID: not of its form. */
MUST_USE enum status auth_code_hash(struct str code, unsigned char ret_hash[AUTH_CODE_HASH_BYTES]);
/* The person's earlier unused codes end. INVALID: ends outside 24 h to 7 days from now. */
MUST_USE enum status auth_invite(struct ctx *ctx, int64_t person, struct str hash, struct instant ends);
/* Whose code it is. NOT_FOUND for an unknown one; GONE once used or expired. */
MUST_USE enum status auth_invitation(struct ctx *ctx, struct str code, int64_t *ret_person);
/* Uses the code up and stores the first password; turns the second factor off, ends all sessions. CONFLICT when
 * somebody used it meanwhile. */
MUST_USE enum status auth_accept(struct ctx *ctx, struct str code, struct str verifier, int64_t *ret_person);

/* ---- signing in ---- */

enum auth_door { AUTH_WEB = 1, AUTH_MAIL };
struct auth_try {
    enum auth_door door;
    struct str address, password;
    struct str remote; /* address of the client, without port */
    struct str device; /* user agent, or name of the protocol */
};
enum auth_outcome {
    AUTH_REFUSED = 0, /* wrong, unknown or suspended: never said which */
    AUTH_TOO_MANY,    /* too many failures here; not even looked at */
    AUTH_CHECK,       /* after begin: have `verifier` checked against the password, then call end */
    AUTH_SECOND,      /* the password was right; the session waits for the second factor */
    AUTH_ALLOWED,
};
struct auth_answer {
    enum auth_outcome outcome;
    int64_t delay_ms;    /* of a refusal */
    int64_t person, session;
    struct str verifier; /* AUTH_CHECK */
    struct str token;    /* AUTH_SECOND, AUTH_ALLOWED by the web: the cookie; arena */
};
/* Decides what needs no password check: too many failures, an application password (mail). */
MUST_USE enum status auth_login_begin(struct ctx *ctx, const struct auth_try *try, struct auth_answer *ret_answer);
/* Ends what begin left at AUTH_CHECK; `answer` is begin's, and is filled anew. */
MUST_USE enum status auth_login_end(struct ctx *ctx, const struct auth_try *try, bool is_right,
                                    struct auth_answer *answer);
/* The second step on a waiting session: a code or a recovery code. On AUTH_ALLOWED the waiting session ends and a
 * new one with a new token begins, so that a token seen before is worth nothing. GONE: no such waiting session. */
MUST_USE enum status auth_login_second(struct ctx *ctx, int64_t session, const struct auth_try *try, struct str code,
                                       struct auth_answer *ret_answer);

/* An operator, proven by the syndicate's own auth.db, enters this member under an open mandate. DENIED: none. */
MUST_USE enum status auth_login_mandate(struct ctx *ctx, const struct auth_try *try, struct auth_answer *ret_answer);
MUST_USE enum status auth_mandate_put(struct ctx *ctx, int64_t id, struct str operator_address, struct instant ends);

/* ---- the password asked for again, of somebody signed in ---- */

/* May it be tried? Not after AUTH_SECOND_FAILURES_MAX failures that still count: whoever found an open session would
 * else have all the time to guess. */
MUST_USE enum status auth_again_allowed(struct ctx *ctx, int64_t person, bool *ret_may);
/* It was wrong; *ret_delay_ms is how long the answer is held back. */
MUST_USE enum status auth_again_failed(struct ctx *ctx, int64_t person, int64_t *ret_delay_ms);

/* ---- sessions ---- */

enum session_kind { SESSION_WEB = 1, SESSION_PENDING, SESSION_APPLICATION, SESSION_MAIL };
struct auth_session {
    int64_t id;
    enum session_kind kind;
    struct str label, remote;
    struct instant created, seen;
};

/* The ticket of a cookie. A waiting session gives a ticket with no person and no rights: only its number and form
 * token. DENIED: no such token; GONE: ended, idle too long, or the person is suspended. */
MUST_USE enum status auth_ticket(struct ctx *ctx, struct str token, struct str remote, struct ticket *ret_ticket);
/* The ticket of an open session by number, for a mail connection that goes on. */
MUST_USE enum status auth_ticket_renew(struct ctx *ctx, int64_t session, struct ticket *ret_ticket);

/* Open sessions of a person, the last seen first; at most 100. */
MUST_USE enum status auth_session_list(struct ctx *ctx, int64_t person, struct auth_session **ret_sessions,
                                       size_t *ret_count);
/* NOT_FOUND: not a session of this person, or ended. */
MUST_USE enum status auth_session_end(struct ctx *ctx, int64_t person, int64_t session);
/* After a restore: who signed out since the backup stays out, and everybody signs in anew. Application passwords
 * stay. */
MUST_USE enum status auth_end_every_session(struct ctx *ctx);
MUST_USE enum status auth_session_end_all(struct ctx *ctx, int64_t person, int64_t kept);
/* Sessions ended at or after `since`: what the role pushes to town, again after a restart. */
MUST_USE enum status auth_ended_since(struct ctx *ctx, struct instant since, int64_t **ret_sessions,
                                      size_t *ret_count);
/* Forgets ended sessions, faded failures and dead codes. Once an hour. */
MUST_USE enum status auth_sweep(struct ctx *ctx);

/* ---- mail programs ---- */

/* A new application password, shown once: *ret_text in groups of four (arena). LIMIT: too many; INVALID: label. */
MUST_USE enum status auth_application_add(struct ctx *ctx, int64_t person, struct str label, struct str *ret_text);

/* ---- second factor ---- */

/* A new secret, not asked for at sign-in before it is confirmed. CONFLICT: a second factor is on already. */
MUST_USE enum status auth_second_start(struct ctx *ctx, int64_t person, struct str *ret_secret);
/* The secret begun and not confirmed. NOT_FOUND: none, or already on. */
MUST_USE enum status auth_second_pending(struct ctx *ctx, int64_t person, struct str *ret_secret);
/* Turns it on when the code is right (DENIED otherwise) and gives the recovery codes, shown once. */
MUST_USE enum status auth_second_confirm(struct ctx *ctx, int64_t person, struct str code,
                                         struct str ret_codes[AUTH_RECOVERY_CODES]);
MUST_USE enum status auth_second_off(struct ctx *ctx, int64_t person);
/* Ten new recovery codes; the old ones end. */
MUST_USE enum status auth_recovery_make(struct ctx *ctx, int64_t person,
                                        struct str ret_codes[AUTH_RECOVERY_CODES]);
MUST_USE enum status auth_recovery_left(struct ctx *ctx, int64_t person, int64_t *ret_number);

#endif
