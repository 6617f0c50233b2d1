/* Game 8: each card's line is read again and its truth found by counting naively. */
#include "service/games/test_games.h"

#include <stdio.h>

#include "base/utf8.h"
#include "language/model/shipped.h"
#include "service/games/cut.h"
#include "service/games/games_service.h"

/* ---- naive ways ---- */

static int64_t digits_of(struct str text)
{
    int64_t number = 0;
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_digit(text.at[i]))
            number = 10 * number + (text.at[i] - '0');
    return number;
}

/* Between two marks. */
static struct str between(struct str text, struct str from, struct str to)
{
    struct str rest = str_after(text, str_find(text, from) + from.len);
    return str_slice(rest, 0, str_find(rest, to));
}

static int64_t letters_of(struct str text, char letter)
{
    int64_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ascii_lower(text.at[i]) == letter;
    return count;
}

/* Day by day from Monday 1 January 1900. */
static int weekday_of(int64_t day, int month, int64_t year)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int weekday = 0;
    for (int64_t y = 1900; y <= year; y++)
        for (int m = 1; m <= 12; m++) {
            bool is_leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
            for (int d = 1; d <= lengths[m - 1] + (m == 2 && is_leap); d++) {
                if (y == year && m == month && d == day)
                    return weekday;
                weekday = (weekday + 1) % 7;
            }
        }
    return -1;
}

/* The list of pieces as the file's bytes hold it; a mark stands for a blank there. */
static size_t read_pieces(struct str *texts)
{
    struct shipped_model shipped;
    uint64_t count, len;
    assert_int_equal(shipped_model(STR("petit"), &shipped), OK);
    size_t at = str_find(shipped.file, STR("tokenizer.ggml.tokens")) + sizeof "tokenizer.ggml.tokens" - 1 + 8;
    memcpy(&count, shipped.file.at + at, 8);
    at += 8;
    for (size_t i = 0; i < count; i++, at += 8 + len) {
        memcpy(&len, shipped.file.at + at, 8);
        struct str text = str_slice(shipped.file, at + 8, at + 8 + len), mark = STR("\u2581");
        texts[i] = !str_starts(text, mark) ? text : str_format(test.arena, " %.*s", STR_ARG(str_after(text, mark.len)));
    }
    return count;
}

/* Joins the two neighbours whose text is the earliest piece, the leftmost first, until none is left. */
static int64_t pieces_of(struct str name)
{
    static struct str texts[PIECES_MAX];
    size_t count = read_pieces(texts), parts = 0;
    struct str part[CUT_TEXT_MAX];
    for (struct str rest = name; rest.len > 0;) {
        struct str from = rest;
        utf8_next(&rest);
        part[parts++] = str_slice(from, 0, from.len - rest.len);
    }
    for (;;) {
        size_t best = count, where = 0;
        for (size_t i = 0; i + 1 < parts; i++)
            for (size_t k = 0; k < best; k++)
                if (str_eq(texts[k], str_span(part[i].at, part[i + 1].at + part[i + 1].len))) {
                    best = k;
                    where = i;
                }
        if (best == count)
            return (int64_t)parts;
        part[where].len += part[where + 1].len;
        memmove(&part[where + 1], &part[where + 2], (parts - where - 2) * sizeof part[0]);
        parts--;
    }
}

static bool is_day_true(struct str line)
{
    static const char *const months[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                         "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    static const char *const days[] = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"};
    struct str date = between(line, STR("Le "), STR(" tombe")), said = between(line, STR("tombe un "), STR("."));
    int month = 1;
    while (str_find(date, str_of(months[month - 1])) == SIZE_MAX)
        month++;
    int64_t day = digits_of(str_cut(&date, ' ')), year = digits_of(date);
    return str_eq(said, str_of(days[weekday_of(day, month, year)]));
}

static bool is_sum_true(struct str line)
{
    bool is_product = str_find(line, STR("×")) != SIZE_MAX;
    struct str sign = is_product ? STR("×") : STR("+"), rest = str_after(line, str_find(line, sign));
    int64_t left = digits_of(str_slice(line, 0, str_find(line, sign))), result;
    int64_t right = digits_of(str_slice(rest, 0, str_find(rest, STR("="))));
    result = digits_of(str_after(rest, str_find(rest, STR("="))));
    return result == (is_product ? left * right : left + right);
}

