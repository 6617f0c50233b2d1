#include "base/buf.h"
#include "language/source/guard.h"
#include "language/source/sentence.h"
#include "language/source/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Sentences cover every byte that is no blank, in order. */
static void check_sentences(struct str text)
{
    struct str rest = text, sentence;
    const char *at = text.at;
    while (sentence_next(&rest, &sentence)) {
        REQUIRE(sentence.len > 0);
        for (; at < sentence.at; at++)
            REQUIRE(*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n');
        at = sentence.at + sentence.len;
    }
}

/* Two texts, then an answer: each span stands where it is said to. */
static void check_trace(struct arena *arena, const struct str texts[2], struct str answer)
{
    struct suffix *suffix = suffix_create();
    struct trace_span *spans;
    struct suffix_next next;
    size_t count;
    for (size_t t = 0; t < 2; t++)
        REQUIRE(suffix_add(suffix, texts[t]) == OK);
    REQUIRE(suffix_sort(suffix) == OK);
    for (int round = 0; round < 2; round++) {
        REQUIRE(trace_run(arena, suffix, answer, 2, &spans, &count) == OK);
        for (size_t i = 0; i < count; i++)
            for (size_t p = 0; p < spans[i].place_count; p++) {
                size_t text = spans[i].places[p].text, from = spans[i].places[p].offset;
                REQUIRE(text < 2 && (round == 0 || text == 1));
                REQUIRE(str_eq(str_slice(texts[text], from, from + spans[i].len),
                               str_slice(answer, spans[i].from, spans[i].from + spans[i].len)));
            }
        suffix_next(suffix, answer, &next);
        uint64_t sum = 0;
        for (size_t i = 0; i < 256; i++)
            sum += next.counts[i];
        REQUIRE(sum == next.total && next.matched <= answer.len);
        if (round == 0)
            REQUIRE(suffix_remove(suffix, 0) == OK);
    }
    suffix_destroy(suffix);
}

/* A figure that stands in no passage strikes its sentence. */
static void check_guard(struct arena *arena, const struct str passages[2], struct str rewording)
{
    struct guard_sentence *sentences;
    struct buf longer BUF_SCOPE = BUF_INIT(1 << 16);
    size_t count;
    if (guard_check(arena, rewording, passages, 2, &sentences, &count) != OK)
        return;
    buf_add(&longer, rewording);
    buf_add_c(&longer, "\nLe tarif est de 918273645546372 euros.\n");
    if (guard_check(arena, buf_str(&longer), passages, 2, &sentences, &count) == OK && count > 0)
        REQUIRE(sentences[count - 1].reason != GUARD_CLEAN);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct str rest = str_slice((struct str){(const char *)data, size}, 0, 8000);
    struct str texts[2] = {str_cut(&rest, 1)};
    texts[1] = str_is_absent(rest) ? STR("") : str_cut(&rest, 1);
    struct str answer = str_is_absent(rest) ? texts[0] : rest;
    if (memchr(texts[0].at, 0, texts[0].len) != NULL || memchr(texts[1].at, 0, texts[1].len) != NULL)
        return 0;
    check_sentences(answer);
    check_trace(arena, texts, answer);
    check_guard(arena, texts, answer);
    return 0;
}
