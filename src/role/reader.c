#include "role/reader.h"

#include <signal.h>

#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/verb.h"

enum { STEP_ARENA = 512 << 20 };

struct reader {
    const struct reader_start *start;
    struct loop *loop;
    struct channel *line;
    struct arena *arena;
    struct town *town; /* NULL: cannot be opened */
    enum status opened;
};

static enum status run(struct reader *reader, struct verb_work *work)
{
    struct ctx ctx = {.arena = reader->arena, .town = reader->town, .place = reader->start->place, .now = clock_now(),
                      .language = (enum language)work->ask.language};
    if (reader->town == NULL) {
        ctx.failure = (struct failure){.code = "town.damaged", .sentence = T_town_damaged, .detail = STR("")};
        verb_say_failure(&work->error, &ctx, reader->opened);
        return reader->opened;
    }
    ctx.db = reader->town->db;
    TRY(db_begin(ctx.db)); /* a steady view */
    enum status done = verb_work_run(work, &ctx);
    db_rollback(ctx.db);
    return done;
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct reader *reader = with;
    struct verb_work *work;
    enum status done = kind == MESSAGE_VERB ? verb_work_begin(VERB_READER, payload, fd, &work) : INVALID;
    file_close(&fd);
    if (done != OK) {
        loop_stop(reader->loop);
        return;
    }
    done = run(reader, work);
    verb_work_answer(work, reader->line, done);
    arena_reset(reader->arena);
}

static void on_closed(void *with)
{
    struct reader *reader = with;
    loop_stop(reader->loop);
}

int reader_run(const struct reader_start *start)
{
    struct reader reader = {.start = start, .loop = loop_create(), .arena = arena_create(STEP_ARENA)};
    process_ignore(SIGINT);
    reader.opened = house_open_reader(start->folder, start->row, start->domains, start->domain_count, &reader.town);
    enum status done = channel_create(reader.loop, start->line, on_frame, on_closed, &reader, &reader.line);
    if (done == OK)
        loop_run(reader.loop, NULL, NULL);
    channel_destroy(reader.line);
    house_close_town(reader.town);
    loop_destroy(reader.loop);
    arena_destroy(&reader.arena);
    return done != OK;
}
