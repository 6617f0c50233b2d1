/* Search is a member's mail made findable: search.db beside town.db, derived, rebuilt at will.
 *
 * Why a database of its own: its commits are many and need no sync, and losing it loses nothing. Emails go in by
 * arrival, in bounded steps between requests; what has not gone in yet, or has too much text for an index, is read at
 * each search, so every search sees everything. The index knows which emails hold which words; letters within words
 * are looked for in the list of all words; and where words alone do not answer, the plain text kept beside the index
 * does. One per town process, in town->state; owns its db. Without it (NULL there) all is read, slowly, with the same
 * result. */
#ifndef SERVICE_MAIL_SEARCH_H
#define SERVICE_MAIL_SEARCH_H

#include "base/list.h"
#include "core/ctx.h"
#include "core/town.h"
#include "service/mail/search_document.h"

enum {
    SEARCH_INDEXED_MAX = 64 << 10,  /* bytes of text of an email in the indexes; longer ones are read at each search */
    SEARCH_WHOLE_MAX = 64 << 20,    /* bytes of text of one email that are looked through */
    SEARCH_STEP_BYTES = 32 << 10,   /* of text, in one step of indexing; or one email */
    SEARCH_COMMIT_BYTES = 512 << 10, /* of text, in one commit while there is more */
    SEARCH_IDS_MAX = 4 << 20,       /* emails in one answer */
};

struct search;

/* Takes the db, which has had its migrations, and puts the search into the town's state. */
MUST_USE enum status search_open(struct town *town, struct db *db);
void search_close(struct town *town); /* NULL in its place is accepted */

/* Indexes the next emails; commits when they are many, or the last. OK: there is more; NOT_FOUND: all is in; BUSY:
 * the town's writer has rows that are not committed, which must not be searched; CORRUPT: the database is damaged,
 * and to be made anew. */
MUST_USE enum status search_index_step(struct ctx *ctx);

/* Takes the text of one email out, which is about to be purged. Should the purge be undone, the email is still found:
 * from now on it is read at each search, until search_sweep sees that it is gone. OK also when it is not in. */
MUST_USE enum status search_forget(struct ctx *ctx, int64_t email);
/* A job: forgets the numbers of emails that are gone. */
MUST_USE enum status search_sweep(struct ctx *ctx);

/* Empties it; the steps feed it anew. */
MUST_USE enum status search_rebuild(struct ctx *ctx);

/* Proves that each email that should be in is in; writes findings as core/service.h says. */
MUST_USE enum status search_verify(struct ctx *ctx, struct buf *findings);

struct search_ids LIST_OF(int64_t); /* emails, ascending */

/* What the indexes know of a term, for one account: emails that have it, and emails that must be looked at. No other
 * email has it. In ctx->arena. */
struct search_found {
    struct search_ids sure, maybe;
};
MUST_USE enum status search_find(struct ctx *ctx, int64_t account, const struct search_term *term,
                                 struct search_found *ret_found);

/* Looks at one email. False for an email that is gone. */
MUST_USE enum status search_check(struct ctx *ctx, int64_t email, const struct search_term *term, bool *ret_has);

/* ---- for the files of search ---- */

struct search {
    struct db *db;
    struct stemmer *stemmer;
    struct search_cache *cache; /* NULL when all is in */
    int64_t body, email; /* the last that is in */
    int64_t kept_body, kept_email; /* the last that is in and committed */
    int64_t open_bytes;  /* of text, in the transaction that steps share; 0: none is open */
    int64_t swept;       /* the last number that search_sweep looked at */
    bool is_damaged;     /* a page was found damaged: nothing here is believed, all is read */
};
struct search *search_of(const struct ctx *ctx); /* NULL: none */
int search_compare_ids(const void *a, const void *b); /* for qsort and bsearch of search_ids */

#endif
