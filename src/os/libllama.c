#include "os/libllama.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/libllama_abi.h"

enum { TOLD_MAX = 300, WHY_MAX = 600, ARENA = 1 << 20 };

/* What stands for the text while a form is made around it: no form has it, and none trims it. */
#define PLACE "\x01"

#define POINTER(gives, name, takes) gives(*name) takes; /* NOLINT(bugprone-macro-parentheses): a declaration */
struct calls {
    LIBLLAMA_CALLS(POINTER)
};

struct libllama {
    void *library;
    struct calls call;
    void *model, *context;
    const void *vocabulary;
    int32_t tokens[LIBLLAMA_CONTEXT_MAX];
    size_t token_count, token_max, heard;
    int64_t until_ms;
};

/* Of this process alone, which loads one: the first error that libllama told, and a sentence with it. */
static char told[TOLD_MAX], why[WHY_MAX];

static enum status because(const char *sentence, const char *more, const char **ret_why)
{
    snprintf(why, sizeof why, "%s%.*s", sentence, TOLD_MAX, more);
    *ret_why = why;
    return OUTSIDE;
}

/* Of several errors the first is the cause; it is one line. */
static void on_log(int level, const char *text, void *with)
{
    (void)with;
    if (level == LIBLLAMA_LOG_ERROR && told[0] == '\0')
        snprintf(told, sizeof told, "%.*s", (int)strcspn(text, "\n"), text);
}

/* ---- before the sandbox ---- */

/* As npm's package names it, and as a build of one's own does. */
static void *open_library(const char *folder)
{
    static const char *const names[] = {"libllama.v0.5.0.so", "libllama.so"};
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && library == NULL; i++) {
        struct str path = str_format(arena, "%s/%s", folder, names[i]);
        library = str_is_absent(path) ? NULL : dlopen(path.at, RTLD_NOW | RTLD_LOCAL);
    }
    return library;
}

static const char *says(const struct libllama *libllama, const char *name)
{
    const char *(*tell)(void);
    *(void **)(void *)&tell = dlsym(libllama->library, name);
    return tell != NULL ? tell() : "unknown";
}

/* What it says of itself, before anything is passed that another version would read otherwise. */
static enum status check_version(const struct libllama *libllama, const char **ret_why)
{
    const char *version = says(libllama, "llama_version"), *commit = says(libllama, "ggml_commit");
    if (strcmp(version, LIBLLAMA_VERSION) == 0 && strcmp(commit, LIBLLAMA_COMMIT) == 0)
        return OK;
    return because("parvis speaks to libllama " LIBLLAMA_VERSION " of commit " LIBLLAMA_COMMIT " alone; this one is ",
                   version, ret_why);
}

