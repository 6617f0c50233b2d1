/* Words of the games: none that was found wrong comes back, and they hold no count that the program could make. */
#include "service/games/test_games.h"

#include "service/games/figures.h"
#include "service/games/game.h"
#include "service/games/label/label.h"
#include "service/games/lang.h"

/* Which sentence of all says it; T_none: none. */
static enum text_key says(enum language language, const char *words)
{
    for (enum text_key key = text_next(T_none); key != T_none; key = text_next(key))
        if (str_find(text_spoken(language, key), str_of(words)) != SIZE_MAX)
            return key;
    return T_none;
}

static void what_was_wrong_is_said_no_more(void **state)
{
    (void)state;
    static const struct {
        enum language language;
        const char *words;
    } wrong[] = {
        {LANGUAGE_FR, "Elle répond toujours aussi bien"}, /* it does not: it answers as assured */
        {LANGUAGE_EN, "It always answers as well"},
        {LANGUAGE_FR, "Elle répond toujours, même"}, /* moyen is silent at times */
        {LANGUAGE_EN, "It always answers, even"},
        {LANGUAGE_FR, "dans toute la maison"}, /* whoever reads it knows no house */
        {LANGUAGE_EN, "in the whole house"},
        {LANGUAGE_FR, "une feuille A4 se lit"},
        {LANGUAGE_FR, "ensemble, à trois"},
        {LANGUAGE_FR, "ûr et faux"},
        {LANGUAGE_FR, "Il vous a eu"},
        {LANGUAGE_EN, "It had you"},
        {LANGUAGE_EN, "a fixed wish"},
        {LANGUAGE_EN, "gone on with"},
        {LANGUAGE_EN, "It goes on."},
        {LANGUAGE_EN, "would be the larger"},
        {LANGUAGE_EN, "ll as often"},
        {LANGUAGE_EN, "read as often ("},
        {LANGUAGE_FR, "58 centimes"}, /* no pay without a source */
        {LANGUAGE_EN, "58 cents"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (says(wrong[i].language, wrong[i].words) != T_none)
            fail_msg("%s", wrong[i].words);
}

/* English writes 75%, French 75 %. */
static void english_has_no_blank_before_per_cent(void **state)
{
    (void)state;
    assert_int_equal(says(LANGUAGE_EN, " %"), T_none);
    assert_int_equal(says(LANGUAGE_EN, "\u00A0%"), T_none);
    assert_int_not_equal(says(LANGUAGE_FR, "\u00A0%"), T_none);
}

/* ---- figures ---- */

static void no_sentence_holds_a_count_of_the_programs(void **state)
{
    (void)state;
    static const char *const french[] = {"34 957", "34\u00A0957", "34\u202F957", "325 ", "325\u00A0", "325,",
                                         "162 titres", "0,1 Mo", "0,1\u00A0Mo"};
    static const char *const english[] = {"34,957", "325 ", "162 titles", "0.1 MB", "0.1\u00A0MB"};
    for (size_t i = 0; i < sizeof french / sizeof *french; i++)
        assert_int_equal(says(LANGUAGE_FR, french[i]), T_none);
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        assert_int_equal(says(LANGUAGE_EN, english[i]), T_none);
}

static void page_has(const char *path, struct str words)
{
    struct str body;
    if (test_page(&test, path, NULL, &body) != 200 || str_find(body, words) == SIZE_MAX)
        fail_msg("%s: %.*s", path, STR_ARG(words));
}

/* A number as French pages have it, and a word. */
static struct str counted(int64_t number, const char *word)
{
    struct buf out BUF_SCOPE = BUF_INIT(100);
    translate_number(&out, LANGUAGE_FR, number);
    buf_add_c(&out, word);
    return str_copy(test.arena, buf_str(&out));
}

static void pages_count_what_there_is(void **state)
{
    (void)state;
    const struct table *table;
    const struct deck *deck;
    struct shipped_model nano;
    struct buf size BUF_SCOPE = BUF_INIT(40);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_table(&ctx, &table), OK);
    assert_int_equal(machine_deck(&ctx, MACHINE_NANO, &deck), OK);
    assert_int_equal(shipped_model(STR("nano"), &nano), OK);
    translate_size(&size, LANGUAGE_FR, (int64_t)nano.file.len);
    page_has("/games/dialogue", counted((int64_t)table->count, " communes habitées"));
    page_has("/games/feed-the-machine?seed=7", counted((int64_t)deck->count, " communes du Loiret"));
    page_has("/games/will-it-know?seed=7", counted((int64_t)deck->count, ", à tour de rôle"));
    page_has("/games/labels?labels=a", counted(LABEL_THEMES * LABEL_BY_THEME, " titres de démarches"));
    page_has("/games/labels?labels=a", counted(LABEL_TESTS, " servent d’examen"));
    page_has("/games", buf_str(&size));
}

/* Words without figures are said as they stand. */
static void words_without_figures_stay(void **state)
{
    (void)state;
    struct str said;
    struct ctx ctx = test_ctx(&test);
    for (size_t i = 0; game_all[i] != NULL; i++) {
        assert_int_equal(figures_say(&ctx, game_all[i]->check, &said), OK);
        assert_true(said.len > 0 && str_find_byte(said, '{') == SIZE_MAX);
    }
    assert_int_equal(figures_say(&ctx, T_games_menu, &said), OK);
    assert_true(said.at == text_of(LANGUAGE_FR, T_games_menu).at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_wrong_is_said_no_more),
        cmocka_unit_test(english_has_no_blank_before_per_cent),
        cmocka_unit_test(no_sentence_holds_a_count_of_the_programs),
        cmocka_unit_test_setup_teardown(pages_count_what_there_is, open_games, close_games),
        cmocka_unit_test_setup_teardown(words_without_figures_stay, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
