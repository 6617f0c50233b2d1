/* What towns ask the parent (core/house_ask.h): answered from syndicate.db at once, or when the roles have said how
 * they fare. Which town asks is known by its channel. */
#include <stdio.h>
#include <stdlib.h>

#include "core/house_ask.h"
#include "core/permission.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/parent_state.h"
#include "role/verb.h"

enum { GATHER_MS = 1500, ANSWER_ARENA = 64 << 20 };

/* ---- answering ---- */

static void answer(struct parent_child *town, int64_t handle, enum status status, enum text_key sentence,
                   struct str lines)
{
    int fd = -1;
    struct message_house_answer answer = {.handle = handle, .status = status, .sentence = sentence,
                                          .size = (int64_t)lines.len};
    if (town->channel == NULL)
        return;
    enum status bulk = verb_bulk(lines, &answer.lines, &fd);
    if (bulk != OK) {
        answer.status = bulk;
        answer.lines = STR("");
    }
    if (message_send(town->channel, MESSAGE_HOUSE_ANSWER, &answer, fd) != OK)
        LOG(LOG_WARN_LEVEL, "parent", "answer_not_taken", LOG_TEXT("member", town->member->row.name));
}

static bool is_town_up(void *with, int64_t member)
{
    const struct parent *parent = with;
    for (size_t i = 0; i < parent->member_count; i++)
        if (parent->members[i]->row.id == member)
            return parent->members[i]->town.channel != NULL && parent->members[i]->town.is_ready;
    return false;
}

static enum status in_transaction(struct ctx *ctx, const struct house_ask *ask, struct buf *lines)
{
    TRY(db_begin(ctx->db));
    enum status done = house_ask_answer(ctx, ask, lines);
    if (done == OK)
        return db_commit(ctx->db, SYNC_FULL);
    db_rollback(ctx->db);
    return done;
}

/* The database is open no longer than this: no child inherits it. */
static enum status ask_syndicate(const struct parent *parent, struct ctx *ctx, const struct house_ask *ask,
                                 struct buf *lines)
{
    bool is_change = house_ask_is_change(ask->kind);
    struct str path = str_format(ctx->arena, "%s/syndicate.db", parent->house.folder);
    if (str_is_absent(path))
        return LIMIT;
    TRY(db_open(path.at, is_change ? DB_WRITE : DB_READ, &ctx->db));
    enum status done = is_change ? in_transaction(ctx, ask, lines) : house_ask_answer(ctx, ask, lines);
    db_close(ctx->db);
    return done;
}

static void answer_now(struct parent_child *town, const struct message_house_ask *message)
{
    struct parent *parent = town->parent;
    struct arena *arena ARENA_SCOPE = arena_create(ANSWER_ARENA);
    struct buf lines BUF_SCOPE = BUF_INIT(HOUSE_LINES_MAX);
    struct ctx ctx = {.arena = arena, .now = clock_now()};
    struct house_ask ask = {.kind = message->kind, .member = message->member, .words = message->words,
                            .by = town->member->row.name, .actor = message->actor, .is_up = is_town_up, .with = parent};
    enum status done = ask_syndicate(parent, &ctx, &ask, &lines);
    if (done == OK && house_ask_is_change(ask.kind)) {
        LOG(LOG_INFO_LEVEL, "parent", "members_changed", LOG_TEXT("by", town->member->row.name),
            LOG_TEXT("member", message->member), LOG_NUMBER("kind", message->kind));
        done = parent_read_members(parent);
        parent_connect(parent);
        struct parent_child *changed = parent_town(parent, message->member);
        if (changed != NULL)
            parent_tell_acts(changed);
    }
    answer(town, message->handle, done, done == OK ? T_none : ctx.failure.sentence,
           done == OK ? buf_str(&lines) : STR(""));
}

/* ---- how the roles fare ---- */