static enum status find_calls(struct libllama *libllama, const char *folder, const char **ret_why)
{
    void (*load_all)(const char *);
#define FIND(gives, name, takes)                                                                                       \
    *(void **)(void *)&libllama->call.name = dlsym(libllama->library, "llama_" #name);                                 \
    if (libllama->call.name == NULL)                                                                                   \
        return because("this libllama lacks llama_" #name, "", ret_why);
    LIBLLAMA_CALLS(FIND)
    *(void **)(void *)&load_all = dlsym(libllama->library, "ggml_backend_load_all_from_path");
    if (load_all == NULL)
        return because("the libraries ggml beside libllama lack ggml_backend_load_all_from_path", "", ret_why);
    libllama->call.log_set(on_log, NULL);
    load_all(folder); /* the one for this processor, of those that lie there */
    libllama->call.backend_init();
    return OK;
}

enum status libllama_open(const char *folder, struct libllama **ret_libllama, const char **ret_why)
{
    struct libllama *libllama = calloc(1, sizeof *libllama);
    REQUIRE(libllama != NULL);
    setenv("GGML_NO_BACKTRACE", "1", 1); /* when it aborts, it would begin a debugger */
    libllama->library = open_library(folder);
    enum status done = OK;
    if (libllama->library == NULL)
        done = because("libllama cannot be loaded: ", dlerror(), ret_why);
    if (done == OK)
        done = check_version(libllama, ret_why);
    if (done == OK)
        done = find_calls(libllama, folder, ret_why);
    if (done == OK)
        *ret_libllama = libllama;
    else
        free(libllama); /* the library stays: it may have left things behind that point into it */
    return done;
}

/* ---- the model ---- */

static bool is_late(void *with)
{
    const struct libllama *libllama = with;
    return clock_monotonic_ms() >= libllama->until_ms;
}

/* One sequence, one row of logits; memory of exact numbers where the weights are. */
static struct libllama_context_params context_for(struct libllama *libllama, size_t threads)
{
    struct libllama_context_params how = libllama->call.context_default_params();
    how.n_ctx = how.n_batch = (uint32_t)libllama->token_max;
    how.n_ubatch = how.n_ctx < LIBLLAMA_UNIT_MAX ? how.n_ctx : LIBLLAMA_UNIT_MAX;
    how.n_outputs_max = 1;
    how.n_threads = how.n_threads_batch = (int32_t)threads;
    how.abort_callback = is_late;
    how.abort_callback_data = libllama;
    if (libllama->call.model_ftype(libllama->model) == LIBLLAMA_FILE_ALL_F32) {
        how.flash_attn_type = LIBLLAMA_FLASH_NEVER;
        how.type_k = how.type_v = LIBLLAMA_TYPE_F32;
    }
    return how;
}

static enum status begin_context(struct libllama *libllama, size_t threads, const char **ret_why)
{
    const struct calls *call = &libllama->call;
    int32_t taught = call->model_n_ctx_train(libllama->model);
    libllama->vocabulary = call->model_get_vocab(libllama->model);
    if (call->model_has_encoder(libllama->model) || !call->model_has_decoder(libllama->model) || taught < 2 ||
        call->vocab_n_tokens(libllama->vocabulary) < 1)
        return because("this model writes no text", "", ret_why);
    libllama->token_max = taught < LIBLLAMA_CONTEXT_MAX ? (size_t)taught : LIBLLAMA_CONTEXT_MAX;
    libllama->until_ms = INT64_MAX;
    libllama->context = call->init_from_model(libllama->model, context_for(libllama, threads));
    return libllama->context != NULL ? OK : because("no room to compute in: ", told, ret_why);
}

enum status libllama_load(struct libllama *libllama, int fd, size_t threads, const char **ret_why)
{
    struct libllama_model_params how = libllama->call.model_default_params();
    how.load_mode = LIBLLAMA_LOAD_NONE; /* a file that somebody cuts later ends nobody */
    how.n_gpu_layers = 0;
    FILE *file = fdopen(fd, "rb");
    told[0] = '\0';
    if (file != NULL)
        libllama->model = libllama->call.model_load_from_file_ptr(file, how);
    else
        file_close(&fd);
    if (file != NULL && fclose(file) != 0)
        return because("the file cannot be read", "", ret_why);
    if (libllama->model == NULL)
        return because("libllama cannot read the file: ", told, ret_why);
    return begin_context(libllama, threads, ret_why);
}

void libllama_close(struct libllama *libllama)
{
    if (libllama == NULL)
        return;
    if (libllama->context != NULL)
        libllama->call.free(libllama->context);
    if (libllama->model != NULL)
        libllama->call.model_free(libllama->model);
    free(libllama);
}

/* ---- hearing ---- */

static enum status decode(struct libllama *libllama, int32_t *tokens, size_t count, int64_t until_ms)
{
    enum { DONE, NO_ROOM, STOPPED };
    libllama->until_ms = until_ms;
    if (is_late(libllama))
        return BUSY;
    int32_t end = libllama->call.decode(libllama->context, libllama->call.batch_get_one(tokens, (int32_t)count));
    libllama->heard += count;
    return end == DONE ? OK : end == NO_ROOM ? LIMIT : end == STOPPED ? BUSY : OUTSIDE;
}

/* Appends the tokens of a part. Only the first part gets what each text begins with; only a form has marks. */
static enum status add_tokens(struct libllama *libllama, struct str part, bool is_form)
{
    size_t at = libllama->token_count;
    if (part.len == 0)
        return OK;
    int32_t count = libllama->call.tokenize(libllama->vocabulary, part.at, (int32_t)part.len, libllama->tokens + at,
                                            (int32_t)(libllama->token_max - at), at == 0, is_form);
    if (count < 0)
        return LIMIT;
    libllama->token_count += (size_t)count;
    return OK;
}

/* What stands before and behind the text; both empty where libllama knows no form of this model. */
static void form_of(const struct libllama *libllama, struct arena *arena, struct str *ret_before, struct str *ret_after)
{
    enum { FORM_MAX = 4096 };
    const char *form = libllama->call.model_chat_template(libllama->model, NULL);
    const struct libllama_message message = {"user", PLACE};
    char *text = arena_alloc(arena, FORM_MAX);
    *ret_before = *ret_after = STR("");
    if (form == NULL || text == NULL)
        return;
    int32_t len = libllama->call.chat_apply_template(form, &message, 1, true, text, FORM_MAX);
    if (len <= 0 || len >= FORM_MAX)
        return;
    struct str whole = {text, (size_t)len};
    size_t place = str_find_byte(whole, PLACE[0]);
    if (place == SIZE_MAX)
        return;
    *ret_before = str_slice(whole, 0, place);
    *ret_after = str_after(whole, place + 1);
}

enum status libllama_hear(struct libllama *libllama, struct str text, int64_t until_ms)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct str before, after;
    libllama->call.memory_clear(libllama->call.get_memory(libllama->context), true);
    libllama->heard = libllama->token_count = 0;
    form_of(libllama, arena, &before, &after);
    TRY(add_tokens(libllama, before, true));
    TRY(add_tokens(libllama, text, false));
    TRY(add_tokens(libllama, after, true));
    if (libllama->token_count >= libllama->token_max)
        return LIMIT; /* nothing could be said */
    return libllama->token_count > 0 ? decode(libllama, libllama->tokens, libllama->token_count, until_ms) : OUTSIDE;
}

const float *libllama_logits(const struct libllama *libllama, size_t *ret_count)
{
    *ret_count = (size_t)libllama->call.vocab_n_tokens(libllama->vocabulary);
    return libllama->call.get_logits_ith(libllama->context, -1);
}

enum status libllama_go_on(struct libllama *libllama, size_t token, int64_t until_ms)
{
    int32_t one = (int32_t)token;
    if (libllama->call.vocab_is_eog(libllama->vocabulary, one))
        return GONE;
    return libllama->heard < libllama->token_max ? decode(libllama, &one, 1, until_ms) : LIMIT;
}

struct str libllama_piece(const struct libllama *libllama, size_t token, char room[LIBLLAMA_PIECE_MAX])
{
    int32_t len =
        libllama->call.token_to_piece(libllama->vocabulary, (int32_t)token, room, LIBLLAMA_PIECE_MAX, 0, false);
    return (struct str){room, len > 0 ? (size_t)len : 0};
}
