#include "role/provider_llama.h"

#include <signal.h>

#include "base/utf8.h"
#include "core/provider_reply.h"
#include "language/model/sampler.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/libllama.h"
#include "os/log.h"
#include "os/loop.h"
#include "os/pool.h"
#include "os/process.h"
#include "os/sandbox.h"

enum { SAY_ARENA = 4 << 20 };

struct llama_child {
    struct loop *loop;
    struct channel *provider;
    struct libllama *libllama;
};

/* ---- one asking ---- */

struct saying {
    struct arena *arena;
    struct buf *said;
    struct provider_token tokens[PROVIDER_TOKENS_MAX];
    size_t count;
    bool is_cut;
};

static enum provider_failure failure_of(enum status done)
{
    return done == LIMIT ? PROVIDER_NARROW : done == BUSY ? PROVIDER_SLOW : PROVIDER_ILL;
}

/* The likeliest token. GONE: it was an end, and is not said; any other status but OK: it is said, and is the last. */
static enum status say_one(const struct libllama *libllama, struct saying *saying, size_t *ret_token)
{
    char room[LIBLLAMA_PIECE_MAX];
    double surprise = 0;
    size_t count;
    const float *logits = libllama_logits(libllama, &count);
    if (logits == NULL)
        return OUTSIDE;
    *ret_token = sampler_surest(logits, count, &surprise);
    if (!(surprise >= 0)) /* not a number: the weights are none */
        return OUTSIDE;
    struct str piece = str_copy(saying->arena, libllama_piece(libllama, *ret_token, room));
    if (str_is_absent(piece))
        return LIMIT;
    saying->tokens[saying->count] = (struct provider_token){piece, -surprise};
    return OK;
}

static enum status say(struct libllama *libllama, struct saying *saying, int64_t until_ms)
{
    enum status done = OK;
    while (done == OK && saying->count < PROVIDER_TOKENS_MAX && saying->said->len < PROVIDER_SAID_MAX) {
        size_t token = 0;
        TRY(say_one(libllama, saying, &token));
        done = libllama_go_on(libllama, token, until_ms);
        if (done == GONE)
            return OK;
        buf_add(saying->said, saying->tokens[saying->count++].text);
    }
    saying->is_cut = true;
    return done == LIMIT || done == BUSY ? OK : done;
}

/* What was cut may have been cut inside a character: that goes. */
static struct str whole_part(const struct saying *saying)
{
    enum { REST_MAX = 3 };
    struct str said = buf_str(saying->said);
    size_t longest = said.len > PROVIDER_SAID_MAX ? PROVIDER_SAID_MAX : said.len;
    for (size_t rest = 0; rest <= REST_MAX && rest <= longest; rest++)
        if (utf8_is_valid(str_slice(said, 0, longest - rest)))
            return str_slice(said, 0, longest - rest);
    return said;
}

static enum provider_failure answer(struct libllama *libllama, struct str text, struct buf *reply)
{
    int64_t until_ms = clock_monotonic_ms() + PROVIDER_LOCAL_MS;
    struct arena *arena ARENA_SCOPE = arena_create(SAY_ARENA);
    struct buf said BUF_SCOPE = BUF_INIT(PROVIDER_SAID_MAX + LIBLLAMA_PIECE_MAX);
    struct saying *saying = arena_new(arena, struct saying);
    REQUIRE(saying != NULL);
    *saying = (struct saying){.arena = arena, .said = &said};
    enum status done = libllama_hear(libllama, text, until_ms);
    if (done == OK)
        done = say(libllama, saying, until_ms);
    if (done != OK)
        return failure_of(done);
    provider_reply_write(reply, whole_part(saying), saying->is_cut, saying->tokens, saying->count);
    return buf_status(reply) == OK ? PROVIDER_WELL : PROVIDER_LONG;
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct llama_child *child = with;
    struct message_local_ask ask;
    struct buf reply BUF_SCOPE = BUF_INIT(PROVIDER_LOCAL_REPLY_MAX);
    file_close(&fd);
    if (child->libllama == NULL || message_take(kind, payload, &ask) != OK || kind != MESSAGE_LOCAL_ASK) {
        loop_stop(child->loop);
        return;
    }
    enum provider_failure failure = answer(child->libllama, ask.text, &reply);
    struct message_local_said said = {.failure = failure,
                                      .reply = failure == PROVIDER_WELL ? buf_str(&reply) : STR("")};
    if (message_send(child->provider, MESSAGE_LOCAL_SAID, &said, -1) != OK)
        loop_stop(child->loop);
}

static void on_closed(void *with)
{
    struct llama_child *child = with;
    loop_stop(child->loop);
}

/* ---- beginning ---- */

/* Half of the processors: its threads wait for one another by turning in circles, so that on a machine at work all of
 * them are slower than half.
 *
 * Whose libraries are loaded is for the operator to say; what they do while they load, they do as nobody special. */
static enum status open_model(const struct provider_llama_start *start, struct libllama **ret_libllama)
{
    struct prologue prologue = start->prologue;
    const char *why = "";
    struct libllama *libllama = NULL;
    if (prologue.owner != NULL)
        TRY(sandbox_become(prologue.owner));
    prologue.owner = NULL;
    enum status done = libllama_open(start->library, &libllama, &why);
    TRY(prologue_enter(&prologue));
    if (done == OK)
        done = libllama_load(libllama, start->model, (pool_processors() + 1) / 2, &why);
    LOG(done == OK ? LOG_INFO_LEVEL : LOG_ERROR_LEVEL, "llama", done == OK ? "model_loaded" : "model_not_usable",
        LOG_TEXT("name", start->name), LOG_TEXT("why", str_of(why)));
    if (done == OK)
        *ret_libllama = libllama;
    return OK;
}

int provider_llama_run(const struct provider_llama_start *start)
{
    struct llama_child child = {.loop = loop_create()};
    process_ignore(SIGINT);
    process_ignore(SIGPIPE);
    process_ends_with_parent();
    enum status done = open_model(start, &child.libllama);
    struct message_handle ready = {.handle = child.libllama == NULL};
    if (done == OK)
        done = channel_create(child.loop, start->socket, on_frame, on_closed, &child, &child.provider);
    if (done == OK)
        done = message_send(child.provider, MESSAGE_READY, &ready, -1);
    if (done == OK)
        loop_run(child.loop, NULL, NULL);
    channel_destroy(child.provider);
    libllama_close(child.libllama);
    loop_destroy(child.loop);
    return done != OK;
}
