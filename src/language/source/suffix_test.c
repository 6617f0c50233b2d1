#include "language/source/suffix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/seeded.h"
#include "language/source/trace.h"

enum { TEXTS = 12, TEXT_LEN = 300 };

struct texts {
    struct buf bytes[TEXTS];
    bool is_removed[TEXTS];
};

/* Random, periodic and equal texts over few letters. */
static struct suffix *make(struct texts *texts, uint64_t seed)
{
    struct seeded seeded = {seed};
    struct suffix *suffix = suffix_create();
    for (size_t t = 0; t < TEXTS; t++) {
        texts->bytes[t] = BUF_INIT(TEXT_LEN);
        for (size_t i = 0; i < TEXT_LEN - t; i++) {
            uint64_t next = t % 3 == 0 ? seeded_below(&seeded, 3) : t % 3 == 1 ? i % 2 : 0;
            buf_add_byte(&texts->bytes[t], (char)("ab "[next]));
        }
        assert_int_equal(suffix_add(suffix, buf_str(&texts->bytes[t])), OK);
    }
    assert_int_equal(suffix_sort(suffix), OK);
    assert_int_equal(suffix_sort(suffix), CONFLICT);
    assert_int_equal(suffix_add(suffix, STR("x")), CONFLICT);
    return suffix;
}

static size_t count_naively(const struct texts *texts, struct str string)
{
    size_t count = 0;
    for (size_t t = 0; t < TEXTS; t++)
        for (size_t i = 0; !texts->is_removed[t] && i < texts->bytes[t].len; i++)
            count += str_starts(str_after(buf_str(&texts->bytes[t]), i), string);
    return count;
}

static void compare(const struct suffix *suffix, const struct texts *texts, uint64_t seed)
{
    struct seeded seeded = {seed};
    char string[12];
    for (int i = 0; i < 300; i++) {
        size_t len = 1 + seeded_below(&seeded, sizeof string);
        for (size_t j = 0; j < len; j++)
            string[j] = "ab "[seeded_below(&seeded, 3)];
        struct suffix_range range = suffix_find(suffix, (struct str){string, len});
        assert_int_equal(range.high - range.low, count_naively(texts, (struct str){string, len}));
        for (size_t at = range.low; at < range.high; at++) {
            struct suffix_place place = suffix_place(suffix, at);
            assert_false(texts->is_removed[place.text]);
            assert_true(str_starts(str_after(buf_str(&texts->bytes[place.text]), place.offset),
                                   (struct str){string, len}));
        }
    }
}

static void strings_are_found_as_by_reading(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 6; seed++) {
        struct texts texts = {0};
        struct suffix *suffix = make(&texts, seed);
        compare(suffix, &texts, seed);
        for (size_t t = 0; t < TEXTS; t += 3) {
            assert_int_equal(suffix_remove(suffix, t), OK);
            assert_int_equal(suffix_remove(suffix, t), NOT_FOUND);
            texts.is_removed[t] = true;
            compare(suffix, &texts, seed + t);
        }
        assert_int_equal(suffix_remove(suffix, TEXTS), NOT_FOUND);
        for (size_t t = 0; t < TEXTS; t++)
            buf_finish(&texts.bytes[t]);
        suffix_destroy(suffix);
    }
    suffix_destroy(NULL);
}

static struct suffix *library_of_two(void)
{
    struct suffix *suffix = suffix_create();
    assert_int_equal(suffix_add(suffix, STR("Le passeport est valable dix ans pour un adulte.\n")), OK);
    assert_int_equal(suffix_add(suffix, STR("La carte d'identité est gratuite ; la perte coûte 25 €.\n")), OK);
    assert_int_equal(suffix_sort(suffix), OK);
    return suffix;
}

