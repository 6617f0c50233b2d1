#include "service/assistant/shelf.h"

#include <stdlib.h>

#include "core/town.h"
#include "language/source/library.h"
#include "language/source/suffix.h"
#include "language/stem.h"

enum { IMAGE_MAX = 1 << 30, NONE = -1, IDS_MAX = LIBRARY_SOURCES_MAX * 8 };

/* A library as it stands, and the next one as it is made. */
struct side {
    struct library library; /* over image */
    struct buf image;
    int64_t state;                   /* of the documents, as the library has them; NONE: there is none yet */
    struct library_builder *builder; /* NULL: none is being made */
    int64_t builder_state, last;     /* what the builder will have; the last document it was given */
    struct buf made;                 /* the image that the builder writes at its end */
    bool is_ending;                  /* it was given the last document */
};

struct shelf {
    struct side sides[DOCUMENT_READERS];
    struct stemmer *stemmer;
    /* For tracing the public ones: what stands, and what is made; int64_t of each text. */
    struct suffix *suffix, *suffix_made;
    struct buf ids, ids_made;
    int64_t suffix_state;
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
    shelf->sides[DOCUMENT_PUBLIC].state = shelf->sides[DOCUMENT_AGENTS].state = shelf->suffix_state = NONE;
    ctx->town->state[SHELF_SLOT] = shelf;
    return shelf;
}

static enum status add_traced(struct shelf *shelf, int64_t id, struct str text)
{
    buf_add(&shelf->ids_made, (struct str){(const char *)&id, sizeof id});
    return suffix_add(shelf->suffix_made, text);
}

static enum status add(struct ctx *ctx, struct shelf *shelf, enum document_readers readers,
                       const struct document_text *text)
{
    struct side *side = &shelf->sides[readers];
    struct source source;
    side->last = text->document.id; /* one that cannot be read is told once, and the next step goes on behind it */
    TRY(source_of_text(ctx->arena, text->words, &source));
    source.id = str_format(ctx->arena, "%lld", (long long)text->document.id);
    source.title = text->document.title;
    source.publisher = text->document.collection; /* whose it is, for shelf_is_own */
    if (readers == DOCUMENT_PUBLIC)
        TRY(add_traced(shelf, side->last, source.text));
    return library_builder_add(side->builder, &source);
}

static void drop(struct side *side)
{
    library_builder_destroy(side->builder);
    side->builder = NULL;
    buf_finish(&side->made);
}

static void drop_suffix(struct shelf *shelf)
{
    suffix_destroy(shelf->suffix_made);
    shelf->suffix_made = NULL;
    buf_finish(&shelf->ids_made);
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
static enum status end_suffix(struct shelf *shelf)
{
    enum status done = suffix_sort_words(shelf->suffix_made);
    if (done == BUSY)
        return OK;
    if (done != OK)
        return done;
    suffix_destroy(shelf->suffix);
    buf_finish(&shelf->ids);
    shelf->suffix = shelf->suffix_made;
    shelf->ids = shelf->ids_made;
    shelf->suffix_made = NULL;
    shelf->ids_made = BUF_INIT(IDS_MAX);
    shelf->suffix_state = shelf->sides[DOCUMENT_PUBLIC].state;
    return OK;
}

static void begin_suffix(struct shelf *shelf)
{
    drop_suffix(shelf);
    shelf->suffix_made = suffix_create();
    shelf->ids_made = BUF_INIT(IDS_MAX);
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

static enum status follow_side(struct ctx *ctx, struct shelf *shelf, enum document_readers readers, int64_t state)
{
    struct side *side = &shelf->sides[readers];
    struct document_text text;
    if (side->builder == NULL || side->builder_state != state) {
        TRY(begin(side, state));
        if (readers == DOCUMENT_PUBLIC)
            begin_suffix(shelf);
    }
    if (side->is_ending)
        return end(side);
    enum status next = document_next(ctx, readers, side->last, &text);
    if (next == OK)
        return add(ctx, shelf, readers, &text);
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
    return shelf->suffix_state == state ? NOT_FOUND : end_suffix(shelf);
}

const struct library *shelf_library(struct ctx *ctx, enum document_readers readers, struct stemmer **ret_stemmer)
{
    struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    if (shelf == NULL || shelf->sides[readers].state == NONE)
        return NULL;
    *ret_stemmer = shelf->stemmer;
    return &shelf->sides[readers].library;
}

const struct suffix *shelf_suffix(struct ctx *ctx, const int64_t **ret_ids)
{
    struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    if (shelf == NULL || shelf->suffix_state == NONE)
        return NULL;
    *ret_ids = (const int64_t *)shelf->ids.at;
    return shelf->suffix;
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
    drop_suffix(shelf);
    suffix_destroy(shelf->suffix);
    buf_finish(&shelf->ids);
    stemmer_destroy(shelf->stemmer);
    free(shelf);
    town->state[SHELF_SLOT] = NULL;
}
