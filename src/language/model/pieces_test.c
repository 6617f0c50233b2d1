#include "language/model/pieces.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/seeded.h"

enum { ARENA = 64 << 20, TOKENS = 200 };

static const char corpus[] = "\nOrléans : Loiret (45), 45000, 116617 hab.\n"
                             "Orléans-la-Source : Loiret (45), 45100, 12 hab.\n"
                             "Saint-Jean-de-Braye : Loiret (45), 45800, 21 hab.\nSaint-Jean-le-Blanc : Loiret (45)\n";

static void is_cut(const struct pieces *pieces, const char *text, const char *expected)
{
    uint16_t tokens[TOKENS];
    size_t count;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    assert_int_equal(pieces_cut(pieces, str_of(text), tokens, TOKENS, &count), OK);
    for (size_t i = 0; i < count; i++) {
        buf_add_c(&out, i ? "|" : "");
        buf_add(&out, pieces_text(pieces, tokens[i]));
    }
    buf_add_byte(&out, 0);
    assert_string_equal(out.at, expected);
}

static void characters_go_round(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct pieces pieces;
    assert_int_equal(pieces_of_characters(arena, str_of(corpus), &pieces), OK);
    is_cut(&pieces, "Orléans 4", "O|r|l|é|a|n|s| |4");
    is_cut(&pieces, "aXa", "a|\xEF\xBF\xBD|a");
    is_cut(&pieces, "", "");
    assert_int_equal(pieces_find(&pieces, STR("\n")), 1); /* the first code point */
}

/* Joined, cut and joined again is the same text; the list alone makes the same pieces. */
static void joined_pieces_go_round(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct pieces pieces, again;
    uint16_t tokens[TOKENS], others[TOKENS];
    size_t count, other_count;
    assert_int_equal(pieces_learn(arena, str_of(corpus), 64, &pieces), OK);
    assert_int_equal(pieces_of_list(arena, pieces.texts, pieces.count, &again), OK);
    assert_int_equal(pieces_cut(&pieces, str_of(corpus), tokens, TOKENS, &count), OK);
    assert_int_equal(pieces_cut(&again, str_of(corpus), others, TOKENS, &other_count), OK);
    assert_true(count < sizeof corpus * 2 / 3 && count == other_count);
    assert_memory_equal(tokens, others, count * sizeof *tokens);
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    for (size_t i = 0; i < count; i++)
        buf_add(&out, pieces_text(&pieces, tokens[i]));
    assert_true(str_eq(buf_str(&out), str_of(corpus)));
    is_cut(&pieces, "\nSaint-Jean : Loiret (45)", "\n|Saint|-Jean| |:| Loiret| |(|4|5|)");
}

/* What a piece may not hold: digits, line ends, and marks but in front. */
static void numbers_stay_apart(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct pieces pieces;
    assert_int_equal(pieces_learn(arena, str_of(corpus), 120, &pieces), OK);
    for (size_t i = 1; i < pieces.count; i++) {
        struct str text = pieces.texts[i];
        for (size_t k = 0; text.len > 2 && k < text.len; k++) {
            unsigned char c = (unsigned char)text.at[k];
            assert_false(ascii_is_digit((char)c) || c == '\n');
            assert_true(k == 0 || c >= 0x80 || ascii_is_alpha((char)c));
        }
    }
}

static void lists_of_others_are_refused(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct pieces pieces;
    char longer[PIECES_BYTES_MAX + 2] = "";
    memset(longer, 'a', PIECES_BYTES_MAX + 1);
    const struct str alike[] = {STR("<unk>"), STR("a"), STR("a")}, none[] = {STR("a"), STR("b")};
    const struct str empty[] = {STR("<unk>"), STR("")}, large[] = {STR("<unk>"), str_of(longer)};
    const struct str most[] = {STR("<unk>"), str_slice(str_of(longer), 0, PIECES_BYTES_MAX)};
    assert_int_equal(pieces_of_list(arena, alike, 3, &pieces), INVALID);
    assert_int_equal(pieces_of_list(arena, none, 2, &pieces), INVALID);
    assert_int_equal(pieces_of_list(arena, empty, 2, &pieces), INVALID);
    assert_int_equal(pieces_of_list(arena, large, 2, &pieces), INVALID);
    assert_int_equal(pieces_of_list(arena, most, 2, &pieces), OK);
    assert_int_equal(pieces_of_list(arena, most, 1, &pieces), INVALID);
    assert_int_equal(pieces_of_list(arena, NULL, PIECES_MAX + 1, &pieces), INVALID);
    assert_int_equal(pieces_learn(arena, STR("aa"), PIECES_MAX + 1, &pieces), LIMIT);
    assert_int_equal(pieces_of_characters(arena, STR("\xFF"), &pieces), INVALID);
    uint16_t tokens[2];
    size_t count;
    assert_int_equal(pieces_of_list(arena, most, 2, &pieces), OK);
    assert_int_equal(pieces_cut(&pieces, STR("xy"), tokens, 2, &count), OK);
    assert_int_equal(pieces_cut(&pieces, STR("xyz"), tokens, 2, &count), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_go_round),
        cmocka_unit_test(joined_pieces_go_round),
        cmocka_unit_test(numbers_stay_apart),
        cmocka_unit_test(lists_of_others_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
