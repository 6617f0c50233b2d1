#include "service/assistant/answer.h"

#include "language/source/quote.h"
#include "language/source/refusal.h"
#include "service/assistant/shelf.h"

enum { LOOKED_AT = 3 };

/* The town's own row of what was found: NOT_FOUND where it was taken back since. */
static enum status read_document(struct ctx *ctx, const struct library *library, uint32_t source,
                                 struct document *ret_document)
{
    struct document_text text;
    int64_t number;
    TRY(str_to_i64(library_source(library, source).id, &number));
    TRY(document_quotable(ctx, number, &text));
    *ret_document = text.document;
    return OK;
}

static enum status take_all(struct ctx *ctx, const struct library *library, const struct question *question,
                            uint32_t source, struct answer *answer)
{
    struct quote quotes[QUOTES_MAX];
    size_t count;
    const struct licence *licence = licence_find(answer->near.licence);
    TRY(quote_find(ctx->arena, library, question, source, quotes, &count));
    for (size_t i = 0; i < count && answer->count < ANSWER_PASSAGES_MAX; i++)
        if (licence->show == LICENCE_WHOLE || quotes[i].text.len <= LICENCE_QUOTE_MAX)
            answer->passages[answer->count++] = (struct answer_passage){.document = answer->near,
                                                                        .words = str_copy(ctx->arena, quotes[i].text),
                                                                        .line = (int64_t)quotes[i].block};
    return OK;
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
    enum status found = read_document(ctx, library, results[0].source, &ret_answer->near);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    if (refusal_of(&read, results, count))
        return OK;
    return take_all(ctx, library, &read, results[0].source, ret_answer);
}
