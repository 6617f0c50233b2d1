/* The same greedy text from parvis and from libllama, and which of the two is faster on one thread.
 *
 *     llama LIBRARIES MODEL FOLDER COUNT      built and run by bench/language/llama.sh
 *
 * The model is asked COUNT names spread over the table of FOLDER; each is cut, continued to the line end and compared,
 * tokens and texts. Ends with a tally: one test for each prompt. */
#include <stdio.h>
#include <stdlib.h>

#define gguf_type gguf_type_of_theirs /* the one name that both have */
#include <ggml-backend.h>
#include <llama.h>
#undef gguf_type

#include "os/libllama_abi.h"

/* What os/libllama.c passes by value is laid out as the headers lay it out. */
#define SAME_SIZE(name) _Static_assert(sizeof(struct llama_##name) == sizeof(struct libllama_##name), #name)
#define SAME(name, field)                                                                                              \
    _Static_assert(offsetof(struct llama_##name, field) == offsetof(struct libllama_##name, field), #field)
SAME_SIZE(model_params);
SAME(model_params, n_gpu_layers);
SAME(model_params, load_mode);
SAME(model_params, progress_callback);
SAME(model_params, vocab_only);
SAME(model_params, load_mtp);
SAME_SIZE(context_params);
SAME(context_params, n_ubatch);
SAME(context_params, n_outputs_max);
SAME(context_params, n_threads_batch);
SAME(context_params, flash_attn_type);
SAME(context_params, cb_eval);
SAME(context_params, type_v);
SAME(context_params, abort_callback_data);
SAME(context_params, kv_unified);
SAME(context_params, ctx_other);
SAME_SIZE(batch);
SAME(batch, logits);
_Static_assert(sizeof(struct llama_chat_message) == sizeof(struct libllama_message), "message");
#define SAME_NUMBER(theirs, ours) _Static_assert((int)(theirs) == (int)(ours), #ours)
SAME_NUMBER(GGML_LOG_LEVEL_ERROR, LIBLLAMA_LOG_ERROR);
SAME_NUMBER(GGML_TYPE_F32, LIBLLAMA_TYPE_F32);
SAME_NUMBER(LLAMA_LOAD_MODE_NONE, LIBLLAMA_LOAD_NONE);
SAME_NUMBER(LLAMA_FTYPE_ALL_F32, LIBLLAMA_FILE_ALL_F32);
SAME_NUMBER(LLAMA_FLASH_ATTN_TYPE_DISABLED, LIBLLAMA_FLASH_NEVER);

#include "language/model/dialogue.h"
#include "language/model/speaker.h"
#include "os/clock.h"
#include "os/file.h"

enum { ARENA = 512 << 20, TOKENS_MAX = 512, TEXT_MAX = 2000 };

struct theirs {
    struct llama_model *model;
    struct llama_context *context;
    const struct llama_vocab *vocab;
};

struct told {
    char text[TEXT_MAX];
    size_t len, tokens;
};

static void be_silent(enum ggml_log_level level, const char *text, void *with)
{
    (void)with;
    if (level == GGML_LOG_LEVEL_ERROR)
        fputs(text, stderr);
}

static struct theirs open_theirs(const char *libraries, const char *path, uint32_t room)
{
    llama_log_set(be_silent, NULL);
    ggml_backend_load_all_from_path(libraries);
    struct llama_context_params how = llama_context_default_params();
    how.n_ctx = how.n_batch = how.n_ubatch = room;
    how.n_threads = how.n_threads_batch = 1;
    how.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
    how.type_k = how.type_v = GGML_TYPE_F32;
    struct theirs theirs = {.model = llama_model_load_from_file(path, llama_model_default_params())};
    REQUIRE(theirs.model != NULL);
    theirs.context = llama_init_from_model(theirs.model, how);
    theirs.vocab = llama_model_get_vocab(theirs.model);
    REQUIRE(theirs.context != NULL);
    return theirs;
}

static void tell_theirs(const struct theirs *theirs, struct str prompt, size_t max, struct told *told)
{
    llama_token tokens[TOKENS_MAX];
    int32_t vocabulary = llama_vocab_n_tokens(theirs->vocab);
    int32_t count = llama_tokenize(theirs->vocab, prompt.at, (int32_t)prompt.len, tokens, TOKENS_MAX, false, false);
    llama_memory_clear(llama_get_memory(theirs->context), false);
    struct llama_batch batch = llama_batch_get_one(tokens, count);
    told->len = told->tokens = 0;
    llama_token token;
    while (count > 0 && llama_decode(theirs->context, batch) == 0) {
        const float *logits = llama_get_logits_ith(theirs->context, -1);
        token = (llama_token)sampler_likeliest(logits, (size_t)vocabulary);
        if (token == llama_vocab_eos(theirs->vocab) || told->tokens == max)
            break;
        int32_t len = llama_token_to_piece(theirs->vocab, token, told->text + told->len,
                                           (int32_t)(TEXT_MAX - told->len), 0, true);
        told->len += len > 0 ? (size_t)len : 0;
        told->tokens++;
        batch = llama_batch_get_one(&token, 1);
    }
}

static void tell_ours(struct speaker *speaker, struct str prompt, size_t max, struct told *told)
{
    struct speaker_said said[SPEAKER_SAID_MAX];
    struct buf text = {.at = told->text, .room = TEXT_MAX, .max = TEXT_MAX};
    speaker_restart(speaker);
    REQUIRE(speaker_hear_text(speaker, prompt) == OK);
    speaker_say(speaker, 0, NULL, said, max, &told->tokens, &text);
    told->len = text.len;
}

static struct str prompt_for(const struct model *model, struct str name, struct buf *out)
{
    buf_clear(out);
    if (model->making.kind == STREAM_LINES)
        world_prompt(out, name);
    else
        dialogue_question(out, DIALOGUE_POPULATION, name);
    return buf_str(out);
}

struct sums {
    int64_t ours_us, theirs_us;
    size_t ours, theirs, same, asked;
};

static void compare(const struct theirs *theirs, struct speaker *speaker, struct str prompt, struct sums *sums)
{
    struct told first, second;
    size_t max = speaker->model->net.size.context / 2;
    int64_t begun = clock_monotonic_us();
    tell_theirs(theirs, prompt, max, &first);
    int64_t middle = clock_monotonic_us();
    tell_ours(speaker, prompt, max, &second);
    sums->theirs_us += middle - begun;
    sums->ours_us += clock_monotonic_us() - middle;
    sums->theirs += first.tokens;
    sums->ours += second.tokens;
    sums->asked++;
    bool is_same = first.len == second.len && memcmp(first.text, second.text, first.len) == 0;
    sums->same += is_same;
    if (!is_same)
        printf("differs:%.*s\n  libllama %.*s\n  parvis   %.*s\n", STR_ARG(prompt), (int)first.len, first.text,
               (int)second.len, second.text);
}

int main(int count, char **words)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(MODEL_FILE_MAX), prompt BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct buf communes BUF_SCOPE = BUF_INIT(64 << 20), departments BUF_SCOPE = BUF_INIT(1 << 20);
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct model model;
    struct table table;
    struct speaker *speaker;
    struct sums sums = {0};
    REQUIRE(count == 5);
    size_t wanted = strtoul(words[4], NULL, 10);
    REQUIRE(file_read_all(words[2], &bytes) == OK && model_read(arena, buf_str(&bytes), &model) == OK);
    REQUIRE(file_read_all(str_format(arena, "%s/communes.json", words[3]).at, &communes) == OK);
    REQUIRE(file_read_all(str_format(arena, "%s/departements.json", words[3]).at, &departments) == OK);
    REQUIRE(table_read(arena, buf_str(&communes), buf_str(&departments), &table) == OK);
    REQUIRE(speaker_create(arena, kernel_best(), &model, &speaker) == OK);
    struct theirs theirs = open_theirs(words[1], words[2], NET_CONTEXT_MAX);
    for (size_t i = 0; i < wanted; i++)
        compare(&theirs, speaker, prompt_for(&model, table.communes[i * table.count / wanted].name, &prompt), &sums);
    double ours = (double)sums.ours * 1e6 / (double)sums.ours_us;
    double other = (double)sums.theirs * 1e6 / (double)sums.theirs_us;
    printf("%.*s: parvis %.0f tokens/s, libllama %.0f tokens/s, one thread: %.2f times as fast\n",
           STR_ARG(model.making.name), ours, other, ours / other);
    printf("%zu passed, %zu failed\n", sums.same, sums.asked - sums.same);
    llama_free(theirs.context);
    llama_model_free(theirs.model);
    return sums.same == sums.asked ? 0 : 1;
}
