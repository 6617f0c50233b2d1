#include "core/identifier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void sirets_are_proven(void **state)
{
    (void)state;
    assert_true(siret_is_right(STR("21560046100010")));
    assert_true(siret_is_right(STR("22330001300016")));
    assert_true(siret_is_right(STR("73282932000074")));
    assert_false(siret_is_right(STR("2156004610008")));   /* 13 digits */
    assert_false(siret_is_right(STR("215600461000100"))); /* 15 */
    assert_false(siret_is_right(STR("21560046100011")));
    assert_false(siret_is_right(STR("21560046100100"))); /* two digits swapped */
    assert_false(siret_is_right(STR("2156004610001O")));
    assert_false(siret_is_right(STR("")));
    assert_false(siret_is_right(STR_NONE));
}

static void sirens_are_proven(void **state)
{
    (void)state;
    assert_true(siren_is_right(STR("732829320")));
    assert_false(siren_is_right(STR("732829321")));
    assert_false(siren_is_right(STR("73282932")));
    assert_true(str_eq(siret_siren(STR("73282932000074")), STR("732829320")));
    assert_true(str_eq(siret_siren(STR("7328293200007")), STR("")));
}

static void la_poste_sums_up_to_five(void **state)
{
    (void)state;
    assert_true(siret_is_right(STR("35600000000048")));  /* the head office, by Luhn */
    assert_true(siret_is_right(STR("35600000000015")));  /* 3 + 5 + 6 + 1 + 5 = 20 */
    assert_false(siret_is_right(STR("35600000000016"))); /* 21 */
    assert_false(siret_is_right(STR("73282932000078"))); /* 45: five divides it, but it is not La Poste's */
}

static void vat_numbers_are_proven(void **state)
{
    (void)state;
    assert_true(vat_is_right(STR("FR44732829320")));
    assert_true(vat_is_right(STR("FR83404833048")));
    assert_true(vat_is_right(STR("FRX3404833048"))); /* a key with a letter is not computed */
    assert_false(vat_is_right(STR("FR84404833048")));
    assert_false(vat_is_right(STR("FR83404833049")));
    assert_false(vat_is_right(STR("FRx3404833048")));
    assert_false(vat_is_right(STR("DE83404833048")));
    assert_false(vat_is_right(STR("FR8340483304")));
    assert_false(vat_is_right(STR("FR")));
    assert_false(vat_is_right(STR_NONE));
}

static void ibans_are_proven(void **state)
{
    (void)state;
    assert_true(iban_is_right(STR("FR1420041010050500013M02606"))); /* the example of ISO 13616 for France */
    assert_true(iban_is_right(STR("DE89370400440532013000")));
    assert_true(iban_is_right(STR("GB82WEST12345698765432")));
    assert_false(iban_is_right(STR("FR1420041010050500013M02607")));
    assert_false(iban_is_right(STR("fr1420041010050500013m02606")));
    assert_false(iban_is_right(STR("FR14 2004 1010 0505 0001 3M02 606")));
    assert_false(iban_is_right(STR("FR142004101005050001302606"))); /* 26 */
    assert_false(iban_is_right(STR("F11420041010050500013M02606")));
    assert_false(iban_is_right(STR("FRA420041010050500013M02606")));
    assert_false(iban_is_right(STR("FR1420041010050500013M0260:")));
    assert_false(iban_is_right(STR("")));
    assert_false(iban_is_right(STR_NONE));
}

static void accounts_are_proven_by_their_key(void **state)
{
    (void)state;
    assert_true(rib_is_right(STR("20041"), STR("01005"), STR("0500013M026"), STR("06"))); /* that of the IBAN above */
    assert_true(rib_is_right(STR("30001"), STR("00866"), STR("C7850000000"), STR("67")));
    assert_false(rib_is_right(STR("30001"), STR("00866"), STR("C7850000000"), STR("68")));
    assert_false(rib_is_right(STR("30001"), STR("00866"), STR("c7850000000"), STR("67")));
    assert_false(rib_is_right(STR("3001"), STR("00866"), STR("C7850000000"), STR("67")));
    assert_false(rib_is_right(STR("30001"), STR("00866"), STR("C785000000"), STR("67")));
    assert_false(rib_is_right(STR("30001"), STR("00866"), STR("C7850000000"), STR("7")));
    assert_false(rib_is_right(STR(""), STR(""), STR(""), STR("")));
}

static void persons_and_hospitals_are_proven(void **state)
{
    (void)state;
    assert_true(nir_is_right(STR("255081416802538"))); /* the example of INSEE */
    assert_false(nir_is_right(STR("255081416802539")));
    assert_false(nir_is_right(STR("25508141680253")));
    assert_false(nir_is_right(STR("25508141680253A")));
    assert_true(finess_is_right(STR("215600461")));
    assert_false(finess_is_right(STR("215600462")));
    assert_true(finess_is_right(STR("2A0000012")));
    assert_false(finess_is_right(STR("2C0000012")));
    assert_false(finess_is_right(STR("2A000001")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sirets_are_proven),
        cmocka_unit_test(sirens_are_proven),
        cmocka_unit_test(la_poste_sums_up_to_five),
        cmocka_unit_test(vat_numbers_are_proven),
        cmocka_unit_test(ibans_are_proven),
        cmocka_unit_test(accounts_are_proven_by_their_key),
        cmocka_unit_test(persons_and_hospitals_are_proven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
