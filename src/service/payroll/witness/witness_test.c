#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "service/payroll/witness/witness.h"

enum { OUT_MAX = 16 << 20, PATH_MAX_BYTES = 300 };

static struct arena *arena;
static struct law law;
static struct buf out;
static struct witness_tally tally;
static struct str what;

static enum status payslips(struct str json)
{
    buf_clear(&out);
    return witness_print(arena, &law, json, false, &out, &tally, &what);
}

static enum status sick(struct str json)
{
    buf_clear(&out);
    return witness_sick_leave(arena, json, false, &out, &tally, &what);
}

static enum status nir(struct str csv)
{
    buf_clear(&out);
    return witness_nir(arena, csv, false, &out, &tally, &what);
}

static bool has(const char *words)
{
    return str_find(buf_str(&out), str_of(words)) != SIZE_MAX;
}

#define CASES(facts, expected)                                                                                         \
    STR("[{\"id\":\"X-1\",\"periode\":\"2026-03\",\"entree\":{\"statut\":\"titulaire\",\"im\":387" facts "},"        \
        "\"attendu\":{\"lignes\":{" expected "}}}]")

static void a_difference_is_told_to_the_cent(void **state)
{
    (void)state;
    assert_int_equal(payslips(CASES("", "\"tib\":\"1905.11\"")), OK);
    assert_int_equal(tally.right, 1);
    assert_int_equal(payslips(CASES("", "\"tib\":\"1905.12\"")), OK);
    assert_int_equal(tally.wrong, 1);
    assert_true(has("lignes.tib expected 1905.12 computed 1905.11 difference -0.01"));
    assert_true(has("1 cases, 0 right, 1 wrong"));
}

/* Nothing is right because nobody read it. */
static void what_is_not_read_is_wrong(void **state)
{
    (void)state;
    assert_int_equal(payslips(CASES(",\"prime_nouvelle\":\"10\"", "\"tib\":\"1905.11\"")), OK);
    assert_int_equal(tally.wrong, 1);
    assert_true(has("prime_nouvelle: not read"));
    assert_int_equal(payslips(CASES("", "\"ligne_nouvelle\":\"1\"")), OK);
    assert_int_equal(tally.wrong, 1);
    assert_int_equal(payslips(CASES("", "")), OK);
    assert_int_equal(tally.wrong, 1);
    static const char *const amounts[] = {"1905,11", "1 905.11", "1e3", "\xE2\x88\x92" "1905.11", "1905.111", ""};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        struct str json = str_format(arena, "[{\"id\":\"X\",\"periode\":\"2026-03\",\"entree\":{\"statut\":"
                                            "\"titulaire\","
                                            "\"im\":387},\"attendu\":{\"lignes\":{\"tib\":\"%s\"}}}]", amounts[i]);
        assert_int_equal(payslips(json), OK);
        assert_int_equal(tally.wrong, 1);
    }
    assert_int_equal(payslips(STR("{\"cas\":1}")), INVALID);
    assert_int_equal(payslips(STR("[{")), INVALID);
}

static void days_of_sick_leave_are_counted_again(void **state)
{
    (void)state;
#define SICK(days)                                                                                                     \
    STR("{\"cas\":[{\"id\":\"S\",\"arrets\":[{\"du\":\"2026-01-05\",\"au\":\"2026-01-09\"}],"                          \
        "\"attendu_jours_par_mois\":{\"2026-01\":{\"carence\":1,\"p90\":" days "}},"                                   \
        "\"attendu_total\":{\"carence\":1,\"p90\":" days "}}]}")
    assert_int_equal(sick(SICK("4")), OK);
    assert_int_equal(tally.right, 1);
    assert_int_equal(sick(SICK("5")), OK);
    assert_int_equal(tally.wrong, 1);
    assert_true(has("2026-01.p90 expected 5 computed 4 difference -1"));
    assert_int_equal(sick(STR("{\"cas\":[{\"id\":\"S\",\"arrets\":[{\"du\":\"2026-02-31\",\"au\":\"2026-03-01\"}]}]}")),
                     OK);
    assert_int_equal(tally.wrong, 1);
}

static void keys_of_nir_are_proven(void **state)
{
    (void)state;
    assert_int_equal(nir(STR("nir13,cle,origine\n2890478342163,49,x\n289042A342163,90,x\n2890478342163,48,INVALIDE\n")),
                     OK);
    assert_int_equal(tally.right, 3);
    assert_int_equal(nir(STR("nir13,cle,origine\n2890478342163,48,x\n")), OK);
    assert_int_equal(tally.wrong, 1);
    assert_int_equal(nir(STR("a,b,c\n")), INVALID);
}

/* ---- files of others, beside the checkout ---- */

static struct str shared(const char *name)
{
    static struct buf file = BUF_INIT(WITNESS_FILE_MAX);
    char path[PATH_MAX_BYTES];
    const char *folder = getenv("PARVIS_SHARED");
    snprintf(path, sizeof path, "%s/data/hr/cas/%s", folder != NULL ? folder : "../shared", name);
    FILE *from = fopen(path, "rb");
    if (from == NULL) {
        print_message("SKIP %s is not beside the checkout\n", path);
        skip();
    }
    buf_clear(&file);
    char *room = buf_reserve(&file, WITNESS_FILE_MAX);
    assert_non_null(room);
    buf_grew(&file, fread(room, 1, WITNESS_FILE_MAX, from));
    fclose(from);
    return buf_str(&file);
}

static void all_cases_of_others_are_right(void **state)
{
    (void)state;
    assert_int_equal(payslips(shared("reel_001.json")), OK);
    assert_int_equal(tally.right, 1);
    assert_int_equal(payslips(shared("derives_2026-03.json")), OK);
    assert_int_equal(tally.right, 195);
    assert_int_equal(tally.wrong, 0);
    assert_int_equal(payslips(shared("openfisca_agents_publics.json")), OK);
    assert_int_equal(tally.right, 21);
    assert_int_equal(tally.wrong, 0);
    assert_int_equal(sick(shared("conge_maladie_ordinaire.json")), OK);
    assert_int_equal(tally.right, 19);
    assert_int_equal(tally.wrong, 0);
    assert_int_equal(nir(shared("nir_cles.csv")), OK);
    assert_int_equal(tally.right, 50);
    assert_int_equal(tally.wrong, 0);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    out = (struct buf)BUF_INIT(OUT_MAX);
    return law_shipped(arena, &law) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    buf_finish(&out);
    arena_destroy(&arena);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_difference_is_told_to_the_cent),
        CASE(what_is_not_read_is_wrong),
        CASE(days_of_sick_leave_are_counted_again),
        CASE(keys_of_nir_are_proven),
        CASE(all_cases_of_others_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
