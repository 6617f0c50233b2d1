#include "service/assistant/shelf.h"

#include <stdlib.h>

#include "core/town.h"
#include "language/source/library.h"
#include "language/source/suffix.h"
#include "language/stem.h"

enum {
    IMAGE_MAX = 1 << 30,
    NONE = -1,
    TEXTS_MAX = LIBRARY_SOURCES_MAX * (int)sizeof(struct shelf_text),
    SHORT_LEN = 1 << 14, /* bytes of a document that is read in one step */
    LINES_LEN = 1 << 19, /* of a longer one that are parted into lines in one */
};

/* A document on its way into the builder: its lines first, then the builder adds their words. */
struct reading {
    struct buf words;
    struct str rest; /* of the words: not parted yet */
    struct source_writer lines;
    enum { READING_NONE, READING_LINES, READING_WORDS } phase;
};

/* Texts that can be traced. */
struct traced {
    struct suffix *suffix;
    struct buf texts; /* struct shelf_text of each */
    struct buf lines; /* uint32_t: where each line of theirs begins */
};

/* A library as it stands, and the next one as it is made. */
struct side {
    struct library library; /* over image */
    struct buf image;
    int64_t state;                   /* of the documents, as the library has them; NONE: there is none yet */
    struct library_builder *builder; /* NULL: none is being made */
    int64_t builder_state, last;     /* what the builder will have; the last document it was given */
    struct buf made;                 /* the image that the builder writes at its end */
    bool is_ending;                  /* it was given the last document */
    struct reading reading;
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
    shelf->sides[DOCUMENT_PUBLIC].state = shelf->sides[DOCUMENT_AGENTS].state = shelf->traced_state = NONE;
    ctx->town->state[SHELF_SLOT] = shelf;
    return shelf;
}

/* ---- a document ---- */

static enum status add_traced(struct traced *traced, const struct document *document, const struct source *source)
{
    struct shelf_text text = {.id = document->id,
                              .line_from = traced->lines.len / sizeof(uint32_t),
                              .line_count = source->block_count};
    memcpy(text.hash, document->hash.at, document->hash.len < SHELF_HASH_LEN ? document->hash.len : SHELF_HASH_LEN);
    for (size_t i = 0; i < source->block_count; i++)
        buf_add(&traced->lines, (struct str){(const char *)&source->blocks[i].from, sizeof(uint32_t)});
    buf_add(&traced->texts, (struct str){(const char *)&text, sizeof text});
    TRY(buf_status(&traced->lines));
    TRY(buf_status(&traced->texts));
    return suffix_add(traced->suffix, source->text);
}

static void drop_reading(struct reading *reading)
{
    buf_finish(&reading->words);
    source_writer_finish(&reading->lines);
    *reading = (struct reading){.phase = READING_NONE};
}

static enum status begin_reading(struct side *side, const struct document_text *text)
{
    struct reading *reading = &side->reading;
    drop_reading(reading);
    side->last = text->document.id; /* one that cannot be read is told once, and the next step goes on behind it */
    reading->words = BUF_INIT(DOCUMENT_WORDS_MAX);
    buf_add(&reading->words, text->words);
    TRY(buf_status(&reading->words));
    reading->rest = buf_str(&reading->words);
    reading->lines = source_writer_begin();
    reading->phase = READING_LINES;
    return OK;
}

/* A part of them; what is left is in rest. */
static enum status read_lines(struct reading *reading)
{
    struct str line;
    size_t left = reading->rest.len > LINES_LEN ? reading->rest.len - LINES_LEN : 0;
    while (source_line_next(&reading->rest, &line)) {
        source_writer_add_line(&reading->lines, line);
        if (left > 0 && reading->rest.len <= left)
            break;
    }
    TRY(buf_status(&reading->lines.text));
    return buf_status(&reading->lines.blocks);
}

/* The document itself is as it was: a change of any begins the library anew. */
static enum status begin_words(struct ctx *ctx, struct shelf *shelf, enum document_readers readers)
{
    struct side *side = &shelf->sides[readers];
    struct source_writer *lines = &side->reading.lines;
    struct document document;
    TRY(document_head(ctx, side->last, readers, &document));
    struct source source = {.id = str_format(ctx->arena, "%lld", (long long)document.id),
                            .title = document.title,
                            .publisher = document.collection, /* whose it is, for shelf_is_own */
                            .text = buf_str(&lines->text),
                            .blocks = (const struct source_block *)lines->blocks.at,
                            .block_count = lines->blocks.len / sizeof(struct source_block)};
    if (readers == DOCUMENT_PUBLIC)
        TRY(add_traced(&shelf->traced_made, &document, &source));
    return library_builder_add_begin(side->builder, &source);
}

/* BUSY: there is more of it. */
static enum status read_step(struct ctx *ctx, struct shelf *shelf, enum document_readers readers)
{
    struct side *side = &shelf->sides[readers];
    struct reading *reading = &side->reading;
    if (reading->phase == READING_WORDS)
        return library_builder_add_step(side->builder);
    if (!str_is_absent(reading->rest)) {
        TRY(read_lines(reading));
        return BUSY;
    }
    TRY(begin_words(ctx, shelf, readers));
    reading->phase = READING_WORDS;
    return BUSY;
}

static enum status go_on_reading(struct ctx *ctx, struct shelf *shelf, enum document_readers readers)
{
    struct reading *reading = &shelf->sides[readers].reading;
    enum status done = BUSY;
    bool is_short = reading->words.len <= SHORT_LEN;
    do
        done = read_step(ctx, shelf, readers);
    while (done == BUSY && is_short);
    if (done == BUSY)
        return OK;
    drop_reading(reading);
    return done;
}

/* ---- a library ---- */

static void drop(struct side *side)
{
    drop_reading(&side->reading);
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

static enum status follow_side(struct ctx *ctx, struct shelf *shelf, enum document_readers readers, int64_t state)
{
    struct side *side = &shelf->sides[readers];
    struct document_text text;
    if (side->builder == NULL || side->builder_state != state) {
        TRY(begin(side, state));
        if (readers == DOCUMENT_PUBLIC)
            begin_traced(&shelf->traced_made);
    }
    if (side->is_ending)
        return end(side);
    if (side->reading.phase != READING_NONE)
        return go_on_reading(ctx, shelf, readers);
    enum status next = document_next(ctx, readers, side->last, &text);
    if (next == OK) {
        TRY(begin_reading(side, &text));
        return text.words.len <= SHORT_LEN ? go_on_reading(ctx, shelf, readers) : OK;
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

const struct library *shelf_library(struct ctx *ctx, enum document_readers readers, struct stemmer **ret_stemmer)
{
    struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    if (shelf == NULL || shelf->sides[readers].state == NONE)
        return NULL;
    *ret_stemmer = shelf->stemmer;
    return &shelf->sides[readers].library;
}

const struct suffix *shelf_suffix(struct ctx *ctx, const struct shelf_text **ret_texts)
{
    struct shelf *shelf = ctx->town->state[SHELF_SLOT];
    if (shelf == NULL || shelf->traced_state == NONE)
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
