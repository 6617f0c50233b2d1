#include "core/test_town.h"

#include "service/accounting/party/party.h"
#include "service/accounting/party/party_verb.h"

enum { ROWS_MAX = 1 << 20, HANDED_MAX = 200 };

/* The pieces as the command hands them over: the line, then every column. */
#define NUMBERED(line, name, number, iban, bic, holder)                                                                \
    line "," name ",,,,01," number ",50,03,,,,,,,,," iban "," bic "," holder "\r\n"
#define PLAIN(line, name, iban, bic, holder)                                                                           \
    line "," name ",,,,,,50,03,,,,,,,,," iban "," bic "," holder "\r\n"
#define IBAN "FR7630006000011234567890189"

static struct test_town test;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    return 0;
}

/* One piece; what it says, and what it hands on. */
static enum status take(const char *rows, struct buf *handed, struct buf *out)
{
    struct ctx ctx = test_ctx(&test);
    struct buf hand BUF_SCOPE = BUF_INIT(HANDED_MAX);
    struct verb_call call = {.input = str_of(rows), .handed = buf_str(handed), .out = out, .hand = &hand};
    buf_clear(out);
    enum status done = DO(&test, party_import_take(&ctx, &call));
    assert_int_equal(call.next, done == OK ? PARTY_IMPORT_READ : 0);
    buf_clear(handed);
    buf_add(handed, buf_str(&hand));
    return done;
}

static void rows_are_added_left_or_told(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct buf handed BUF_SCOPE = BUF_INIT(HANDED_MAX), out BUF_SCOPE = BUF_INIT(ROWS_MAX);
    assert_int_equal(take(NUMBERED("2", "Imprimerie", "732 829 320 00074", IBAN, "", "IMPRIMERIE")
                          NUMBERED("3", "Papeterie", "73282932000075", "", "", "")
                          PLAIN("4", "Association", "", "", "")
                          PLAIN("5", "Amicale", "FR76", "", "A"), &handed, &out), OK);
    assert_true(str_eq(buf_str(&handed), STR("2 0 2")));
    assert_has(buf_str(&out), "line 3: party.number id_number: 73282932000075");
    assert_has(buf_str(&out), "line 5: party.iban iban: FR76");
    assert_lacks(buf_str(&out), "line 2");
    assert_int_equal(take(NUMBERED("2", "Autre nom", "73282932000074", "", "", "")
                          PLAIN("4", "Association", "", "", ""), &handed, &out), OK);
    assert_true(str_eq(buf_str(&handed), STR("2 2 2")));
    struct party_found *found;
    size_t count;
    int64_t total;
    assert_int_equal(party_find(&ctx, STR(""), 0, &found, &count, &total), OK);
    assert_int_equal(total, 2); /* with a faulty account the party is not taken either */
    assert_true(found[1].has_held && !found[1].has_confirmed);
    assert_int_equal(take("2,Imprimerie\r\n", &handed, &out), INVALID);
}

static void what_was_refused_ends_with_a_refusal(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct buf out BUF_SCOPE = BUF_INIT(ROWS_MAX);
    struct verb_call call = {.handed = STR("2 1 0"), .out = &out};
    assert_int_equal(party_import_end(&ctx, &call), OK);
    assert_true(str_eq(buf_str(&out), STR("2 added, 1 there already, 0 refused\n")));
    call.handed = STR("2 1 3");
    assert_int_equal(party_import_end(&ctx, &call), INVALID);
    assert_string_equal(ctx.failure.code, "accounting.faults");
    call.handed = STR("2 x");
    assert_int_equal(party_import_end(&ctx, &call), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_are_added_left_or_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_refused_ends_with_a_refusal, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