static void spans_are_the_longest(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct suffix *suffix = library_of_two();
    struct trace_span *spans;
    size_t count;
    struct str answer = STR("Bonjour, le passeport est valable dix ans pour un enfant ; "
                            "la perte coûte 25 € par drone.");
    assert_int_equal(trace_run(arena, suffix, answer, 12, &spans, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_eq(str_slice(answer, spans[0].from, spans[0].from + spans[0].len),
                       STR("passeport est valable dix ans pour un")));
    assert_int_equal(spans[0].place_count, 1);
    assert_int_equal(spans[0].places[0].text, 0);
    assert_int_equal(spans[0].places[0].offset, 3);
    assert_true(str_eq(str_slice(answer, spans[1].from, spans[1].from + spans[1].len), STR("la perte coûte 25")));
    assert_int_equal(trace_covered(spans, count), spans[0].len + spans[1].len);
    suffix_destroy(suffix);
}

static void no_span_crosses_two_texts_or_cuts_words(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct suffix *suffix = library_of_two();
    struct trace_span *spans;
    size_t count;
    assert_int_equal(trace_run(arena, suffix, STR("pour un adulte.\nLa carte d'identité"), 3, &spans, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(trace_run(arena, suffix, STR("passe est"), 5, &spans, &count), OK);
    assert_int_equal(count, 0); /* "passe" is the beginning of another word */
    assert_int_equal(trace_run(arena, suffix, STR("port est valable"), 8, &spans, &count), OK);
    assert_int_equal(count, 1); /* "port" is its end */
    assert_int_equal(spans[0].from, 5);
    suffix_destroy(suffix);
}

static void nothing_is_traced_to_a_removed_text(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct suffix *suffix = library_of_two();
    struct trace_span *spans;
    size_t count;
    assert_int_equal(suffix_remove(suffix, 0), OK);
    struct str text = STR("Le passeport est valable dix ans pour un adulte.");
    assert_int_equal(trace_run(arena, suffix, text, 3, &spans, &count), OK);
    for (size_t i = 0; i < count; i++)
        for (size_t p = 0; p < spans[i].place_count; p++)
            assert_int_equal(spans[i].places[p].text, 1);
    suffix_destroy(suffix);
}

static void long_answers_are_refused(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf answer BUF_SCOPE = BUF_INIT(TRACE_ANSWER_MAX + 1);
    struct suffix *suffix = library_of_two();
    struct trace_span *spans;
    size_t count;
    for (size_t i = 0; i < TRACE_ANSWER_MAX; i++)
        buf_add_byte(&answer, '-');
    assert_int_equal(trace_run(arena, suffix, buf_str(&answer), 5, &spans, &count), OK);
    buf_add_byte(&answer, '-');
    assert_int_equal(trace_run(arena, suffix, buf_str(&answer), 5, &spans, &count), LIMIT);
    suffix_destroy(suffix);
}

static void the_next_byte_is_counted(void **state)
{
    (void)state;
    struct suffix *suffix = suffix_create();
    struct suffix_next next;
    assert_int_equal(suffix_add(suffix, STR("abcabdab")), OK);
    assert_int_equal(suffix_sort(suffix), OK);
    suffix_next(suffix, STR("xxab"), &next);
    assert_int_equal(next.matched, 2);
    assert_int_equal(next.total, 3);
    assert_int_equal(next.counts['c'], 1);
    assert_int_equal(next.counts['d'], 1);
    assert_int_equal(next.counts[0], 1);
    suffix_next(suffix, STR("?"), &next);
    assert_int_equal(next.matched, 0);
    assert_int_equal(next.total, 8);
    assert_int_equal(next.counts['a'], 3);
    suffix_destroy(suffix);
}

/* ---- words alone ---- */

static enum status sort_words(struct suffix *suffix)
{
    enum status done = BUSY;
    while (done == BUSY)
        done = suffix_sort_words(suffix);
    return done;
}

/* An answer of pieces of the texts, cut anywhere. */
static void make_answer(struct seeded *seeded, const struct texts *texts, struct buf *answer)
{
    buf_clear(answer);
    for (int i = 0; i < 12; i++) {
        struct str text = buf_str(&texts->bytes[seeded_below(seeded, TEXTS)]);
        size_t from = seeded_below(seeded, text.len);
        buf_add(answer, str_slice(text, from, from + seeded_below(seeded, 60)));
    }
}

/* Spans begin and end at words, so nothing is lost by leaving the other suffixes out. */
static void words_alone_trace_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 6; seed++) {
        struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
        struct buf answer BUF_SCOPE = BUF_INIT(4096);
        struct texts texts = {0};
        struct seeded seeded = {seed};
        struct suffix *suffix = make(&texts, seed), *words = suffix_create();
        for (size_t t = 0; t < TEXTS; t++)
            assert_int_equal(suffix_add(words, buf_str(&texts.bytes[t])), OK);
        assert_int_equal(sort_words(words), OK);
        assert_int_equal(suffix_sort_words(words), CONFLICT);
        assert_int_equal(suffix_add(words, STR("x")), CONFLICT);
        for (int i = 0; i < 40; i++) {
            struct trace_span *spans, *same;
            size_t count, same_count;
            if (i == 20) {
                assert_int_equal(suffix_remove(suffix, 3), OK);
                assert_int_equal(suffix_remove(words, 3), OK);
            }
            make_answer(&seeded, &texts, &answer);
            assert_int_equal(trace_run(arena, suffix, buf_str(&answer), 5, &spans, &count), OK);
            assert_int_equal(trace_run(arena, words, buf_str(&answer), 5, &same, &same_count), OK);
            assert_int_equal(count, same_count);
            for (size_t s = 0; s < count; s++) {
                assert_int_equal(spans[s].from, same[s].from);
                assert_int_equal(spans[s].len, same[s].len);
                assert_true(same[s].place_count > 0);
            }
        }
        for (size_t t = 0; t < TEXTS; t++)
            buf_finish(&texts.bytes[t]);
        suffix_destroy(suffix);
        suffix_destroy(words);
    }
}

static void sorting_words_has_its_order(void **state)
{
    (void)state;
    struct suffix *empty = suffix_create(), *suffix = suffix_create();
    assert_int_equal(sort_words(empty), OK);
    assert_int_equal(suffix_longest(empty, STR("le")), 0);
    suffix_destroy(empty);
    assert_int_equal(suffix_add(suffix, STR("Le passeport")), OK);
    assert_int_equal(suffix_sort_words(suffix), BUSY);
    assert_int_equal(suffix_sort(suffix), CONFLICT);
    assert_int_equal(suffix_remove(suffix, 0), BUSY);
    assert_int_equal(suffix_longest(suffix, STR("Le")), 0);
    suffix_destroy(suffix); /* in the middle */
}

/* A word that goes on for longer than is compared ends no step late, and is found as far as it is told. */
static void long_likeness_is_cut(void **state)
{
    (void)state;
    struct buf text BUF_SCOPE = BUF_INIT(1 << 20);
    struct suffix *suffix = suffix_create();
    while (text.len < 6 * SUFFIX_WORDS_LEN)
        buf_add_c(&text, "la la ");
    assert_int_equal(suffix_add(suffix, buf_str(&text)), OK);
    assert_int_equal(sort_words(suffix), OK);
    struct str most = str_slice(buf_str(&text), 0, SUFFIX_WORDS_LEN);
    struct str more = str_slice(buf_str(&text), 0, SUFFIX_WORDS_LEN + 1);
    struct suffix_range range = suffix_find(suffix, most), none = suffix_find(suffix, more);
    assert_true(range.high > range.low);
    assert_true(none.high == none.low);
    assert_int_equal(suffix_longest(suffix, more), SUFFIX_WORDS_LEN);
    suffix_destroy(suffix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_found_as_by_reading),
        cmocka_unit_test(spans_are_the_longest),
        cmocka_unit_test(no_span_crosses_two_texts_or_cuts_words),
        cmocka_unit_test(nothing_is_traced_to_a_removed_text),
        cmocka_unit_test(long_answers_are_refused),
        cmocka_unit_test(the_next_byte_is_counted),
        cmocka_unit_test(words_alone_trace_the_same),
        cmocka_unit_test(sorting_words_has_its_order),
        cmocka_unit_test(long_likeness_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
