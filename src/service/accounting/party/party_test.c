#include "core/test_town.h"

#include <stdio.h>

#include "service/accounting/party/party.h"
#include "service/accounting/party/party_code.h"

enum { ARENA = 32 << 20 };

static struct test_town test;
static struct arena *arena;
static int64_t clerk, second;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    clerk = test_person(&test, "finances@beauval.example", "Service des finances");
    second = test_person(&test, "comptabilite@beauval.example", "Comptabilit\xc3\xa9");
    test_act_as(&test, clerk, ROLE_AGENT);
    arena = arena_create(ARENA);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    arena_destroy(&arena);
    return 0;
}

/* With the SIRET that INSEE explains the number by. */
static struct party company(void)
{
    struct party party = {.is_active = true};
    for (size_t i = 0; i < PARTY_FIELDS; i++)
        *party_text(&party, i) = STR("");
    party.name = STR("Imprimerie du moulin");
    party.category = STR("50");
    party.nature = STR("03");
    party.id_kind = STR("01");
    party.id_number = STR("73282932000074");
    return party;
}

static struct party person(void)
{
    struct party party = company();
    party.category = STR("01");
    party.nature = STR("01");
    party.id_kind = party.id_number = STR("");
    party.title = STR("MME");
    party.first_name = STR("Fournil");
    return party;
}

/* "": nothing is wrong; else the rule and the place of the one fault. */
static struct str fault_of(const struct party *party)
{
    struct faults *faults = faults_new(arena);
    enum status done = party_check(party, faults);
    assert_int_equal(done, faults->found == 0 ? OK : INVALID);
    if (faults->found == 0)
        return STR("");
    assert_int_equal(faults->found, 1);
    return str_format(arena, "%.*s %.*s", STR_ARG(faults->kept[0].rule), STR_ARG(faults->kept[0].place));
}

#define assert_fault(party, words)                                                                                     \
    do {                                                                                                               \
        struct str said_ = fault_of(&(party));                                                                         \
        if (!str_eq(said_, STR(words)))                                                                                \
            fail_msg("%.*s instead of %s", STR_ARG(said_), words);                                                     \
    } while (0)

static void texts_have_the_room_of_pes(void **state)
{
    (void)state;
    struct party party = company();
    struct str longest = STR("\xc3\x89glise et Cie, imprimeurs de la place."); /* 38 characters */
    assert_int_equal(longest.len, PARTY_NAME_MAX + 1);
    assert_fault(party, "");
    party.name = longest;
    assert_fault(party, "");
    party.name = STR("Eglise et Cie, imprimeurs de la place. ");
    assert_fault(party, "party.name name");
    static const char *const nothing[] = {"", ".", "nc", "NC", "000", "a\nb", "a\xE2\x80\xAE" "b"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        party.name = str_of(nothing[i]);
        assert_fault(party, "party.name name");
    }
    party = company();
    party.complement = STR("0");
    assert_fault(party, "party.text complement");
    party.complement = STR("39 characters are one too many for PES.");
    assert_fault(party, "party.text complement");
    party.complement = STR("");
    party.phone = STR("nc");
    assert_fault(party, "party.text phone");
    party.phone = STR("");
    party.mail = STR("moulin");
    assert_fault(party, "party.mail mail");
    party.mail = STR("contact@moulin.example");
    assert_fault(party, "");
}

static void persons_have_first_names_and_none_else(void **state)
{
    (void)state;
    struct party party = person();
    assert_fault(party, "");
    party.nature = STR("02"); /* a craftsman */
    assert_fault(party, "");
    party.nature = STR("03");
    assert_fault(party, "party.couple nature");
    party = person();
    party.first_name = STR("");
    assert_fault(party, "party.person first_name");
    party = person();
    party.title = STR("");
    assert_fault(party, "party.person title");
    party.title = STR("Mlle");
    assert_fault(party, "party.person title");
    party = company();
    party.first_name = STR("Fournil");
    assert_fault(party, "party.person first_name");
    party = company();
    party.title = STR("M");
    assert_fault(party, "party.person title");
    party = company();
    party.nature = STR("01");
    assert_fault(party, "party.couple nature");
    party = company();
    party.category = STR("51");
    assert_fault(party, "party.code category");
    party = company();
    party.nature = STR("12");
    assert_fault(party, "party.code nature");
}

