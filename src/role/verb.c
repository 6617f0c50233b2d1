#include "role/verb.h"

#include <stdlib.h>

#include "core/service.h"
#include "os/clock.h"
#include "os/file.h"

enum { PARENT_ARENA = 64 << 20, ERROR_MAX = 4 << 10 };

const struct verb *verb_find(const struct str *words, size_t word_count, size_t *ret_taken)
{
    size_t of_house;
    const struct verb *house = verb_among(house_verbs, house_verb_count, words, word_count, &of_house);
    const struct verb *service = verb_of(service_all, words, word_count, ret_taken);
    if (service != NULL && *ret_taken > of_house)
        return service;
    *ret_taken = of_house;
    return house;
}

static const struct verb *verb_by_words(struct str words)
{
    struct str parts[VERB_WORDS_MAX];
    size_t count = 0, taken;
    while (!str_is_absent(words) && count < VERB_WORDS_MAX)
        parts[count++] = str_cut(&words, ' ');
    const struct verb *verb = verb_find(parts, count, &taken);
    return taken == count ? verb : NULL;
}

static enum status take_words(struct verb_work *work)
{
    struct str rest = work->ask.arguments;
    work->call.words = work->words;
    while (rest.len > 0) {
        if (work->call.word_count == VERB_WORDS_MAX || rest.at[rest.len - 1] != 0)
            return INVALID;
        work->words[work->call.word_count++] = str_cut(&rest, 0);
    }
    return OK;
}

static enum status take_input(struct verb_work *work, int fd)
{
    work->call.input = work->ask.input;
    if (!str_is_absent(work->ask.input))
        return OK;
    TRY(file_map(fd, VERB_BULK_MAX, &work->mapped));
    work->call.input = work->mapped;
    return (int64_t)work->mapped.len == work->ask.size ? OK : INVALID;
}

static enum status take(struct verb_work *work, enum verb_place place, struct str payload, int fd)
{
    TRY(message_take(MESSAGE_VERB, payload, &work->ask));
    const struct verb *verb = verb_by_words(work->ask.words);
    int64_t step = work->ask.step;
    bool is_ours = verb != NULL && step >= 0 && step < VERB_STEPS_MAX && verb->steps[step].place == place;
    if (!is_ours || work->ask.handed.len > VERB_HANDED_MAX)
        return INVALID;
    work->call = (struct verb_call){.verb = verb, .member = work->ask.member, .handed = work->ask.handed,
                                    .out = &work->out, .hand = &work->hand, .output = &work->output,
                                    .next = (int)step + 1};
    TRY(take_words(work));
    TRY(take_input(work, fd));
    return verb_accepts(verb->usage, work->words, work->call.word_count) ? OK : INVALID;
}

enum status verb_work_begin(enum verb_place place, struct str payload, int fd, struct verb_work **ret_work)
{
    struct verb_work *work = calloc(1, sizeof *work);
    REQUIRE(work != NULL);
    work->out = BUF_INIT(VERB_OUT_MAX);
    work->error = BUF_INIT(ERROR_MAX);
    work->hand = BUF_INIT(VERB_HANDED_MAX);
    work->output = BUF_INIT(VERB_BULK_MAX);
    enum status done = take(work, place, payload, fd);
    if (done == OK)
        *ret_work = work;
    else
        verb_work_destroy(work);
    return done;
}

void verb_say_failure(struct buf *error, const struct ctx *ctx, enum status status)
{
    if (ctx->failure.code == NULL) {
        buf_add_c(error, status_name(status));
        return;
    }
    struct str sentence = text_of(ctx->language, ctx->failure.sentence);
    buf_add_format(error, "%s: %.*s", ctx->failure.code, STR_ARG(sentence));
    if (ctx->failure.detail.len > 0)
        buf_add_format(error, " (%.*s)", STR_ARG(ctx->failure.detail));
}

enum status verb_work_run(struct verb_work *work, struct ctx *ctx)
{
    ctx->language = work->ask.language == LANGUAGE_FR ? LANGUAGE_FR : LANGUAGE_EN;
    ctx->trace = STR("command");
    ctx->actor = (struct actor){.address = STR(""), .name = STR("")};
    enum status done = work->call.verb->steps[work->ask.step].run(ctx, &work->call);
    if (done == OK && (work->out.is_over || work->hand.is_over || work->output.is_over))
        done = LIMIT;
    if (done != OK)
        verb_say_failure(&work->error, ctx, done);
    return done;
}

enum status verb_bulk(struct str bytes, struct str *ret_inline, int *ret_fd)
{
    *ret_fd = -1;
    *ret_inline = bytes;
    if (bytes.len <= MESSAGE_INLINE_MAX)
        return OK;
    *ret_inline = STR_NONE;
    return file_memory(bytes, ret_fd);
}

void verb_work_answer(struct verb_work *work, struct channel *channel, enum status done)
{
    int fd = -1;
    struct message_verb_done answer = {.status = done, .next = work->call.next, .member = work->call.member,
                                       .done = work->call.done, .total = work->call.total,
                                       .out = buf_str(&work->out), .error = buf_str(&work->error),
                                       .handed = buf_str(&work->hand), .size = (int64_t)work->output.len};
    enum status bulk = verb_bulk(buf_str(&work->output), &answer.output, &fd);
    if (bulk != OK) {
        answer.status = bulk;
        answer.output = STR("");
        answer.size = 0;
    }
    /* One that cannot be told has gone, or has its channel closed by whoever owns it. */
    if (channel == NULL)
        file_close(&fd);
    else if (message_send(channel, MESSAGE_VERB_DONE, &answer, fd) != OK)
        answer.status = GONE;
    verb_work_destroy(work);
}

void verb_work_destroy(struct verb_work *work)
{
    if (work == NULL)
        return;
    struct buf *bufs[] = {&work->out, &work->error, &work->hand, &work->output};
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++) {
        if (bufs[i]->at != NULL)
            explicit_bzero(bufs[i]->at, bufs[i]->room); /* a code or verifier may pass through */
        buf_finish(bufs[i]);
    }
    if (!str_is_absent(work->mapped))
        file_unmap(work->mapped);
    free(work);
}

static enum status in_transaction(struct verb_work *work, struct ctx *ctx)
{
    TRY(db_begin(ctx->db));
    enum status done = verb_work_run(work, ctx);
    if (done == OK)
        return db_commit(ctx->db, SYNC_FULL);
    db_rollback(ctx->db);
    return done;
}

enum status verb_work_in_parent(struct verb_work *work, const char *folder)
{
    struct arena *arena ARENA_SCOPE = arena_create(PARENT_ARENA);
    struct ctx ctx = {.arena = arena, .now = clock_now()};
    work->call.folder = folder;
    TRY(db_open(str_format(arena, "%s/syndicate.db", folder).at, DB_WRITE, &ctx.db));
    enum status done = in_transaction(work, &ctx);
    db_close(ctx.db);
    return done;
}
