#include "role/provider_local.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/provider_reply.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/provider_llama.h"

enum { PIECE = 1 << 20, HASH_BYTES = 32, LATE_MS = 15 * 1000 };

/* Address space that is no model: libraries, stacks of threads, what the allocator keeps back. */
#define ADDRESS_ROOM ((int64_t)2 << 30)

struct provider_local {
    struct channel *channel;
    int socket, memory_file;
    struct str name;
    bool is_ready, is_unusable, is_busy;
    int64_t asked_ms;
    provider_local_on_end *on_end;
    void *with; /* NULL: nobody waits */
};

/* ---- before the sandbox ---- */

static enum status hash_file(int fd, int64_t size, unsigned char hash[HASH_BYTES])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    char *piece = malloc(PIECE);
    enum status done = OK;
    REQUIRE(context != NULL && piece != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1);
    for (int64_t at = 0; done == OK && at < size;) {
        size_t got = 0;
        done = file_read(fd, at, piece, PIECE, &got);
        if (done == OK && got == 0)
            done = OUTSIDE; /* it became shorter */
        REQUIRE(EVP_DigestUpdate(context, piece, got) == 1);
        at += (int64_t)got;
    }
    REQUIRE(EVP_DigestFinal_ex(context, hash, NULL) == 1);
    EVP_MD_CTX_free(context);
    free(piece);
    return done;
}

static enum status path_in(struct arena *arena, const char *folder, struct str path, const char **ret_path)
{
    struct str whole = str_starts(path, STR("/")) ? str_format(arena, "%.*s", STR_ARG(path))
                                                  : str_format(arena, "%s/%.*s", folder, STR_ARG(path));
    *ret_path = whole.at;
    return str_is_absent(whole) ? LIMIT : OK;
}

/* Opened, measured against what memory is left, and named by its hash. */
static enum status open_file(const char *path, struct provider *provider, struct arena *arena, int64_t *memory,
                             int *ret_fd, const char **ret_why)
{
    struct buf address BUF_SCOPE = BUF_INIT(PROVIDER_VALUE_MAX);
    unsigned char hash[HASH_BYTES];
    int64_t size;
    *ret_why = "its file cannot be opened";
    TRY(file_open(path, FILE_READ, ret_fd));
    TRY(file_size(*ret_fd, &size));
    *ret_why = "its file is larger than the memory that local models may take (memory = ... in providers.conf)";
    if (size > *memory)
        return LIMIT;
    *ret_why = "its file cannot be read";
    TRY(hash_file(*ret_fd, size, hash));
    *ret_why = "its file has a name that is too long";
    TRY(provider_file_address(&address, provider->model_file, hash));
    provider->card.address = str_copy(arena, buf_str(&address));
    *memory -= size;
    return str_is_absent(provider->card.address) ? LIMIT : OK;
}

static enum status begin_process(struct provider_llama_start *start, struct provider_local *local)
{
    int pair[2];
    pid_t pid;
    TRY(channel_pair(pair));
    start->socket = pair[1];
    enum status done = process_fork("parvis-llama", (const int[]){start->model, start->socket}, 2, &pid);
    if (done == OK && pid == 0)
        _exit(provider_llama_run(start));
    file_close(&pair[1]);
    local->socket = pair[0];
    local->memory_file = done == OK ? process_memory_open_of(pid) : -1;
    return done;
}

enum status provider_local_begin(const struct prologue *house, struct provider *provider, struct arena *arena,
                                 int64_t *memory, struct provider_local **ret_local, const char **ret_why)
{
    int model FILE_SCOPE = -1;
    const char *path;
    struct provider_llama_start start = {.prologue = *house, .name = provider->card.name};
    start.prologue.role = ROLE_LLAMA;
    start.prologue.memory_max = *memory + ADDRESS_ROOM;
    TRY(path_in(arena, house->folder, provider->library, &start.library));
    TRY(path_in(arena, house->folder, provider->model_file, &path));
    TRY(open_file(path, provider, arena, memory, &model, ret_why));
    struct provider_local *local = calloc(1, sizeof *local);
    REQUIRE(local != NULL);
    *local = (struct provider_local){.socket = -1, .memory_file = -1, .name = provider->card.name};
    start.model = model;
    *ret_why = "its process cannot be begun";
    enum status done = begin_process(&start, local);
    if (done == OK)
        *ret_local = local;
    else
        provider_local_end(local);
    return done;
}

