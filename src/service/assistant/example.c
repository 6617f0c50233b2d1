#include "service/assistant/example.h"

#include "language/source/library.h"
#include "service/assistant/answer.h"
#include "service/assistant/shelf.h"

/* Adds a question that is answered, one that is a title only by the text of that title: it may be gone since the
 * library was made. BUSY: nothing can be said yet. */
static enum status try_one(struct ctx *ctx, struct str question, bool is_title, struct str questions[EXAMPLES_MAX],
                           size_t *count)
{
    struct answer answer;
    struct answer_asked asked = {.question = question, .about = STR("")};
    if (*count == EXAMPLES_MAX)
        return OK;
    TRY(answer_find(ctx, &asked, &answer));
    if (answer.count > 0 && (!is_title || str_eq(answer.passages[0].document.title, question)))
        questions[(*count)++] = question;
    return OK;
}

static enum status try_titles(struct ctx *ctx, struct str questions[EXAMPLES_MAX], size_t *count)
{
    struct stemmer *stemmer;
    const struct library *library = shelf_library(ctx, DOCUMENT_PUBLIC, &stemmer);
    int tried = 0;
    for (size_t i = 0; library != NULL && i < library->source_count && tried < EXAMPLE_TITLES_MAX; i++) {
        if (!shelf_is_own(library, i))
            continue;
        struct str title = str_copy(ctx->arena, library_source(library, i).title);
        if (str_is_absent(title))
            return LIMIT;
        TRY(try_one(ctx, title, true, questions, count));
        tried++;
    }
    return OK;
}

enum status example_find(struct ctx *ctx, struct str questions[EXAMPLES_MAX], size_t *ret_count)
{
    static const enum text_key common[] = {T_assistant_example1, T_assistant_example2, T_assistant_example3};
    size_t count = 0;
    enum status done = OK;
    for (size_t i = 0; i < sizeof common / sizeof common[0] && done == OK; i++)
        done = try_one(ctx, text_of(LANGUAGE_FR, common[i]), false, questions, &count);
    if (done == OK)
        done = try_titles(ctx, questions, &count);
    *ret_count = count;
    return done == BUSY ? OK : done;
}
