#include "service/assistant/answer.h"

#include "language/source/quote.h"
#include "language/source/refusal.h"
#include "service/assistant/shelf.h"

enum { LOOKED_AT = 3 };

/* One passage of what was found, unless its document was taken back since. NOT_FOUND: it was. */
static enum status take(struct ctx *ctx, const struct quote *quote, struct str id, struct answer *answer)
{
    struct document_text text;
    int64_t number;
    TRY(str_to_i64(id, &number));
    TRY(document_quotable(ctx, number, &text));
    answer->passages[answer->count++] = (struct answer_passage){
        .document = text.document, .words = str_copy(ctx->arena, quote->text), .line = (int64_t)quote->block};
    return OK;
}

static enum status take_all(struct ctx *ctx, const struct library *library, const struct question *question,
                            uint32_t source, struct answer *answer)
{
    struct quote quotes[QUOTES_MAX];
    size_t count;
    struct str id = library_source(library, source).id;
    TRY(quote_find(ctx->arena, library, question, source, quotes, &count));
    for (size_t i = 0; i < count && answer->count < ANSWER_PASSAGES_MAX; i++) {
        enum status done = take(ctx, &quotes[i], id, answer);
        if (done != OK)
            return done == NOT_FOUND ? OK : done;
    }
    return OK;
}

static enum status find_near(struct ctx *ctx, const struct library *library, uint32_t source, struct answer *answer)
{
    struct document_text text;
    int64_t number;
    TRY(str_to_i64(library_source(library, source).id, &number));
    enum status found = document_get(ctx, number, &text);
    if (found == OK && text.document.withdrawn.ms == 0)
        answer->near = text.document;
    return found == NOT_FOUND ? OK : found;
}

enum status answer_find(struct ctx *ctx, struct str question, struct answer *ret_answer)
{
    struct search_result results[LOOKED_AT];
    struct question read;
    struct stemmer *stemmer;
    size_t count;
    question = str_trim(question);
    *ret_answer = (struct answer){.count = 0};
    if (question.len == 0 || question.len > ANSWER_QUESTION_MAX)
        return refuse(ctx, INVALID, "assistant.question", T_assistant_question_wrong);
    const struct library *library = shelf_library(ctx, &stemmer);
    if (library == NULL)
        return BUSY;
    struct search search = {.library = library, .weights = &search_defaults, .excluded = LIBRARY_NONE};
    ret_answer->searched = (int64_t)library->source_count;
    TRY(question_read(ctx->arena, library, stemmer, question, &read));
    TRY(search_run(ctx->arena, &search, &read, results, LOOKED_AT, &count));
    if (count == 0)
        return OK;
    TRY(find_near(ctx, library, results[0].source, ret_answer));
    if (refusal_of(&read, results, count))
        return OK;
    return take_all(ctx, library, &read, results[0].source, ret_answer);
}
