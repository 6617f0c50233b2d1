/* An imap_session is one signed-in client of one account: what it selected, what it enabled, what it was told.
 *
 * `modseq` is how far it was told of arrivals and flags, `gone_modseq` of removals: during FETCH, STORE and SEARCH
 * numbers may not shift, so removals wait (RFC 9051 section 7.5.1). Owned by struct imap_sessions; the view is
 * shared. */
#ifndef SERVICE_MAIL_IMAP_SESSION_H
#define SERVICE_MAIL_IMAP_SESSION_H

#include "core/ticket.h"
#include "proto/imap/imap_command.h"
#include "service/mail/changes.h"
#include "service/mail/imap/view.h"

enum imap_enabled { IMAP_CONDSTORE = 1, IMAP_QRESYNC = 2, IMAP_REV2 = 4, IMAP_UTF8 = 8 };

enum {
    IMAP_SESSIONS_MAX = 10000,
    IMAP_CHUNK = 512 << 10,          /* of an answer, written before the client has taken what came before */
    IMAP_APPEND_SIZE_MAX = 50 << 20, /* APPENDLIMIT */
    IMAP_OWED_MAX = 256 << 20,       /* bytes of large answers that clients of one account have not taken */
};

struct imap_running; /* a FETCH under way: fetch.c */

struct imap_session {
    int64_t handle, account;
    struct ticket ticket; /* its numbers; the texts are empty */
    unsigned enabled;     /* of enum imap_enabled */
    int64_t mailbox;      /* selected; 0: none */
    bool is_read_only, is_idle;
    uint32_t uid_validity, recent_from;
    int64_t modseq, gone_modseq;
    uint32_t uid_next; /* UIDs below it are in the view, or gone */
    struct imap_view *view;
    uint32_t *saved; /* UIDs of "$" (RFC 5182), ascending; heap */
    size_t saved_count;
    struct imap_running *running;
    char *idle_tag; /* heap */
    size_t owed;    /* bytes of its last answer, when that is large: they are in memory until the client has them */
};

/* All of a town's. */
struct imap_sessions {
    struct imap_session *slots[IMAP_SESSIONS_MAX]; /* by the low half of the handle */
    uint16_t live[IMAP_SESSIONS_MAX];              /* slots in use, in no order */
    size_t live_count;
    size_t owed; /* of all */
    struct changes changes;
};

struct imap_sessions *imap_sessions_create(void);
void imap_sessions_destroy(struct imap_sessions *sessions); /* NULL accepted */
/* One there under the same slot is of a client that has gone: it is dropped. NULL: no such slot. */
struct imap_session *imap_session_open(struct imap_sessions *sessions, int64_t handle, const struct ticket *ticket);
/* NULL: none by that handle. */
struct imap_session *imap_session_find(struct imap_sessions *sessions, int64_t handle);
void imap_session_close(struct imap_sessions *sessions, struct imap_session *session);
/* How much its last answer was; 0 once it asks for more, which front hears when all is written. */
void imap_session_owe(struct imap_sessions *sessions, struct imap_session *session, size_t bytes);
/* Of all clients of an account. */
size_t imap_account_owed(const struct imap_sessions *sessions, int64_t account);

/* ---- selecting ---- */

/* No mailbox is selected any more. */
void imap_session_unselect(struct imap_session *session);
void imap_session_save(struct imap_session *session, const uint32_t *uids, size_t count);
static inline bool imap_is_utf8(const struct imap_session *session)
{
    return session->enabled & (IMAP_REV2 | IMAP_UTF8);
}

/* ---- telling (sync.c) ---- */

/* Writes what changed since the session was last told. may_expunge: numbers may shift now. */
MUST_USE enum status imap_sync(struct ctx *ctx, struct imap_session *session, bool may_expunge, struct buf *out);
/* What this session's own command changed stands in its answer: it is not told again. imap_sync was called in the
 * same job, before the change. */
MUST_USE enum status imap_pass_over(struct ctx *ctx, struct imap_session *session);
/* As FETCH writes them: "(\Seen $label)". */
MUST_USE enum status imap_write_flags(struct ctx *ctx, const struct imap_session *session, int64_t flags, int64_t uid,
                                      struct buf *out);

/* ---- commands (command.c) ---- */

struct imap_call {
    struct ctx *ctx;
    struct imap_sessions *sessions;
    struct imap_session *session;
    const struct imap_command *command;
    struct str literal; /* of APPEND, when it was streamed; absent else */
    struct buf *out;
    const char *why;    /* of a BAD */
    const char *no;     /* instead of the usual words of a NO: "[TRYCREATE] No such mailbox" */
    char ok[200];       /* instead of "NAME completed"; may begin with a code */
    struct str long_ok; /* the same, of any length; arena */
    bool is_left;       /* the tagged line comes later: IDLE, a long FETCH */
    bool is_over;       /* the client has gone wrong: BYE was written */
};

/* Runs one command: its answer in `out`, tagged line and all, unless call->is_left. The status is for the job's
 * savepoint: rows stand on OK only. */
MUST_USE enum status imap_run(struct imap_call *call);
/* Goes on with a FETCH whose bytes were taken. */
MUST_USE enum status imap_go_on(struct imap_call *call);

typedef enum status imap_handler(struct imap_call *call);
imap_handler imap_select, imap_examine, imap_close, imap_unselect, imap_status, imap_list, imap_lsub, imap_create,
    imap_delete, imap_rename, imap_subscribe, imap_unsubscribe, imap_append, imap_fetch_run, imap_store_run, imap_copy,
    imap_move, imap_expunge, imap_search_run, imap_sort_run, imap_thread_run, imap_getquota, imap_getquotaroot,
    imap_setquota, imap_noop, imap_check, imap_idle, imap_done, imap_namespace, imap_enable;

/* ---- what commands share ---- */

/* A mailbox's name as the client writes it, in UTF-8, normalised. INVALID: not a name. */
MUST_USE enum status imap_name(struct imap_call *call, struct str written, struct str *ret_name);
/* NOT_FOUND with [NONEXISTENT]. */
MUST_USE enum status imap_mailbox(struct imap_call *call, struct str written, mailbox_row *ret_mailbox);
/* The sequence set of argument 0, as UIDs that are in the view: ascending. "$" too. */
MUST_USE enum status imap_uids(struct imap_call *call, const uint32_t **ret_uids, size_t *ret_count);
/* CONDSTORE by use: the highest mod-sequence is told the first time (RFC 7162 section 3.1). */
MUST_USE enum status imap_call_condstore(struct imap_call *call);
MUST_USE enum status imap_call_bad(struct imap_call *call, const char *why);
MUST_USE enum status imap_call_no(struct imap_call *call, enum status status, const char *words);

#endif
