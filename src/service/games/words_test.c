/* Words of the games: none that was found wrong comes back. */
#include "service/games/test_games.h"

/* Which sentence of all says it; T_none: none. */
static enum text_key says(enum language language, const char *words)
{
    for (int key = T_none + 1; key < T_COUNT; key++)
        if (str_find(lang_texts[language][key].one, str_of(words)) != SIZE_MAX)
            return (enum text_key)key;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_wrong_is_said_no_more),
        cmocka_unit_test(english_has_no_blank_before_per_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
