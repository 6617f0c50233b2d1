#include "service/assistant/origin.h"

#include "base/list.h"
#include "base/utf8.h"
#include "language/source/sentence.h"
#include "language/source/trace.h"
#include "language/source/words.h"
#include "service/assistant/lang.h"
#include "service/assistant/shelf.h"

enum {
    BYTES_MAX = 4 * ORIGIN_TEXT_MAX,
    PARTS_MAX = BYTES_MAX,
    DOCUMENTS_MAX = BYTES_MAX,
    AROUND = 2, /* lengths of a sentence */
    ANCHORS_MAX = 100,
};

/* A document that was looked up, once for each text. */
struct looked_up {
    size_t number; /* of its text in the order */
    bool is_there;
    struct document document;
};

struct part_list LIST_OF(struct origin_part);
struct looked_list LIST_OF(struct looked_up);

struct tracing {
    struct ctx *ctx;
    const struct suffix *suffix;
    const struct shelf_text *texts; /* NULL: passages, which stand as they are */
    struct part_list parts;
    struct looked_list looked;
};

/* ---- documents as they are now ---- */

/* NULL: it was taken back since, or its words have changed. They are not read: their hash tells. */
static enum status look_up(struct tracing *tracing, size_t number, const struct looked_up **ret_looked)
{
    const struct shelf_text *text = &tracing->texts[number];
    for (size_t i = 0; i < tracing->looked.count; i++)
        if (tracing->looked.at[i].number == number) {
            *ret_looked = tracing->looked.at[i].is_there ? &tracing->looked.at[i] : NULL;
            return OK;
        }
    struct looked_up *looked = list_add(&tracing->looked, tracing->ctx->arena, DOCUMENTS_MAX);
    if (looked == NULL)
        return LIMIT;
    *looked = (struct looked_up){.number = number};
    enum status found = document_head(tracing->ctx, text->id, DOCUMENT_PUBLIC, &looked->document);
    if (found != OK && found != NOT_FOUND)
        return found;
    struct str hash = {(const char *)text->hash, SHELF_HASH_LEN};
    looked->is_there = found == OK && str_eq(looked->document.hash, hash);
    *ret_looked = looked->is_there ? looked : NULL;
    return OK;
}

/* The first place of a span whose document is still as it was read. False: none is. */
static enum status place_of(struct tracing *tracing, const struct trace_span *span, struct origin_part *part,
                            bool *ret_stands)
{
    part->passage = tracing->texts == NULL ? span->places[0].text : 0;
    *ret_stands = tracing->texts == NULL;
    for (size_t i = 0; i < span->place_count && !*ret_stands; i++) {
        const struct trace_place *place = &span->places[i];
        const struct looked_up *looked;
        TRY(look_up(tracing, place->text, &looked));
        if (looked == NULL)
            continue;
        part->document = looked->document;
        part->line = (int64_t)shelf_line(tracing->ctx, &tracing->texts[place->text], place->offset);
        *ret_stands = true;
    }
    return OK;
}

/* ---- parts ---- */

static bool has_word(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (word_has(text, i))
            return true;
    return false;
}

static enum status add_part(struct tracing *tracing, struct origin_part part)
{
    if (part.text.len == 0)
        return OK;
    struct origin_part *added = list_add(&tracing->parts, tracing->ctx->arena, PARTS_MAX);
    if (added == NULL)
        return LIMIT;
    *added = part;
    if (!has_word(part.text))
        added->kind = ORIGIN_BLANK;
    return OK;
}

static bool is_around(const struct trace_span *span, const struct trace_place *anchor, size_t reach)
{
    for (size_t i = 0; i < span->place_count; i++) {
        size_t offset = span->places[i].offset;
        size_t apart = offset > anchor->offset ? offset - anchor->offset : anchor->offset - offset;
        if (span->places[i].text == anchor->text && apart <= reach)
            return true;
    }
    return false;
}

/* Bytes of a sentence that stand in runs around one place. */
static size_t covered_around(const struct trace_span *spans, size_t count, const struct trace_place *anchor,
                             size_t reach)
{
    size_t covered = 0, to = 0;
    for (size_t i = 0; i < count; i++) {
        size_t from = spans[i].from > to ? spans[i].from : to, end = spans[i].from + spans[i].len;
        if (end <= from || !is_around(&spans[i], anchor, reach))
            continue;
        covered += end - from;
        to = end;
    }
    return covered;
}