static const char *const names[] = {[ROLE_PARENT] = "parent", [ROLE_FRONT] = "front",   [ROLE_AUTH] = "auth",
                                    [ROLE_TOWN] = "town",     [ROLE_HASHER] = "hasher", [ROLE_MODEL] = "model",
                                    [ROLE_PROVIDER] = "provider"};

const char *parent_role_name(enum role_kind role)
{
    return names[role];
}

struct parent_child *parent_child_at(struct parent *parent, size_t index)
{
    if (index == 0)
        return &parent->front;
    if (index == 1)
        return &parent->auth;
    if (index < 2 + PARENT_HASHERS)
        return &parent->hashers[index - 2];
    index -= 2 + PARENT_HASHERS;
    if (index == 0)
        return &parent->model;
    index--;
    if (index == 0 && parent->has_provider)
        return &parent->provider;
    index -= parent->has_provider;
    return index < parent->member_count ? &parent->members[index]->town : NULL;
}

static bool is_up(const struct parent_child *child)
{
    return child->channel != NULL && child->is_ready;
}

bool parent_has_figures(const struct parent_child *child)
{
    return is_up(child) && child->figures.number == child->parent->gather_number;
}

static void add_process(const struct parent_child *child, struct buf *lines)
{
    const struct parent_figures *figures = &child->figures;
    bool has_answered = parent_has_figures(child);
    struct house_process process = {
        .role = str_of(names[child->role]),
        .member = child->member != NULL ? child->member->row.name : STR(""),
        .title = child->member != NULL ? child->member->row.title : STR(""),
        .is_up = is_up(child),
        .has_answered = has_answered,
        .since_ms = clock_now().ms - (clock_monotonic_ms() - child->started_ms),
        .restarts = child->restarts,
        .late_job = STR("")};
    if (has_answered) {
        process.memory_bytes = figures->told.memory_bytes;
        process.work = figures->told.work;
        process.database_bytes = figures->told.database_bytes;
        process.mail_bytes = figures->told.mail_bytes;
        process.late_ms = figures->told.late_ms;
        process.tasks = figures->told.tasks;
        process.backup_ms = figures->told.backup_ms;
        process.late_job = str_of(figures->late_job);
    }
    house_line_add(lines, &house_process_shape, &process);
}

static void add_health(struct parent *parent, struct buf *lines)
{
    struct house_disk disk = {0};
    if (file_space(parent->house.folder, &disk.free_bytes, &disk.total_bytes) != OK)
        disk = (struct house_disk){0}; /* shown as not known */
    house_line_add(lines, &house_disk_shape, &disk);
    for (size_t i = 0; parent_child_at(parent, i) != NULL; i++)
        add_process(parent_child_at(parent, i), lines);
}

static void add_queues(struct parent *parent, struct buf *lines)
{
    for (size_t i = 0; i < parent->member_count; i++) {
        const struct parent_child *town = &parent->members[i]->town;
        struct house_queue mute = {.member = town->member->row.name, .title = town->member->row.title,
                                   .destination = STR(""), .is_mute = true};
        if (parent_has_figures(town))
            buf_add(lines, town->figures.queues);
        else
            house_line_add(lines, &house_queue_shape, &mute);
    }
}

static void answer_waiting(struct parent *parent, const struct parent_waiting *waiting)
{
    struct buf lines BUF_SCOPE = BUF_INIT(HOUSE_LINES_MAX);
    if (waiting->kind == PARENT_METRICS || waiting->kind == PARENT_IS_WELL) {
        parent_metrics_answer(parent, waiting);
        return;
    }
    if (waiting->kind == HOUSE_HEALTH)
        add_health(parent, &lines);
    else
        add_queues(parent, &lines);
    enum status done = buf_status(&lines);
    for (size_t i = 0; i < parent->member_count; i++)
        if (parent->members[i]->row.id == waiting->member)
            answer(&parent->members[i]->town, waiting->handle, done, T_none, done == OK ? buf_str(&lines) : STR(""));
}

