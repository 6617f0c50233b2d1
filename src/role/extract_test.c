#include "role/extract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define EXTRACT STR("la carte se demande en mairie. Elle est gratuite pour tous")

static void an_extract_is_compared_by_its_words(void **state)
{
    (void)state;
    struct str text = STR("En bref, la carte se demande en mairie : elle est  gratuite pour tous !");
    assert_true(extract_stands_in(text, EXTRACT));
    assert_false(extract_stands_in(STR("La carte se demande en mairie. Elle est payante."), EXTRACT));
    assert_false(extract_stands_in(STR("La carte se demande en mairie. Elle est gratuite pour tousser"), EXTRACT));
}

/* Quotes stand in the order of their worth; what runs over two of them is there all the same. */
static void quotes_are_read_in_the_order_of_their_source(void **state)
{
    (void)state;
    struct quote quotes[] = {{.text = STR("Elle est gratuite pour tous."), .offset = 60},
                             {.text = STR("La carte se demande en mairie."), .offset = 10}};
    assert_true(extract_is_quoted(quotes, 2, EXTRACT));
    assert_false(extract_is_quoted(quotes, 1, EXTRACT));
    assert_false(extract_is_quoted(quotes, 0, EXTRACT));
}

static void a_passage_carries_a_part_of_an_extract(void **state)
{
    (void)state;
    assert_true(extract_is_carried(STR("La carte se demande en mairie, le matin."), EXTRACT)); /* six words */
    assert_true(extract_is_carried(STR("Elle est gratuite."), EXTRACT));                       /* the whole of it */
    assert_false(extract_is_carried(STR("La carte se demande en préfecture ou ailleurs."), EXTRACT));
    assert_false(extract_is_carried(STR("La mairie ouvre à 9 h."), EXTRACT));
    assert_true(extract_is_carried(STR("Il faut compter trois semaines en moyenne."), STR("trois semaines")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_extract_is_compared_by_its_words),
        cmocka_unit_test(quotes_are_read_in_the_order_of_their_source),
        cmocka_unit_test(a_passage_carries_a_part_of_an_extract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
