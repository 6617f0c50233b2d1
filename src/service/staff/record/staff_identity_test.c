#include "service/staff/test_staff.h"

#include <stdio.h>

#include "service/staff/lang.h"
#include "service/staff/record/staff_bank.h"
#include "service/staff/record/staff_identity.h"
#include "service/staff/record/staff_log.h"
#include "service/staff/record/staff_sealed.h"



static struct staff_identity somebody(void)
{
    return (struct staff_identity){.name = STR("Service"), .first_name = STR("Voirie"), .birth_name = STR(""),
                                   .sex = STR("1"), .born = date_of(1985, 5, 2), .born_at = STR("Beauval"),
                                   .nir = STR(""), .street = STR("1 place de la Mairie"), .postcode = STR("69000"),
                                   .place = STR("Beauval")};
}

static enum text_key nir(const char *number)
{
    struct staff_identity identity = somebody();
    identity.nir = str_of(number);
    return staff_identity_fault(&identity);
}

static const char *key_of(const char *thirteen)
{
    uint64_t number = 0;
    static char whole[32];
    for (size_t i = 0; i < 13; i++)
        number = number * 10 + (uint64_t)(thirteen[i] - '0');
    assert_int_equal(snprintf(whole, sizeof whole, "%s%02u", thirteen, (unsigned)(97 - number % 97)), 15);
    return whole;
}

static void a_nir_fits_who_it_is_of(void **state)
{
    (void)state;
    assert_int_equal(nir(key_of("1850569123456")), T_none);
    assert_int_equal(nir(""), T_none);
    assert_int_equal(nir("185056912345600"), T_staff_nir_wrong);
    assert_int_equal(nir(key_of("2850569123456")), T_staff_nir_mismatch);
    assert_int_equal(nir(key_of("1860569123456")), T_staff_nir_mismatch);
    assert_int_equal(nir(key_of("1850669123456")), T_staff_nir_mismatch);
    assert_int_equal(nir(key_of("1852069123456")), T_none);
    assert_int_equal(nir(key_of("1854269123456")), T_none);
    assert_int_equal(nir(key_of("1851369123456")), T_staff_nir_month);
    assert_int_equal(nir(key_of("1854369123456")), T_staff_nir_month);
    assert_int_equal(nir(key_of("7850569123456")), T_staff_nir_provisional);
    assert_int_equal(nir(key_of("3850569123456")), T_staff_nir_provisional);
}

static void an_identity_is_sealed_and_its_readings_noted(void **state)
{
    (void)state;
    staff_log *entries;
    size_t count;
    int64_t agent = staff_test_agent("AG0001"), other = staff_test_agent("AG0002");
    struct staff_identity identity = somebody(), read;
    identity.nir = str_copy(test.arena, str_of(key_of("1850569123456")));
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_identity_of(&ctx, agent, STAFF_FOR_PAY, &read)), NOT_FOUND);
    assert_int_equal(DO(&test, staff_identity_set(&ctx, agent, &identity)), OK);
    assert_int_equal(DO(&test, staff_identity_set(&ctx, other, &identity)), CONFLICT); /* the same NIR */
    assert_int_equal(DO(&test, staff_identity_of(&ctx, agent, STAFF_FOR_PAY, &read)), OK);
    assert_true(str_eq(read.nir, identity.nir));
    assert_true(str_eq(read.place, STR("Beauval")));
    assert_int_equal(staff_log_list(&ctx, agent, &entries, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(entries[0].reason, STAFF_FOR_PAY);
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_identity_of(&ctx, agent, STAFF_FOR_PAY, &read)), DENIED);
}