/* ---- at work ---- */

static void end_asking(struct provider_local *local, enum provider_failure failure, struct str reply)
{
    void *with = local->with;
    local->is_busy = false;
    local->with = NULL;
    if (with != NULL)
        local->on_end(with, failure, reply);
}

static void lose(struct provider_local *local, enum provider_failure failure)
{
    channel_destroy(local->channel);
    local->channel = NULL;
    if (local->is_unusable)
        return; /* it has said why */
    LOG(LOG_ERROR_LEVEL, "provider", "local_model_lost", LOG_TEXT("name", local->name),
        LOG_NUMBER("failure", failure));
    end_asking(local, failure, STR(""));
}

static void on_closed(void *with)
{
    lose(with, PROVIDER_ILL);
}

static bool is_answer(const struct provider_local *local, const struct message_local_said *said)
{
    return local->is_busy && said->failure >= PROVIDER_WELL && said->failure < PROVIDER_FAILURES &&
           said->reply.len <= PROVIDER_LOCAL_REPLY_MAX;
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct provider_local *local = with;
    struct message_local_said said;
    struct message_handle ready;
    file_close(&fd);
    if (kind == MESSAGE_READY && !local->is_ready && message_take(kind, payload, &ready) == OK) {
        local->is_ready = true;
        local->is_unusable = ready.handle != 0;
        if (local->is_unusable)
            on_closed(local);
    } else if (kind == MESSAGE_LOCAL_SAID && message_take(kind, payload, &said) == OK && is_answer(local, &said)) {
        end_asking(local, (enum provider_failure)said.failure, said.reply);
    } else {
        on_closed(local);
    }
}

enum status provider_local_hear(struct provider_local *local, struct loop *loop)
{
    TRY(channel_create(loop, local->socket, on_frame, on_closed, local, &local->channel));
    local->socket = -1;
    return OK;
}

void provider_local_end(struct provider_local *local)
{
    if (local == NULL)
        return;
    channel_destroy(local->channel);
    file_close(&local->socket);
    file_close(&local->memory_file);
    free(local);
}

bool provider_local_is_free(const struct provider_local *local)
{
    return !local->is_busy && (local->is_ready || local->channel == NULL);
}

void provider_local_ask(struct provider_local *local, struct str text, provider_local_on_end *on_end, void *with)
{
    struct message_local_ask ask = {.text = text};
    REQUIRE(provider_local_is_free(local));
    local->is_busy = true;
    local->on_end = on_end;
    local->with = with;
    local->asked_ms = clock_monotonic_ms();
    if (local->is_unusable)
        end_asking(local, PROVIDER_UNUSABLE, STR(""));
    else if (local->channel == NULL || message_send(local->channel, MESSAGE_LOCAL_ASK, &ask, -1) != OK)
        end_asking(local, PROVIDER_AWAY, STR(""));
}

void provider_local_drop(struct provider_local *local, const void *with)
{
    if (local->with == with)
        local->with = NULL;
}

bool provider_local_is_lost(struct provider_local *local)
{
    if (local->is_busy && local->channel != NULL &&
        clock_monotonic_ms() - local->asked_ms > PROVIDER_LOCAL_MS + LATE_MS)
        lose(local, PROVIDER_SLOW);
    return local->channel == NULL && !local->is_unusable;
}

int64_t provider_local_memory(const struct provider_local *local)
{
    return local->channel != NULL && local->memory_file >= 0 ? process_memory(local->memory_file) : 0;
}
