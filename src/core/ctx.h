/* A ctx is the spine of one unit of work: one request, command, job or delivery. Passed first, always.
 *
 * Lives on the stack of whoever runs the unit; everything it points to outlives the unit. */
#ifndef CORE_CTX_H
#define CORE_CTX_H

#include "base/arena.h"
#include "base/dates.h"
#include "base/str.h"
#include "core/permission.h"
#include "core/translate.h"

struct auth;
struct db;
struct place;
struct town;

/* Who acts, as the ticket says; all zero for nobody. */
struct actor {
    int64_t person;  /* id in the member's person table; 0: nobody signed in */
    int64_t session; /* id of the session or application password */
    permission_set rights;
    struct str address;
    struct str name; /* display name, where known */
    int64_t mandate; /* help under a mandate: its id, else 0 */
    struct str mandate_reason;    /* as the town says; absent where it is not known */
    struct instant mandate_ends;
};

/* Why the unit failed: filled by the function that knows, mapped once at each edge. */
struct failure {
    const char *code;        /* stable: "mail.over_quota" */
    enum text_key sentence;  /* for the person */
    struct str detail;       /* for the operator's log; never content */
};

struct ctx {
    struct arena *arena;
    struct town *town; /* settings and shared state of the member; NULL outside a town process */
    const struct place *place; /* the member as its pages show it; NULL outside a role with pages */
    struct auth *auth; /* keys and cost of the auth role; NULL outside it */
    struct db *db;     /* the member's truth */
    struct actor actor;
    enum language language;
    struct instant now;
    struct failure failure;
    struct str trace; /* request id */
};

/* Fills ctx->failure and returns status, so that a refusal is one line:
 * `return refuse(ctx, LIMIT, "mail.over_quota", T_mail_over_quota);` */
MUST_USE static inline enum status refuse(struct ctx *ctx, enum status status, const char *code, enum text_key sentence)
{
    REQUIRE(status != OK);
    ctx->failure = (struct failure){.code = code, .sentence = sentence, .detail = STR("")};
    return status; /* here in the header, so that whoever proves a caller sees that it is never OK */
}
/* The civil day where the member is, of an instant or of the unit: what a calendar there says, also past midnight. */
struct date ctx_day(const struct ctx *ctx, struct instant at);
struct date ctx_today(const struct ctx *ctx);

MUST_USE enum status refuse_with(struct ctx *ctx, enum status status, const char *code,
                               enum text_key sentence, const char *detail_format, ...) FORMAT(5, 6);

#endif
