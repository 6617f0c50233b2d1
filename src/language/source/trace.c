#include "language/source/trace.h"

#include "base/list.h"
#include "language/source/words.h"

struct span_list LIST_OF(struct trace_span);

/* The last border at or before `at`, where a span that begins at `from` may end: behind a word. */
static size_t end_before(struct str text, size_t from, size_t at)
{
    while (at > from && !(word_ends(text, at) && word_has(text, at - 1)))
        at--;
    return at;
}

static void add_places(const struct suffix *suffix, struct suffix_range range, struct trace_span *span)
{
    size_t looked = range.high - range.low < TRACE_LOOKED_MAX ? range.high - range.low : TRACE_LOOKED_MAX;
    for (size_t i = 0; i < looked && span->place_count < TRACE_PLACES_MAX; i++) {
        struct suffix_place place = suffix_place(suffix, range.low + i);
        struct str text = {place.before.at, place.before.len + place.from.len};
        if (word_ends(text, place.offset) && word_ends(text, place.offset + span->len))
            span->places[span->place_count++] = (struct trace_place){place.text, place.offset};
    }
}

/* The longest span that begins at `from` and ends behind `beyond`; its len is 0 when there is none of `least` bytes. */
static struct trace_span span_from(const struct suffix *suffix, struct str answer, size_t from, size_t beyond,
                                   size_t least)
{
    struct trace_span span = {.from = from};
    size_t end = end_before(answer, from, from + suffix_longest(suffix, str_after(answer, from)));
    /* Shorter by a word until one of its places has words' borders on both sides. */
    while (end > beyond && end > from && end - from >= least) {
        struct suffix_range range = suffix_find(suffix, str_slice(answer, from, end));
        span.len = end - from;
        add_places(suffix, range, &span);
        if (span.place_count > 0) {
            span.count = range.high - range.low;
            return span;
        }
        end = end_before(answer, from, end - 1);
    }
    span.len = 0;
    return span;
}

enum status trace_run(struct arena *arena, const struct suffix *suffix, struct str answer, size_t least,
                      struct trace_span **ret_spans, size_t *ret_count)
{
    struct span_list spans = {0};
    size_t covered_to = 0;
    if (answer.len > TRACE_ANSWER_MAX)
        return LIMIT;
    for (size_t from = 0; from < answer.len; from++) {
        if (!word_has(answer, from) || !word_ends(answer, from))
            continue;
        /* One that ends no later than a span before it is within that one. */
        struct trace_span span = span_from(suffix, answer, from, covered_to, least < 1 ? 1 : least);
        if (span.len == 0)
            continue;
        covered_to = span.from + span.len;
        struct trace_span *added = list_add(&spans, arena, TRACE_SPANS_MAX);
        if (added == NULL)
            return LIMIT;
        *added = span;
    }
    *ret_spans = spans.at;
    *ret_count = spans.count;
    return OK;
}

size_t trace_covered(const struct trace_span *spans, size_t count)
{
    size_t covered = 0, to = 0;
    for (size_t i = 0; i < count; i++) {
        size_t from = spans[i].from > to ? spans[i].from : to, end = spans[i].from + spans[i].len;
        if (end > from)
            covered += end - from;
        to = end > to ? end : to;
    }
    return covered;
}