static void numbers_are_proven_by_their_kind(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *number, *fault;
    } rows[] = {{"01", "73282932000074", ""},
                {"01", "73282932000075", "party.number id_number"},
                {"01", "7328293200007", "party.number id_number"},
                {"01", "", "party.number id_number"},
                {"", "73282932000074", "party.number id_number"},
                {"02", "732829320", ""},
                {"02", "732829321", "party.number id_number"},
                {"05", "FR44732829320", ""},
                {"05", "FR45732829320", "party.number id_number"},
                {"05", "DE136695976", ""},
                {"06", "12345678", "party.number id_number"}, /* 8 characters, and 9 are the least */
                {"06", "123456789", ""},
                {"06", "123456789012345678", ""},
                {"06", "12345-789", "party.number id_number"},
                {"04", "180126300127758", "party.nir id_kind"},
                {"10", "123456789", "party.code id_kind"},
                {"", "", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct party party = company();
        party.id_kind = str_of(rows[i].kind);
        party.id_number = str_of(rows[i].number);
        struct str said = fault_of(&party);
        if (!str_eq(said, str_of(rows[i].fault)))
            fail_msg("%s %s: %.*s", rows[i].kind, rows[i].number, STR_ARG(said));
    }
}

static void an_address_is_whole_or_none(void **state)
{
    (void)state;
    struct party party = company();
    party.street = STR("12 rue du Moulin");
    assert_fault(party, "party.address street");
    party.place = STR("Beauval");
    assert_fault(party, "party.address street");
    party.postcode = STR("1234");
    assert_fault(party, "party.address street");
    party.postcode = STR("80630");
    assert_fault(party, "");
    party.street = STR("");
    assert_fault(party, "party.address street");
    party = company();
    party.country = STR("109");
    assert_fault(party, "");
    party.country = STR("10");
    assert_fault(party, "party.country country");
    party.country = STR("ALL");
    assert_fault(party, "party.country country");
}

static void each_code_of_pes_has_words(void **state)
{
    (void)state;
    static const size_t counts[PARTY_LISTS] = {9, 23, 11};
    for (size_t list = 0; list < PARTY_LISTS; list++) {
        const struct str *codes;
        size_t count;
        assert_int_equal(party_codes(arena, (enum party_list)list, &codes, &count), OK);
        assert_int_equal(count, counts[list]);
        for (size_t i = 0; i < count; i++)
            assert_true(party_code_words((enum party_list)list, codes[i]) != T_none);
    }
    assert_true(party_code_words(PARTY_NATURES, STR("12")) == T_none);
}

static enum status add(struct party party, int64_t *ret_id)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(arena);
    enum status done = DO(&test, party_add(&ctx, &party, faults, ret_id));
    assert_true(done == OK || faults->found > 0);
    return done;
}

static void a_number_is_of_one_party(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct party there, party = company();
    struct faults *faults = faults_new(arena);
    int64_t one, other;
    party.id_number = STR("732 829 320 00074"); /* as people write it */
    assert_int_equal(add(party, &one), OK);
    assert_int_equal(party_get(&ctx, one, &there), OK);
    assert_true(str_eq(there.id_number, STR("73282932000074")) && there.is_active);
    party = company();
    party.name = STR("Papeterie du moulin");
    assert_int_equal(DO(&test, party_add(&ctx, &party, faults, &other)), CONFLICT);
    assert_true(str_eq(faults->kept[0].rule, STR("party.there")));
    assert_has(faults->kept[0].mend, "Imprimerie du moulin");
    party.id_number = STR("");
    party.id_kind = STR("");
    assert_int_equal(add(party, &other), OK); /* without a number there may be many */
    assert_int_equal(add(party, &other), OK);
    party.id = other;
    party.id_kind = STR("01");
    party.id_number = STR("73282932000074");
    assert_int_equal(DO(&test, party_change(&ctx, &party, faults)), CONFLICT);
    party.id = 99;
    assert_int_equal(DO(&test, party_change(&ctx, &party, faults)), NOT_FOUND);
    assert_int_equal(party_of_number(&ctx, STR("01"), STR("73282932000074"), &there), OK);
    assert_int_equal(there.id, one);
    assert_int_equal(party_of_number(&ctx, STR("01"), STR(""), &there), NOT_FOUND);
    assert_int_equal(add((struct party){0}, &other), INVALID);
}

