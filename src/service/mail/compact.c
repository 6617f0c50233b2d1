#include "service/mail/compact.h"

#include <stdlib.h>

#include "service/mail/compact_sql.h"
#include "service/mail/mail_slot.h"
#include "service/mail/store.h"

enum { RECORD_OVERHEAD = 128 }; /* head, facts of a copy or two, padding */

struct compact {
    int64_t looked;  /* the last segment looked at in this round */
    int64_t current; /* the one being emptied; 0: none */
    struct instant held;
    struct {
        int64_t segment;
        struct instant since; /* when it was first seen empty */
    } gone[COMPACT_GONE_MAX];
    size_t gone_count;
};

static struct compact *compact_of(struct ctx *ctx)
{
    void **slot = &ctx->town->state[MAIL_COMPACT_SLOT];
    if (*slot == NULL)
        *slot = calloc(1, sizeof(struct compact));
    REQUIRE(*slot != NULL);
    return *slot;
}

void compact_close(struct compact *compact)
{
    free(compact);
}

void compact_hold(struct ctx *ctx, struct instant until)
{
    compact_of(ctx)->held = until;
}

/* ---- files that are empty ---- */

static void note_gone(struct compact *compact, int64_t segment, struct instant now)
{
    for (size_t i = 0; i < compact->gone_count; i++)
        if (compact->gone[i].segment == segment)
            return;
    if (compact->gone_count == COMPACT_GONE_MAX)
        return; /* noted in a later round */
    compact->gone[compact->gone_count].segment = segment;
    compact->gone[compact->gone_count++].since = now;
}

/* Whether a clock set back makes it wait longer does not matter. */
static enum status remove_gone(struct ctx *ctx, struct compact *compact)
{
    for (size_t i = compact->gone_count; i > 0 && ctx->now.ms >= compact->held.ms; i--) {
        struct sql_compact_living_row living;
        struct sql_compact_living in = {.segment = compact->gone[i - 1].segment};
        if (ctx->now.ms - compact->gone[i - 1].since.ms < COMPACT_GRACE_MS)
            continue;
        TRY(sql_compact_living(ctx->db, ctx->arena, in, &living));
        if (living.number == 0)
            TRY(store_drop_segment(ctx, in.segment));
        compact->gone[i - 1] = compact->gone[--compact->gone_count];
    }
    return OK;
}

/* ---- choosing ---- */

static enum status look_at(struct ctx *ctx, struct compact *compact, int64_t segment)
{
    struct sql_compact_living_row living;
    int64_t size;
    TRY(sql_compact_living(ctx->db, ctx->arena, (struct sql_compact_living){.segment = segment}, &living));
    TRY(store_segment_size(ctx, segment, &size));
    if (living.number == 0)
        note_gone(compact, segment, ctx->now);
    else if ((living.bytes + living.number * RECORD_OVERHEAD) * 100 < size * COMPACT_LIVE_PERCENT)
        compact->current = segment;
    return OK;
}

/* The next segment behind the one looked at last; never the one that is appended to. */
static enum status choose(struct ctx *ctx, struct compact *compact)
{
    int64_t *segments;
    size_t count;
    TRY(store_segments(ctx, &segments, &count));
    for (size_t i = 0; i + 1 < count; i++) {
        if (segments[i] <= compact->looked)
            continue;
        compact->looked = segments[i];
        return look_at(ctx, compact, segments[i]);
    }
    compact->looked = 0;
    TRY(remove_gone(ctx, compact));
    return NOT_FOUND;
}

/* ---- emptying ---- */

static enum status move_one(struct ctx *ctx, const struct sql_compact_bodies_row *row)
{
    int64_t segment, position;
    if (row->owners == 0)
        return sql_compact_drop(ctx->db, (struct sql_compact_drop){.id = row->id});
    struct store_body body = {.id = row->id, .segment = row->segment, .position = row->position, .size = row->size,
                              .hash = row->hash};
    TRY(store_move(ctx, &body, &segment, &position));
    struct sql_compact_move move = {.id = row->id, .segment = segment, .position = position, .hash = row->hash};
    return sql_compact_move(ctx->db, move);
}

static enum status empty(struct ctx *ctx, struct compact *compact)
{
    struct sql_compact_bodies_row *rows;
    size_t count;
    int64_t bytes = 0;
    struct sql_compact_bodies in = {.segment = compact->current};
    TRY(sql_compact_bodies(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0) {
        note_gone(compact, compact->current, ctx->now);
        compact->current = 0;
        return OK;
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    for (size_t i = 0; i < count && bytes < COMPACT_STEP_BYTES; i++) {
        TRY(move_one(ctx, &rows[i]));
        bytes += rows[i].size;
    }
    return OK;
}

enum status compact_step(struct ctx *ctx)
{
    struct compact *compact = compact_of(ctx);
    if (compact->current == 0)
        return choose(ctx, compact);
    enum status done = empty(ctx, compact);
    if (done != OK)
        compact->current = 0; /* the next one; this one comes again in the next round */
    return done;
}
