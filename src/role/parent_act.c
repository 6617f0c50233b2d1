/* What operators changed of a member is told to its town, until the town has it in its own audit log
 * (core/member_act.h). */
#include "core/member_act.h"
#include "os/clock.h"
#include "os/log.h"
#include "role/parent_state.h"

enum { ACTS_ARENA = 16 << 20 };

static enum status tell_town(struct ctx *ctx, struct parent_child *town)
{
    member_act *acts;
    size_t count;
    TRY(member_act_list(ctx, town->member->row.id, &acts, &count));
    for (size_t i = 0; i < count; i++) {
        struct message_member_act told = {.act = acts[i].id, .at_ms = acts[i].at_ms, .actor = acts[i].actor,
                                          .kind = acts[i].kind, .subject = acts[i].subject, .detail = acts[i].detail};
        TRY(message_send(town->channel, MESSAGE_MEMBER_ACT, &told, -1));
    }
    return OK;
}

static enum status open_syndicate(const struct parent *parent, struct ctx *ctx, enum db_mode mode)
{
    struct str path = str_format(ctx->arena, "%s/syndicate.db", parent->house.folder);
    return str_is_absent(path) ? LIMIT : db_open(path.at, mode, &ctx->db);
}

/* The database is open no longer than this: no child inherits it. */
void parent_tell_acts(struct parent_child *town)
{
    struct arena *arena ARENA_SCOPE = arena_create(ACTS_ARENA);
    struct ctx ctx = {.arena = arena, .now = clock_now()};
    if (town->channel == NULL || !town->is_ready)
        return; /* told when it comes back */
    enum status done = open_syndicate(town->parent, &ctx, DB_READ);
    if (done == OK) {
        done = tell_town(&ctx, town);
        db_close(ctx.db);
    }
    if (done != OK)
        LOG(LOG_WARN_LEVEL, "parent", "acts_not_told", LOG_TEXT("member", town->member->row.name),
            LOG_TEXT("status", str_of(status_name(done))));
}

static enum status forget(struct ctx *ctx, const struct message_member_act_done *done)
{
    TRY(db_begin(ctx->db));
    enum status forgotten = member_act_done(ctx, done->act, done->at_ms);
    if (forgotten == OK)
        return db_commit(ctx->db, SYNC_FULL);
    db_rollback(ctx->db);
    return forgotten;
}

void parent_act_done(struct parent_child *town, struct str payload)
{
    struct arena *arena ARENA_SCOPE = arena_create(ACTS_ARENA);
    struct ctx ctx = {.arena = arena, .now = clock_now()};
    struct message_member_act_done told;
    enum status done = message_take(MESSAGE_MEMBER_ACT_DONE, payload, &told);
    if (done == OK)
        done = open_syndicate(town->parent, &ctx, DB_WRITE);
    if (done == OK) {
        done = forget(&ctx, &told);
        db_close(ctx.db);
    }
    if (done != OK) /* it is told again when the town starts, and adds nothing */
        LOG(LOG_WARN_LEVEL, "parent", "act_stays", LOG_TEXT("member", town->member->row.name),
            LOG_TEXT("status", str_of(status_name(done))));
}