static void each_change_is_kept(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(arena);
    struct party_change *changes;
    struct party party = company();
    size_t count;
    int64_t id;
    assert_int_equal(add(party, &id), OK);
    assert_int_equal(party_get(&ctx, id, &party), OK);
    test_act_as(&test, second, ROLE_AGENT);
    ctx = test_ctx(&test);
    party.name = STR("Imprimerie du pont");
    party.is_active = false;
    assert_int_equal(DO(&test, party_change(&ctx, &party, faults)), OK);
    assert_int_equal(DO(&test, party_change(&ctx, &party, faults)), OK); /* the same again */
    assert_int_equal(party_changes(&ctx, id, &changes, &count), OK);
    assert_int_equal(count, 3);
    assert_true(str_eq(changes[0].column, STR("is_active")) && str_eq(changes[0].after, STR("no")));
    assert_true(str_eq(changes[1].column, STR("name")));
    assert_true(str_eq(changes[1].before, STR("Imprimerie du moulin")));
    assert_true(str_eq(changes[1].after, STR("Imprimerie du pont")));
    assert_true(str_eq(changes[1].who, STR("Comptabilit\xc3\xa9")));
    assert_true(str_eq(changes[2].column, STR("created")));
    assert_true(str_eq(changes[2].who, STR("Service des finances")));
    party.name = STR("");
    assert_int_equal(DO(&test, party_change(&ctx, &party, faults)), INVALID);
    assert_int_equal(party_changes(&ctx, id, &changes, &count), OK);
    assert_int_equal(count, 3);
}

static void parties_are_found_page_by_page(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct party_found *found;
    struct party party = person();
    size_t count;
    int64_t id, total;
    char name[40], text[201];
    assert_int_equal(add(company(), &id), OK);
    party.name = STR("R\xc3\xa9gisseur");
    assert_int_equal(add(party, &id), OK);
    party.name = STR("100 % bois_vert");
    assert_int_equal(add(party, &id), OK);
    static const struct {
        const char *text;
        int64_t total;
    } rows[] = {{"", 3},          {"REGISSEUR", 1},      {"fournil", 2}, {"829320", 1}, {"732 829 320 00074", 1},
                {"%", 1},         {"_", 1},             {"!", 0},    {"personne", 0}, {"moulin", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(party_find(&ctx, str_of(rows[i].text), 0, &found, &count, &total), OK);
        assert_int_equal(total, rows[i].total);
        assert_int_equal(count, rows[i].total);
    }
    for (int i = 0; i < PARTY_PAGE; i++) {
        snprintf(name, sizeof name, "Association %d", i);
        party = company();
        party.id_kind = party.id_number = STR("");
        party.name = str_of(name);
        assert_int_equal(add(party, &id), OK);
    }
    assert_int_equal(party_find(&ctx, STR("association"), 0, &found, &count, &total), OK);
    assert_true(count == PARTY_PAGE && total == PARTY_PAGE);
    assert_int_equal(party_find(&ctx, STR(""), PARTY_PAGE, &found, &count, &total), OK);
    assert_int_equal(count, 3);
    assert_int_equal(total, PARTY_PAGE + 3);
    memset(text, 'a', sizeof text);
    assert_int_equal(party_find(&ctx, (struct str){text, 200}, 0, &found, &count, &total), OK);
    assert_int_equal(party_find(&ctx, (struct str){text, 201}, 0, &found, &count, &total), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(texts_have_the_room_of_pes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(persons_have_first_names_and_none_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_are_proven_by_their_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_address_is_whole_or_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_code_of_pes_has_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_number_is_of_one_party, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_change_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parties_are_found_page_by_page, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
