#include "service/assistant/example.h"

#include <stdlib.h>
#include <string.h>

#include "core/town.h"
#include "language/source/library.h"
#include "service/assistant/answer.h"
#include "service/assistant/lang.h"
#include "service/assistant/shelf.h"

enum { TEXTS_MAX = 16 << 10 };

/* What was found, and what it was found in: an older library answers otherwise than the one that follows it. */
struct kept {
    int64_t documents, libraries[DOCUMENT_READERS];
    struct arena *texts; /* NULL: nothing is kept */
    struct str questions[EXAMPLES_MAX];
    size_t count;
};

struct memory {
    struct kept kinds[DOCUMENT_READERS]; /* of readers */
};

/* ---- finding ---- */

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

static enum status find(struct ctx *ctx, struct str questions[EXAMPLES_MAX], size_t *ret_count)
{
    static const enum text_key common[] = {T_assistant_example1, T_assistant_example2, T_assistant_example3};
    size_t count = 0;
    enum status done = OK;
    for (size_t i = 0; i < sizeof common / sizeof common[0] && done == OK; i++)
        done = try_one(ctx, text_of(LANGUAGE_FR, common[i]), false, questions, &count);
    if (done == OK)
        done = try_titles(ctx, questions, &count);
    *ret_count = count;
    return done;
}

/* ---- keeping ---- */

/* NULL: no memory for it. */
static struct kept *kept_of(struct ctx *ctx)
{
    struct memory *memory = ctx->town->state[EXAMPLE_SLOT];
    if (memory == NULL)
        memory = ctx->town->state[EXAMPLE_SLOT] = calloc(1, sizeof *memory);
    if (memory == NULL)
        return NULL;
    return &memory->kinds[document_reader(ctx) == DOCUMENT_PUBLIC ? DOCUMENT_PUBLIC : DOCUMENT_AGENTS];
}

static bool is_fresh(const struct kept *kept, const struct kept *now)
{
    return kept->texts != NULL && kept->documents == now->documents &&
           memcmp(kept->libraries, now->libraries, sizeof now->libraries) == 0;
}

static enum status copy(struct arena *arena, const struct str *from, size_t count, struct str *to)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = str_copy(arena, from[i]);
        if (str_is_absent(to[i]))
            return LIMIT;
    }
    return OK;
}

/* What does not fit is found again by the next visit. */
static void keep(struct kept *kept, struct kept now, const struct str *questions, size_t count)
{
    arena_destroy(&kept->texts);
    *kept = now;
    kept->texts = arena_create(TEXTS_MAX);
    kept->count = count;
    if (copy(kept->texts, questions, count, kept->questions) != OK)
        arena_destroy(&kept->texts);
}

enum status example_find(struct ctx *ctx, struct str questions[EXAMPLES_MAX], size_t *ret_count)
{
    struct kept now = {.count = 0}, *kept = kept_of(ctx);
    if (kept == NULL)
        return LIMIT;
    TRY(document_state(ctx, &now.documents));
    for (enum document_readers readers = DOCUMENT_PUBLIC; readers < DOCUMENT_READERS; readers++)
        now.libraries[readers] = shelf_state(ctx, readers);
    if (is_fresh(kept, &now)) {
        *ret_count = kept->count;
        return copy(ctx->arena, kept->questions, kept->count, questions);
    }
    enum status done = find(ctx, questions, ret_count);
    if (done == OK)
        keep(kept, now, questions, *ret_count);
    return done == BUSY ? OK : done;
}

void example_close(struct town *town)
{
    struct memory *memory = town->state[EXAMPLE_SLOT];
    if (memory == NULL)
        return;
    for (enum document_readers readers = DOCUMENT_PUBLIC; readers < DOCUMENT_READERS; readers++)
        arena_destroy(&memory->kinds[readers].texts);
    free(memory);
    town->state[EXAMPLE_SLOT] = NULL;
}
