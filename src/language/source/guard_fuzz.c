#include "base/buf.h"
#include "language/source/guard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Sentences are slices in order, and what one is struck for stands in it. */
static void check_slices(struct str text, const struct guard_sentence *sentences, size_t count)
{
    const char *at = text.at;
    for (size_t i = 0; i < count; i++) {
        const struct guard_sentence *sentence = &sentences[i];
        REQUIRE(sentence->text.at >= at && sentence->text.at + sentence->text.len <= text.at + text.len);
        at = sentence->text.at + sentence->text.len;
        REQUIRE(str_is_absent(sentence->what) == (sentence->reason == GUARD_CLEAN));
        REQUIRE(sentence->reason == GUARD_CLEAN ||
                (sentence->what.at >= sentence->text.at && sentence->what.at + sentence->what.len <= at));
    }
}

/* A line said beside itself is never struck; with a figure more it always is. */
static void check_line(struct arena *arena, struct str line)
{
    struct guard_sentence *sentences;
    struct buf more BUF_SCOPE = BUF_INIT(1 << 16);
    size_t count;
    if (guard_check(arena, line, &line, 1, &sentences, &count) != OK)
        return;
    check_slices(line, sentences, count);
    for (size_t i = 0; i < count; i++)
        REQUIRE(sentences[i].reason == GUARD_CLEAN);
    buf_add(&more, line);
    buf_add_literal(&more, "\nLe tarif est de 918273645546372 euros.\n");
    if (guard_check(arena, buf_str(&more), &line, 1, &sentences, &count) == OK && count > 0)
        REQUIRE(sentences[count - 1].reason != GUARD_CLEAN ||
                str_find(line, STR("918273645546372")) != SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct str rest = str_slice((struct str){(const char *)data, size}, 0, 8000);
    while (!str_is_absent(rest))
        check_line(arena, str_cut(&rest, '\n'));
    return 0;
}
