#include "role/assistant_verb.h"

#include "os/file.h"
#include "role/answer_measure.h"

enum { QUESTIONS_ARENA = 256 << 20 };

static enum status fail(struct ctx *ctx, enum status status, const char *code, enum text_key sentence,
                        struct str detail)
{
    ctx->failure = (struct failure){.code = code, .sentence = sentence, .detail = detail};
    return status;
}

static enum status map_argument(struct ctx *ctx, struct verb_call *call, struct str *ret_bytes)
{
    struct str name = verb_argument(call, 0);
    const char *path = str_c(ctx->arena, name);
    enum status done = path != NULL ? file_map_path(path, ret_bytes) : LIMIT;
    return done == OK ? OK : fail(ctx, done, "assistant.no_file", T_assistant_no_file, name);
}

static enum status evaluate(struct ctx *ctx, struct verb_call *call, struct arena *arena, struct corpus *corpus,
                            const struct corpus_questions *questions)
{
    struct measure measure;
    enum status done = answer_measure_run(arena, &corpus->library, questions, &measure);
    corpus_finish(corpus);
    if (done != OK)
        return fail(ctx, done, "assistant.no_measure", T_assistant_no_measure, verb_argument(call, 0));
    answer_measure_write(call->out, &measure, verb_has(call, "--json"));
    return OK;
}

enum status assistant_evaluate(struct ctx *ctx, struct verb_call *call)
{
    struct arena *arena ARENA_SCOPE = arena_create(QUESTIONS_ARENA);
    struct corpus_questions questions;
    struct corpus corpus;
    struct str tsv, folder = verb_option(call, "--corpus");
    TRY(map_argument(ctx, call, &tsv));
    const char *path = str_c(arena, folder);
    enum status done = corpus_questions_read(arena, tsv, &questions);
    if (done != OK) {
        file_unmap(tsv);
        return fail(ctx, done, "assistant.no_questions", T_assistant_no_questions, verb_argument(call, 0));
    }
    enum corpus_titles titles = verb_has(call, "--hide-titles") ? CORPUS_TITLES_HIDDEN : CORPUS_TITLES;
    done = path != NULL ? corpus_read(path, titles, &corpus) : LIMIT;
    if (done != OK)
        done = fail(ctx, done, "assistant.no_corpus", T_assistant_no_corpus, folder);
    else
        done = evaluate(ctx, call, arena, &corpus, &questions);
    file_unmap(tsv);
    return done;
}

enum status assistant_evaluate_squad(struct ctx *ctx, struct verb_call *call)
{
    struct arena *arena ARENA_SCOPE = arena_create(QUESTIONS_ARENA);
    struct corpus_questions questions;
    struct corpus corpus;
    struct str json;
    TRY(map_argument(ctx, call, &json));
    enum status done = corpus_squad_read(arena, json, &corpus, &questions);
    file_unmap(json);
    if (done != OK)
        return fail(ctx, done, "assistant.no_questions", T_assistant_no_questions, verb_argument(call, 0));
    return evaluate(ctx, call, arena, &corpus, &questions);
}