void parent_on_gather(void *with)
{
    struct parent *parent = with;
    for (size_t i = 0; i < parent->waiting_count; i++)
        answer_waiting(parent, &parent->waiting[i]);
    parent->waiting_count = 0;
}

static bool have_all_answered(struct parent *parent)
{
    for (size_t i = 0; parent_child_at(parent, i) != NULL; i++)
        if (is_up(parent_child_at(parent, i)) && parent_child_at(parent, i)->figures.number != parent->gather_number)
            return false;
    return true;
}

/* Who asks while an asking is under way is answered with it. */
enum status parent_gather(struct parent *parent, struct parent_waiting waiting)
{
    if (parent->waiting_count == PARENT_WAITING_MAX)
        return BUSY;
    parent->waiting[parent->waiting_count++] = waiting;
    if (parent->waiting_count > 1)
        return OK;
    struct message_handle ask = {++parent->gather_number};
    struct parent_child *child;
    for (size_t i = 0; (child = parent_child_at(parent, i)) != NULL; i++)
        if (is_up(child) && message_send(child->channel, MESSAGE_FIGURES_ASK, &ask, -1) != OK)
            LOG(LOG_WARN_LEVEL, "parent", "figures_not_asked", LOG_TEXT("role", str_of(names[child->role])));
    loop_timer_set(parent->gather, GATHER_MS);
    return OK;
}

void parent_figures_forget(struct parent_child *child)
{
    free((char *)(uintptr_t)child->figures.queues.at); /* NULL before the first */
    child->figures = (struct parent_figures){.queues = STR_NONE};
}

void parent_figures_take(struct parent_child *child, struct str payload)
{
    struct message_figures told;
    struct parent *parent = child->parent;
    if (message_take(MESSAGE_FIGURES, payload, &told) != OK || told.handle != parent->gather_number)
        return;
    char *queues = malloc(told.queues.len + 1);
    REQUIRE(queues != NULL);
    memcpy(queues, told.queues.at, told.queues.len);
    parent_figures_forget(child);
    child->figures = (struct parent_figures){.number = told.handle, .told = told,
                                             .queues = {queues, told.queues.len}};
    count_read(told.counts, child->figures.counts);
    /* These were slices of the frame. */
    child->figures.told.late_job = child->figures.told.queues = child->figures.told.counts = STR_NONE;
    snprintf(child->figures.late_job, sizeof child->figures.late_job, "%.*s", STR_ARG(told.late_job));
    if (parent->waiting_count == 0 || !have_all_answered(parent))
        return;
    loop_timer_set(parent->gather, -1);
    parent_on_gather(parent);
}

/* ---- questions ---- */

void parent_house(struct parent_child *town, struct str payload)
{
    struct message_house_ask message;
    enum status done = OK;
    if (message_take(MESSAGE_HOUSE_ASK, payload, &message) != OK || str_is_absent(message.words) ||
        str_is_absent(message.actor) || message.words.len > HOUSE_WORDS_MAX) {
        LOG(LOG_ERROR_LEVEL, "parent", "town_not_understood", LOG_TEXT("member", town->member->row.name));
        return;
    }
    const struct parent_member *member = town->member;
    if (!house_ask_is_allowed(message.kind, member->place.runs_house, message.member, member->row.name)) {
        LOG(LOG_WARN_LEVEL, "parent", "town_refused", LOG_TEXT("member", town->member->row.name),
            LOG_NUMBER("kind", message.kind));
        done = DENIED;
    } else if (message.kind == HOUSE_HEALTH || message.kind == HOUSE_QUEUES) {
        done = parent_gather(town->parent, (struct parent_waiting){town->member->row.id, message.handle, message.kind});
    } else {
        answer_now(town, &message);
    }
    if (done != OK)
        answer(town, message.handle, done, T_none, STR(""));
}
