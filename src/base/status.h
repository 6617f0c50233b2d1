/* A status is the outcome of every function that can fail; it is never ignored.
 *
 * Why an enum and not a message: each edge (HTTP, SMTP, IMAP, the command line) maps a status once, in
 * one table. A person's sentence and an operator's detail travel beside it in ctx->failure (core/ctx.h).
 * A broken invariant of our own is no status: REQUIRE ends the process, and the parent restarts it. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
    OK = 0,
    INVALID,   /* the input breaks a rule; the same input will fail again */
    NOT_FOUND, /* nothing by that name, as far as this actor may know */
    DENIED,    /* it exists, and this actor may not */
    CONFLICT,  /* the state has moved on, or the name is taken */
    LIMIT,     /* a named maximum was reached */
    BUSY,      /* not now: the same request may succeed later */
    GONE,      /* it existed, and ended: a session, a connection, a message */
    CORRUPT,   /* stored bytes are not what was written */
    OUTSIDE,   /* the kernel, the disk or another program failed us */
    BUG,       /* ours; reported and mended, never explained away */
};

#define MUST_USE __attribute__((warn_unused_result))
#define FORMAT(string, first) __attribute__((format(printf, string, first)))

/* Returns the first status that is not OK to the caller: the only control-flow macro of the house. */
#define TRY(expression)                                                                            \
    do {                                                                                           \
        enum status try_status_ = (expression);                                                    \
        if (try_status_ != OK)                                                                     \
            return try_status_;                                                                    \
    } while (0)

/* An invariant of the program, kept in release builds too. Never used on foreign input. */
#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            status_abort(#condition, __FILE__, __LINE__);                                          \
    } while (0)

/* "ok", "invalid", "not_found"...: stable words, for logs and tests. */
const char *status_name(enum status status);

/* Writes "file:line: broken invariant" to standard error and aborts. */
_Noreturn void status_abort(const char *condition, const char *file, int line);

#endif