static void an_account_waits_for_a_second_person(void **state)
{
    (void)state;
    int64_t agent = staff_test_agent("AG0001"), other = staff_test_agent("AG0002");
    struct staff_bank held, confirmed;
    struct staff_account account = {.iban = STR("fr14 2004 1010 0505 0001 3m02 606"), .bic = STR(""),
                                    .holder = STR("Service voirie")}, paid;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_bank_add(&ctx, agent, &account)), OK);
    assert_int_equal(DO(&test, staff_bank_add(&ctx, agent, &account)), CONFLICT);
    assert_int_equal(DO(&test, staff_account_of(&ctx, agent, &paid)), NOT_FOUND);
    assert_int_equal(DO(&test, staff_bank_list(&ctx, agent, &held, &confirmed)), OK);
    assert_int_equal(held.shared.len, 0);
    int64_t second = test_person(&test, "paie@beauval.example", "Paie");
    staff_test_give(hr, STAFF_RIGHTS_ALL);
    staff_test_give(second, STAFF_MAY_CONFIRM);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_bank_confirm(&ctx, agent, held.id)), DENIED);
    test_act_as(&test, second, ROLE_AGENT);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_bank_confirm(&ctx, other, held.id)), NOT_FOUND);
    assert_int_equal(DO(&test, staff_bank_confirm(&ctx, agent, held.id)), OK);
    assert_int_equal(DO(&test, staff_bank_confirm(&ctx, agent, held.id)), CONFLICT);
    assert_int_equal(DO(&test, staff_account_of(&ctx, agent, &paid)), OK);
    assert_true(str_eq(paid.iban, STR("FR1420041010050500013M02606")));
    assert_int_equal(DO(&test, staff_bank_add(&ctx, other, &account)), OK); /* told, not refused */
    assert_int_equal(DO(&test, staff_bank_list(&ctx, other, &held, &confirmed)), OK);
    assert_true(str_eq(held.shared, STR("AG0001")));
    account.iban = STR("FR1420041010050500013M02607");
    assert_int_equal(DO(&test, staff_bank_add(&ctx, agent, &account)), INVALID);
}

static void the_page_shows_it_for_a_reason(void **state)
{
    (void)state;
    struct str body;
    int64_t agent = staff_test_agent("AG0001");
    struct staff_identity identity = somebody();
    identity.nir = STR("");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_identity_set(&ctx, agent, &identity)), OK);
    assert_int_equal(test_page(&test, "/staff/agents/1/identity", NULL, &body), 200);
    assert_lacks(body, "Voirie");
    assert_int_equal(test_page(&test, "/staff/agents/1/identity?reason=1", NULL, &body), 200);
    assert_has(body, "Voirie");
    assert_has(body, "paie");
    assert_int_equal(test_page(&test, "/staff/agents/1/identity",
                               TOKEN "name=A&first_name=B&sex=1&born=1985-05-02&nir=1+85+05+69+123+456+00", &body),
                     422);
    assert_has(body, "sa clé ne correspond pas");
    assert_int_equal(test_page(&test, "/staff/agents/1/bank", TOKEN "iban=FR00&holder=X", &body), 422);
}

static void what_is_sealed_is_opened_on_request(void **state)
{
    (void)state;
    staff_log *entries;
    size_t count;
    int64_t agent = staff_test_agent("AG0001");
    struct ctx ctx = test_ctx(&test);
    struct staff_identity identity = somebody();
    struct buf out BUF_SCOPE = BUF_INIT(VERB_OUT_MAX), hand BUF_SCOPE = BUF_INIT(VERB_HANDED_MAX);
    struct verb_call call = {.handed = STR(""), .out = &out, .hand = &hand, .next = -1};
    assert_int_equal(DO(&test, staff_identity_set(&ctx, agent, &identity)), OK);
    (void)staff_test_agent("AG0002"); /* has nothing that is sealed */
    test.actor = (struct actor){.address = STR(""), .name = STR("")};
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, staff_sealed_next(&ctx, &call)), OK);
    assert_has(buf_str(&out), "{\"code\":\"AG0001\",\"name\":\"Service\"");
    assert_has(buf_str(&out), "\"born\":\"1985-05-02\"");
    assert_lacks(buf_str(&out), "AG0002");
    assert_int_equal(call.next, -1); /* all were in the first piece */
    assert_int_equal(staff_log_list(&ctx, agent, &entries, &count), OK);
    assert_true(count > 0); /* and the agent sees it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_sealed_is_opened_on_request, staff_test_open, staff_test_close),
        cmocka_unit_test(a_nir_fits_who_it_is_of),
        cmocka_unit_test_setup_teardown(an_identity_is_sealed_and_its_readings_noted, staff_test_open,
                                        staff_test_close),
        cmocka_unit_test_setup_teardown(an_account_waits_for_a_second_person, staff_test_open, staff_test_close),
        cmocka_unit_test_setup_teardown(the_page_shows_it_for_a_reason, staff_test_open, staff_test_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