static bool is_true(struct str line)
{
    struct str name = between(line, STR("« "), STR(" »")); /* U+00A0 within */
    int64_t count = digits_of(str_after(line, str_find_byte_last(line, ':')));
    if (str_starts(line, STR("Dans ")))
        return letters_of(name, between(line, STR("lettres « "), STR(" »")).at[0]) == count;
    if (str_starts(line, STR("La machine coupe ")))
        return pieces_of(name) == count;
    return str_starts(line, STR("Le ")) ? is_day_true(line) : is_sum_true(line);
}

/* ---- tests ---- */

static void cards_are_true_by_counting(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS], again[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    for (int64_t seed = 0; seed < 40; seed++) {
        size_t trues = 0;
        assert_int_equal(game_cut.draw(&ctx, seed, cards), OK);
        assert_int_equal(game_cut.draw(&ctx, seed, again), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            if (is_true(cards[i].line) != cards[i].is_true)
                fail_msg("seed %d: %.*s", (int)seed, STR_ARG(cards[i].line));
            assert_true(str_eq(cards[i].line, again[i].line));
            assert_true(str_find_byte(cards[i].verdict, '{') == SIZE_MAX && cards[i].source.len > 0);
            trues += cards[i].is_true;
        }
        assert_int_equal(trues, GAME_CARDS / 2);
    }
}

static void pieces_make_the_text_again(void **state)
{
    (void)state;
    struct pieces pieces;
    struct cut_piece cut[CUT_TEXT_MAX];
    struct ctx ctx = test_ctx(&test);
    size_t count, at = 0;
    struct str text = STR("Olivet ☃ : Loiret (45), 45160");
    assert_int_equal(cut_open(&ctx, &pieces), OK);
    assert_int_equal(cut_text(&pieces, text, cut, &count), OK);
    for (size_t i = 0; i < count; i++) {
        assert_true(cut[i].text.at == text.at + at);
        at += cut[i].text.len;
        assert_int_equal(cut[i].number == PIECES_UNKNOWN, str_eq(cut[i].text, STR("☃")));
    }
    assert_int_equal(at, text.len);
    static char long_text[CUT_TEXT_MAX + 2];
    memset(long_text, 'a', CUT_TEXT_MAX);
    assert_int_equal(cut_text(&pieces, str_of(long_text), cut, &count), OK);
    long_text[CUT_TEXT_MAX] = 'a';
    assert_int_equal(cut_text(&pieces, str_of(long_text), cut, &count), LIMIT);
}

static void pages_answer(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/count-and-cut?seed=7", NULL, &body), 200);
    assert_has(body, "Carte 1 sur 10");
    assert_int_equal(test_page(&test, "/games/count-and-cut?seed=7&moves=30", NULL, &body), 200);
    assert_has(body, "class=\"stamp");
    assert_int_equal(test_page(&test, "/games/pieces", NULL, &body), 200);
    assert_has(body, "<samp>Saint</samp>");
    assert_int_equal(test_page(&test, "/games/pieces?text=aab%C3%A9%20%E2%98%83", NULL, &body), 200);
    assert_has(body, "jamais vu");
    assert_has(body, "Nous voyons 4 lettres");
    assert_int_equal(test_page(&test, "/games/pieces?text=%3Cu%3E", NULL, &body), 200);
    assert_lacks(body, "<u>");
    static const char *const wrong[] = {"", "a%0Ab", "%0D"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char path[100];
        snprintf(path, sizeof path, "/games/pieces?text=%s", wrong[i]);
        assert_int_equal(test_page(&test, path, NULL, &body), 404);
    }
    char path[200] = "/games/pieces?text=";
    memset(path + strlen(path), 'a', CUT_TEXT_MAX + 1);
    assert_int_equal(test_page(&test, path, NULL, &body), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cards_are_true_by_counting, open_games, close_games),
        cmocka_unit_test_setup_teardown(pieces_make_the_text_again, open_games, close_games),
        cmocka_unit_test_setup_teardown(pages_answer, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
