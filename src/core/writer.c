#include "core/writer.h"

#include <stdlib.h>

struct writer {
    struct db *db;
    struct writer_hook hooks[WRITER_HOOKS_MAX];
    size_t hook_count;
    enum db_sync sync;
    int64_t job;    /* how many there were */
    bool is_open;   /* BEGIN was said in this turn */
    bool in_job;    /* between job_begin and job_end */
    bool has_point; /* the current job has its savepoint */
};

struct writer *writer_create(struct db *db)
{
    struct writer *writer = calloc(1, sizeof *writer);
    REQUIRE(writer != NULL);
    writer->db = db;
    return writer;
}

void writer_destroy(struct writer *writer)
{
    if (writer == NULL)
        return;
    if (writer->is_open)
        db_rollback(writer->db);
    free(writer);
}

void writer_add_hook(struct writer *writer, struct writer_hook hook)
{
    REQUIRE(writer->hook_count < WRITER_HOOKS_MAX);
    writer->hooks[writer->hook_count++] = hook;
}

void writer_job_begin(struct writer *writer)
{
    REQUIRE(!writer->in_job);
    writer->in_job = true;
    writer->job++;
    writer->has_point = false;
}

int64_t writer_job(const struct writer *writer)
{
    return writer->job;
}

static void undo(struct writer *writer)
{
    db_undo(writer->db);
    for (size_t i = 0; i < writer->hook_count; i++)
        if (writer->hooks[i].undone != NULL)
            writer->hooks[i].undone(writer->hooks[i].with);
}

enum status writer_job_end(struct writer *writer, enum status done)
{
    REQUIRE(writer->in_job);
    writer->in_job = false;
    if (!writer->has_point)
        return done;
    writer->has_point = false;
    if (done == OK)
        done = db_release(writer->db);
    if (done != OK)
        undo(writer);
    return done;
}

enum status writer_need(struct writer *writer, enum db_sync sync)
{
    REQUIRE(writer->in_job);
    if (!writer->is_open) {
        TRY(db_begin(writer->db));
        writer->is_open = true;
        writer->sync = SYNC_LATER;
    }
    if (sync == SYNC_FULL)
        writer->sync = SYNC_FULL;
    if (!writer->has_point) {
        TRY(db_savepoint(writer->db));
        writer->has_point = true;
    }
    return OK;
}

bool writer_is_open(const struct writer *writer)
{
    return writer->is_open;
}

static enum status settle(struct writer *writer)
{
    for (size_t i = 0; i < writer->hook_count; i++)
        if (writer->hooks[i].before != NULL)
            TRY(writer->hooks[i].before(writer->hooks[i].with));
    return db_commit(writer->db, writer->sync);
}

enum status writer_commit(struct writer *writer)
{
    REQUIRE(!writer->in_job);
    if (!writer->is_open)
        return OK;
    enum status done = settle(writer);
    if (done != OK)
        db_rollback(writer->db);
    writer->is_open = false;
    for (size_t i = 0; i < writer->hook_count; i++)
        if (writer->hooks[i].after != NULL)
            writer->hooks[i].after(writer->hooks[i].with, done);
    return done;
}
