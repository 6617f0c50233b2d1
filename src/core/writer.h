/* A writer turns the write jobs of one turn of a town's loop into one transaction and one sync.
 *
 * Why: a batch is what arrived during the previous sync; it never waits for more (group commit). Each job
 * is a savepoint, so one failure undoes that job alone. Answers are held until the commit has returned: no
 * 250 before the sync. A turn that only read begins no transaction.
 *
 * Services take part by hooks: `before` puts their own files on disk (mail segments) before COMMIT; `after`
 * publishes (push to idle sessions) or forgets (after a failure, memory must not run ahead of disk); `undone` takes
 * back what one failed job put into a file: its neighbours in the turn are committed all the same. */
#ifndef CORE_WRITER_H
#define CORE_WRITER_H

#include <stdbool.h>

#include "db/db.h"

struct writer;

struct writer_hook {
    enum status (*before)(void *with);           /* each may be NULL */
    void (*after)(void *with, enum status done);
    void (*undone)(void *with); /* the job that just ended, its rows with it */
    void *with;
};
enum { WRITER_HOOKS_MAX = 8 };

struct writer *writer_create(struct db *db);
void writer_destroy(struct writer *writer); /* NULL accepted; an open transaction is rolled back */
void writer_add_hook(struct writer *writer, struct writer_hook hook);

/* Around every job. writer_job_end undoes the job's rows unless done is OK, and returns what became of it. */
void writer_job_begin(struct writer *writer);
MUST_USE enum status writer_job_end(struct writer *writer, enum status done);

/* Asked by whoever is about to change a row: begins the turn's transaction and the job's savepoint when
 * they have not begun. `sync` is the strongest wish of the turn (SYNC_FULL unless the rows can be
 * replayed from a file that `before` syncs). */
MUST_USE enum status writer_need(struct writer *writer, enum db_sync sync);

/* Names the job at hand: no other job of this writer has the number. */
int64_t writer_job(const struct writer *writer);

/* True when this turn holds uncommitted rows. */
bool writer_is_open(const struct writer *writer);

/* Ends the turn. OK also when nothing was written. On failure everything of the turn is undone, and every
 * held answer must become a refusal. */
MUST_USE enum status writer_commit(struct writer *writer);

#endif
