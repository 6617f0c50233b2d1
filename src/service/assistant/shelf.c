#include "service/assistant/shelf.h"

#include <stdlib.h>

#include "core/town.h"
#include "language/source/library.h"
#include "language/source/suffix.h"
#include "language/stem.h"
#include "service/source/source.h"

enum { IMAGE_MAX = 1 << 30, NONE = -1, IDS_MAX = LIBRARY_SOURCES_MAX * 8 };

struct shelf {
    struct library library; /* over image */
    struct buf image;
    int64_t state;                   /* of the documents, as the library has them; NONE: there is none yet */
    struct library_builder *builder; /* NULL: none is being made */
    int64_t builder_state, last;     /* what the builder will have; the last document it was given */
    struct buf made;                 /* the image that the builder writes at its end */
    bool is_ending;                  /* it was given the last document */
    struct stemmer *stemmer;
    /* For tracing: what stands, and what is made; int64_t of each text. */
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
    shelf->state = shelf->suffix_state = NONE;
    ctx->town->state[SHELF_SLOT] = shelf;
    return shelf;
}

static enum status add(struct ctx *ctx, struct shelf *shelf, const struct document_text *text)
{
    struct source source;
    TRY(source_of_text(ctx->arena, text->words, &source));
    source.id = str_format(ctx->arena, "%lld", (long long)text->document.id);
    source.title = text->document.title;
    source.publisher = text->document.collection; /* whose it is, for shelf_is_own */
    shelf->last = text->document.id;
    buf_add(&shelf->ids_made, (struct str){(const char *)&shelf->last, sizeof shelf->last});
    TRY(suffix_add(shelf->suffix_made, source.text));
    return library_builder_add(shelf->builder, &source);
}

static void drop(struct shelf *shelf)
{
    library_builder_destroy(shelf->builder);
    shelf->builder = NULL;
    buf_finish(&shelf->made);
}

static void drop_suffix(struct shelf *shelf)
{
    suffix_destroy(shelf->suffix_made);
    shelf->suffix_made = NULL;
    buf_finish(&shelf->ids_made);
}

/* A step of the end; what is made takes the place of what stood when it is whole. */
static enum status end(struct shelf *shelf)
{
    enum status done = library_builder_step(shelf->builder, &shelf->made);
    if (done == BUSY)
        return OK;
    if (done != OK) {
        drop(shelf);
        return done;
    }
    buf_finish(&shelf->image);
    shelf->image = shelf->made;
    shelf->library = library_of_made(buf_str(&shelf->image));
    shelf->made = BUF_INIT(IMAGE_MAX);
    shelf->state = shelf->builder_state;
    drop(shelf);
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
    shelf->suffix_state = shelf->state;
    return OK;
}

static enum status begin(struct shelf *shelf, int64_t state)
{
    drop(shelf);
    drop_suffix(shelf);
    shelf->suffix_made = suffix_create();
    shelf->ids_made = BUF_INIT(IDS_MAX);
    shelf->made = BUF_INIT(IMAGE_MAX);
    shelf->builder = library_builder_create();
    shelf->builder_state = state;
    shelf->last = 0;
    shelf->is_ending = false;
    return shelf->builder != NULL ? OK : LIMIT;
}

enum status shelf_follow(struct ctx *ctx)
{
    struct shelf *shelf = shelf_of(ctx);
    struct document_text text;
    int64_t state;
    if (shelf == NULL)
        return LIMIT;
    TRY(document_state(ctx, &state));
    if (shelf->state == state)
        return shelf->suffix_state == state ? NOT_FOUND : end_suffix(shelf);
    if (shelf->builder == NULL || shelf->builder_state != state)
        TRY(begin(shelf, state));
    if (shelf->is_ending)
        return end(shelf);
    enum status next = document_next(ctx, shelf->last, &text);
    if (next == OK)
        return add(ctx, shelf, &text);
    shelf->is_ending = next == NOT_FOUND;
    return next == NOT_FOUND ? OK : next;
}

const struct library *shelf_library(struct ctx *ctx, struct stemmer **ret_stemmer)
{
    struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    if (shelf == NULL || shelf->state == NONE)
        return NULL;
    *ret_stemmer = shelf->stemmer;
    return &shelf->library;
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
    drop(shelf);
    drop_suffix(shelf);
    suffix_destroy(shelf->suffix);
    buf_finish(&shelf->ids);
    buf_finish(&shelf->image);
    stemmer_destroy(shelf->stemmer);
    free(shelf);
    town->state[SHELF_SLOT] = NULL;
}