/* The place around which most of the sentence stands, when that is half of it. */
static const struct trace_span *closest(const struct trace_span *spans, size_t count, size_t len,
                                        struct trace_place *ret_place)
{
    const struct trace_span *best = NULL;
    size_t most = 0, anchors = 0, longest = 0;
    for (size_t i = 0; i < count; i++)
        longest = spans[i].len > longest ? spans[i].len : longest;
    for (size_t i = 0; i < count; i++) /* the longer runs alone: the short ones stand nearly everywhere */
        for (size_t p = 0; p < spans[i].place_count && spans[i].len * 2 >= longest && anchors < ANCHORS_MAX; p++) {
            anchors++;
            size_t covered = covered_around(spans, count, &spans[i].places[p], AROUND * len);
            if (covered <= most || covered * 2 < len)
                continue;
            most = covered;
            best = &spans[i];
            *ret_place = spans[i].places[p];
        }
    return best;
}

static enum status add_sentence(struct tracing *tracing, struct str sentence)
{
    struct trace_span *spans;
    struct trace_place place;
    struct origin_part part = {.kind = ORIGIN_NONE, .text = sentence};
    size_t count;
    bool stands = false;
    TRY(trace_run(tracing->ctx->arena, tracing->suffix, sentence, ORIGIN_RUN_LEN, &spans, &count));
    const struct trace_span *best = closest(spans, count, sentence.len, &place);
    if (best != NULL) {
        struct trace_span only = {.from = best->from, .len = best->len, .places = {place}, .place_count = 1};
        TRY(place_of(tracing, &only, &part, &stands));
    }
    part.kind = stands ? ORIGIN_NEAR : ORIGIN_NONE;
    return add_part(tracing, part);
}

/* What stands nowhere word for word, sentence by sentence. */
static enum status add_between(struct tracing *tracing, struct str text)
{
    struct str rest = text, sentence;
    const char *at = text.at, *end = text.at + text.len;
    while (sentence_next(&rest, &sentence)) {
        TRY(add_part(tracing, (struct origin_part){.text = str_span(at, sentence.at)}));
        TRY(add_sentence(tracing, sentence));
        at = sentence.at + sentence.len;
    }
    return add_part(tracing, (struct origin_part){.text = str_span(at, end)});
}

static enum status add_all(struct tracing *tracing, struct str text)
{
    struct trace_span *spans;
    size_t count, to = 0;
    TRY(trace_run(tracing->ctx->arena, tracing->suffix, text, ORIGIN_EXACT_LEN, &spans, &count));
    for (size_t i = 0; i < count; i++) {
        struct origin_part part = {.kind = ORIGIN_EXACT};
        size_t from = spans[i].from > to ? spans[i].from : to, end = spans[i].from + spans[i].len;
        bool stands;
        TRY(place_of(tracing, &spans[i], &part, &stands));
        if (!stands)
            continue;
        TRY(add_between(tracing, str_slice(text, to, from)));
        part.text = str_slice(text, from, end);
        TRY(add_part(tracing, part));
        to = end;
    }
    return add_between(tracing, str_after(text, to));
}

static enum status trace(struct tracing *tracing, struct str text, struct origin *ret_origin)
{
    TRY(add_all(tracing, text));
    *ret_origin = (struct origin){.parts = tracing->parts.at, .count = tracing->parts.count};
    for (size_t i = 0; i < tracing->parts.count; i++)
        ret_origin->characters[tracing->parts.at[i].kind] += (int64_t)utf8_count(tracing->parts.at[i].text);
    return OK;
}

enum status origin_find(struct ctx *ctx, struct str text, struct origin *ret_origin)
{
    struct tracing tracing = {.ctx = ctx};
    if (text.len > BYTES_MAX || !utf8_is_valid(text) || utf8_count(text) > ORIGIN_TEXT_MAX || !has_word(text))
        return refuse(ctx, INVALID, "assistant.trace", T_assistant_trace_wrong);
    tracing.suffix = shelf_suffix(ctx, &tracing.texts);
    return tracing.suffix == NULL ? BUSY : trace(&tracing, text, ret_origin);
}

enum status origin_within(struct ctx *ctx, const struct suffix *passages, struct str text, struct origin *ret_origin)
{
    struct tracing tracing = {.ctx = ctx, .suffix = passages};
    return trace(&tracing, text, ret_origin);
}
