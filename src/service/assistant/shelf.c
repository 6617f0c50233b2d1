#include "service/assistant/shelf.h"

#include <stdlib.h>

#include "core/town.h"
#include "language/source/library.h"
#include "language/source/suffix.h"
#include "language/stem.h"
#include "service/assistant/shelving.h"

enum {
    IMAGE_MAX = 1 << 30,
    TEXTS_MAX = LIBRARY_SOURCES_MAX * (int)sizeof(struct shelf_text),
};

/* A library as it stands, and the next one as it is made. */
struct side {
    struct library library; /* over image */
    struct buf image;
    int64_t state;                   /* of the documents, as the library has them; SHELF_NONE: there is none yet */
    struct library_builder *builder; /* NULL: none is being made */
    int64_t builder_state, last;     /* what the builder will have; the last document it was given */
    struct buf made;                 /* the image that the builder writes at its end */
    bool is_ending;                  /* it was given the last document */
    struct shelving shelving;        /* of the document last */
};

struct shelf {
    struct side sides[DOCUMENT_READERS];
    struct stemmer *stemmer;
    struct traced traced, traced_made; /* the public ones: what stands, and what is made */
    int64_t traced_state;
};

static struct shelf *shelf_of(struct ctx *ctx)
{
    struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    if (shelf != NULL)
        return shelf;
    shelf = calloc(1, sizeof *shelf);
    if (shelf == NULL)
        return NULL;
    shelf->stemmer = stemmer_create();
    shelf->sides[DOCUMENT_PUBLIC].state = shelf->sides[DOCUMENT_AGENTS].state = shelf->traced_state = SHELF_NONE;
    ctx->town->state[SHELF_SLOT] = shelf;
    return shelf;
}

/* ---- a library ---- */

static void drop(struct side *side)
{
    shelving_drop(&side->shelving);
    library_builder_destroy(side->builder);
    side->builder = NULL;
    buf_finish(&side->made);
}

static void drop_traced(struct traced *traced)
{
    suffix_destroy(traced->suffix);
    buf_finish(&traced->texts);
    buf_finish(&traced->lines);
    *traced = (struct traced){.suffix = NULL};
}

/* A step of the end; what is made takes the place of what stood when it is whole. */
static enum status end(struct side *side)
{
    enum status done = library_builder_step(side->builder, &side->made);
    if (done == BUSY)
        return OK;
    if (done != OK) {
        drop(side);
        return done;
    }
    buf_finish(&side->image);
    side->image = side->made;
    side->library = library_of_made(buf_str(&side->image));
    side->made = BUF_INIT(IMAGE_MAX);
    side->state = side->builder_state;
    drop(side);
    return OK;
}

/* The same for tracing, behind the library. */
static enum status end_traced(struct shelf *shelf)
{
    enum status done = suffix_sort_words(shelf->traced_made.suffix);
    if (done == BUSY)
        return OK;
    if (done != OK)
        return done;
    drop_traced(&shelf->traced);
    shelf->traced = shelf->traced_made;
    shelf->traced_made = (struct traced){.suffix = NULL};
    shelf->traced_state = shelf->sides[DOCUMENT_PUBLIC].state;
    return OK;
}

static void begin_traced(struct traced *traced)
{
    drop_traced(traced);
    *traced = (struct traced){
        .suffix = suffix_create(), .texts = BUF_INIT(TEXTS_MAX), .lines = BUF_INIT(LIBRARY_PART_MAX)};
}

static enum status begin(struct side *side, int64_t state)
{
    drop(side);
    side->made = BUF_INIT(IMAGE_MAX);
    side->builder = library_builder_create();
    side->builder_state = state;
    side->last = 0;
    side->is_ending = false;
    return side->builder != NULL ? OK : LIMIT;
}

/* A step of the document that is being read. */
static enum status shelve(struct ctx *ctx, struct shelf *shelf, enum document_readers readers)
{
    struct side *side = &shelf->sides[readers];
    struct traced *traced = readers == DOCUMENT_PUBLIC ? &shelf->traced_made : NULL;
    enum status done = shelving_step(ctx, &side->shelving, side->builder, traced);
    if (done == BUSY)
        return OK;
    shelving_drop(&side->shelving);
    return done;
}

static enum status follow_side(struct ctx *ctx, struct shelf *shelf, enum document_readers readers, int64_t state)
{
    struct side *side = &shelf->sides[readers];
    struct document document;
    if (side->builder == NULL || side->builder_state != state) {
        TRY(begin(side, state));
        if (readers == DOCUMENT_PUBLIC)
            begin_traced(&shelf->traced_made);
    }
    if (side->is_ending)
        return end(side);
    if (shelving_is_on(&side->shelving))
        return shelve(ctx, shelf, readers);
    enum status next = document_next_head(ctx, readers, side->last, &document);
    if (next == OK) {
        side->last = document.id; /* one that cannot be read is told once, and the next step goes on behind it */
        shelving_begin(&side->shelving, document.id, readers);
        return shelve(ctx, shelf, readers);
    }
    side->is_ending = next == NOT_FOUND;
    return next == NOT_FOUND ? OK : next;
}

enum status shelf_follow(struct ctx *ctx)
{
    struct shelf *shelf = shelf_of(ctx);
    int64_t state;
    if (shelf == NULL)
        return LIMIT;
    TRY(document_state(ctx, &state));
    for (enum document_readers readers = DOCUMENT_PUBLIC; readers < DOCUMENT_READERS; readers++)
        if (shelf->sides[readers].state != state)
            return follow_side(ctx, shelf, readers, state);
    return shelf->traced_state == state ? NOT_FOUND : end_traced(shelf);
}

int64_t shelf_state(struct ctx *ctx, enum document_readers readers)
{
    const struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    return shelf != NULL ? shelf->sides[readers].state : SHELF_NONE;
}

const struct library *shelf_library(struct ctx *ctx, enum document_readers readers, struct stemmer **ret_stemmer)
{
    struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    if (shelf_state(ctx, readers) == SHELF_NONE)
        return NULL;
    *ret_stemmer = shelf->stemmer;
    return &shelf->sides[readers].library;
}

const struct suffix *shelf_suffix(struct ctx *ctx, const struct shelf_text **ret_texts)
{
    struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    if (shelf == NULL || shelf->traced_state == SHELF_NONE)
        return NULL;
    *ret_texts = (const struct shelf_text *)shelf->traced.texts.at;
    return shelf->traced.suffix;
}

size_t shelf_line(struct ctx *ctx, const struct shelf_text *text, size_t offset)
{
    const struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    const uint32_t *starts = (const uint32_t *)shelf->traced.lines.at + text->line_from;
    size_t low = 0, high = text->line_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool shelf_is_own(const struct library *library, size_t source)
{
    return str_eq(library_source(library, source).publisher, DOCUMENT_OWN);
}

void shelf_close(struct town *town)
{
    struct shelf *shelf = town->state[SHELF_SLOT];
    if (shelf == NULL)
        return;
    for (enum document_readers readers = DOCUMENT_PUBLIC; readers < DOCUMENT_READERS; readers++) {
        drop(&shelf->sides[readers]);
        buf_finish(&shelf->sides[readers].image);
    }
    drop_traced(&shelf->traced_made);
    drop_traced(&shelf->traced);
    stemmer_destroy(shelf->stemmer);
    free(shelf);
    town->state[SHELF_SLOT] = NULL;
}
