#include "core/test_town.h"

#include <stdio.h>

#include "core/audit.h"
#include "core/export.h"
#include "service/accounting/party/party.h"
#include "service/accounting/party/party_rows.h"

#define TOKEN "form_token=" TEST_TOKEN "&"
/* Examples that banks publish. */
#define FRENCH "FR7630006000011234567890189"
#define OTHER "FR1420041010050500013M02606"
#define BELGIAN "BE68539007547034"

enum { ARENA = 8 << 20 };

static struct test_town test;
static struct arena *arena;
static int64_t clerk, second, party;

static int64_t add_party(const char *name)
{
    struct ctx ctx = test_ctx(&test);
    struct party added = {.name = str_of(name), .category = STR("50"), .nature = STR("03")};
    int64_t id = 0;
    assert_int_equal(DO(&test, party_add(&ctx, &added, faults_new(arena), &id)), OK);
    return id;
}

static void give(int64_t person, unsigned rights)
{
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, person, rights)), OK);
}

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    arena = arena_create(ARENA);
    clerk = test_person(&test, "finances@beauval.example", "Service des finances");
    second = test_person(&test, "comptabilite@beauval.example", "Comptabilit\xc3\xa9");
    test_act_as(&test, clerk, ROLE_AGENT);
    give(clerk, RIGHT_PREPARE);
    give(second, RIGHT_ORDER);
    party = add_party("Imprimerie du moulin");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    arena_destroy(&arena);
    return 0;
}

static void act_as(int64_t person)
{
    test_act_as(&test, person, ROLE_AGENT);
}

static enum status enter(int64_t of, const char *iban, const char *bic, int64_t *ret_id)
{
    struct ctx ctx = test_ctx(&test);
    struct party_bank bank = {.iban = str_of(iban), .bic = str_of(bic), .holder = STR("IMPRIMERIE DU MOULIN"),
                              .source = STR("RIB du 12 mars")};
    return DO(&test, party_bank_add(&ctx, of, &bank, faults_new(arena), ret_id));
}

static enum status confirm(int64_t id, const char **ret_code)
{
    struct ctx ctx = test_ctx(&test);
    enum status done = DO(&test, party_bank_confirm(&ctx, id));
    *ret_code = ctx.failure.code;
    return done;
}

static enum status turn_down(int64_t id)
{
    struct ctx ctx = test_ctx(&test);
    return DO(&test, party_bank_refuse(&ctx, id));
}

static struct str paid_on(int64_t of)
{
    struct ctx ctx = test_ctx(&test);
    struct party_bank bank;
    enum status found = party_bank_of(&ctx, of, &bank);
    assert_true(found == OK || found == NOT_FOUND);
    return found == OK ? bank.iban : STR("");
}

static void an_account_waits_for_a_second_person(void **state)
{
    (void)state;
    int64_t id, next;
    const char *code;
    assert_int_equal(enter(party, "fr76 3000 6000 0112 3456 7890 189", "", &id), OK);
    assert_int_equal(paid_on(party).len, 0);
    assert_int_equal(confirm(id, &code), DENIED);
    assert_string_equal(code, "accounting.bank_same_person");
    assert_int_equal(paid_on(party).len, 0);
    assert_int_equal(enter(party, OTHER, "", &next), CONFLICT); /* one at a time */
    act_as(second);
    assert_int_equal(confirm(id, &code), OK);
    assert_true(str_eq(paid_on(party), STR(FRENCH)));
    assert_int_equal(confirm(id, &code), CONFLICT);
    assert_string_equal(code, "accounting.bank_decided");
    assert_int_equal(turn_down(id), CONFLICT);
    assert_int_equal(confirm(99, &code), NOT_FOUND);
    assert_int_equal(enter(99, OTHER, "", &next), NOT_FOUND);
}

static void another_account_replaces_it_once_confirmed(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct party_bank *banks;
    size_t count;
    int64_t id;
    const char *code;
    assert_int_equal(enter(party, FRENCH, "", &id), OK);
    act_as(second);
    assert_int_equal(confirm(id, &code), OK);
    assert_int_equal(enter(party, FRENCH, "", &id), CONFLICT); /* it is that one already */
    assert_int_equal(enter(party, OTHER, "", &id), OK);
    assert_true(str_eq(paid_on(party), STR(FRENCH))); /* until somebody else says so */
    assert_int_equal(confirm(id, &code), DENIED);
    act_as(clerk);
    assert_int_equal(confirm(id, &code), OK);
    assert_true(str_eq(paid_on(party), STR(OTHER)));
    assert_int_equal(party_banks(&ctx, party, &banks, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(banks[0].state, BANK_CONFIRMED);
    assert_int_equal(banks[1].state, BANK_REPLACED);
    assert_true(str_eq(banks[1].entered_name, STR("Service des finances")));
    assert_true(str_eq(banks[1].decided_name, STR("Comptabilit\xc3\xa9")));
}

static void whoever_entered_one_may_take_it_back(void **state)
{
    (void)state;
    int64_t id;
    const char *code;
    assert_int_equal(enter(party, FRENCH, "", &id), OK);
    assert_int_equal(turn_down(id), OK);
    act_as(second);
    assert_int_equal(confirm(id, &code), CONFLICT);
    assert_int_equal(paid_on(party).len, 0);
    assert_int_equal(enter(party, FRENCH, "", &id), OK); /* it may come again */
}

static void a_right_is_needed_to_decide(void **state)
{
    (void)state;
    int64_t id;
    const char *code;
    assert_int_equal(enter(party, FRENCH, "", &id), OK);
    give(second, RIGHT_SIGN | RIGHT_ENGAGE | RIGHT_ATTEST);
    act_as(second);
    assert_int_equal(confirm(id, &code), DENIED);
    assert_string_equal(code, "accounting.right");
    assert_int_equal(turn_down(id), DENIED);
    act_as(clerk);
    give(second, RIGHT_PREPARE);
    act_as(second);
    test.actor.mandate = 1;
    assert_int_equal(confirm(id, &code), DENIED);
    assert_string_equal(code, "mandate.never");
    assert_int_equal(enter(party, OTHER, "", &id), DENIED);
}

/* What the command line entered, nobody of the town did; and nobody's hand confirms nothing. */
static void the_command_line_confirms_nothing(void **state)
{
    (void)state;
    int64_t id;
    const char *code;
    test.actor = (struct actor){.address = STR(""), .name = STR("")};
    assert_int_equal(enter(party, FRENCH, "", &id), OK);
    test.actor.rights = permission_of_role(ROLE_ADMINISTRATOR);
    assert_int_equal(confirm(id, &code), DENIED);
    act_as(clerk);
    assert_int_equal(confirm(id, &code), OK);
}

static void accounts_are_proven(void **state)
{
    (void)state;
    static const struct {
        const char *iban, *bic, *holder, *rule;
    } rows[] = {{FRENCH, "", "H", ""},
                {"FR7630006000011234567890188", "", "H", "party.iban"},
                {"FR763000600001123456789018", "", "H", "party.iban"},
                {"", "BNPAFRPP", "H", "party.iban"},
                {BELGIAN, "", "H", "party.bic"},
                {BELGIAN, "GKCCBEBB", "H", ""},
                {BELGIAN, "GKCCBEB", "H", "party.bic"},
                {BELGIAN, "gkccbebbxxx", "H", ""},
                {BELGIAN, "GKCCBEBB-XX", "H", "party.bic"},
                {FRENCH, "", "", "party.holder"},
                {FRENCH, "", "32 letters are what a holder has", ""},
                {FRENCH, "", "33 letters are more than it takes", "party.holder"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ctx ctx = test_ctx(&test);
        struct faults *faults = faults_new(arena);
        struct party_bank bank = {.iban = str_of(rows[i].iban), .bic = str_of(rows[i].bic),
                                  .holder = str_of(rows[i].holder), .source = STR("")};
        int64_t id;
        enum status done = DO(&test, party_bank_add(&ctx, party, &bank, faults, &id));
        bool is_right = rows[i].rule[0] == 0;
        if (done != (is_right ? OK : INVALID) || (!is_right && !str_eq(faults->kept[0].rule, str_of(rows[i].rule))))
            fail_msg("%s %s %s", rows[i].iban, rows[i].bic, rows[i].holder);
        if (is_right)
            assert_int_equal(turn_down(id), OK);
    }
}

static void the_same_account_at_two_is_told(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct party_found *others;
    size_t count;
    int64_t id, other = add_party("Papeterie du pont");
    struct str body;
    char path[80];
    assert_int_equal(enter(party, FRENCH, "", &id), OK);
    assert_int_equal(party_bank_shared(&ctx, STR(FRENCH), party, &others, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(enter(other, FRENCH, "", &id), OK);
    assert_int_equal(party_bank_shared(&ctx, STR(FRENCH), party, &others, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(others[0].id, other);
    snprintf(path, sizeof path, "/accounting/parties/%lld", (long long)party);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "Papeterie du pont");
    assert_int_equal(turn_down(id), OK); /* what was refused is nobody's */
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_lacks(body, "Papeterie du pont");
}

static void an_account_leaves_little_in_the_log(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    int64_t id;
    audit_row *rows;
    size_t count;
    assert_int_equal(enter(party, FRENCH, "", &id), OK);
    assert_int_equal(audit_list(&ctx, 0, &rows, &count), OK);
    assert_true(str_eq(rows[0].kind, STR("accounting.bank_add")));
    assert_true(str_eq(rows[0].detail, STR("\xE2\x80\xA6" "0189")));
}

/* ---- pages ---- */

static void parties_are_kept_on_pages(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_has(body, "/accounting/parties");
    assert_int_equal(test_page(&test, "/accounting/parties?q=MOULIN", NULL, &body), 200);
    assert_has(body, "Imprimerie du moulin");
    assert_int_equal(test_page(&test, "/accounting/parties?q=personne", NULL, &body), 200);
    assert_lacks(body, "<tbody>");
    assert_int_equal(test_page(&test, "/accounting/parties/new", NULL, &body), 200);
    assert_has(body, "value=\"50\" selected");
    assert_lacks(body, "<option value=\"04\">num"); /* no social security number */
    assert_int_equal(test_page(&test, "/accounting/parties/new",
                               TOKEN "category=01&nature=01&name=Artisan&id_kind=&id_number=&title=&first_name=",
                               &body),
                     422);
    assert_has(body, "value=\"Artisan\"");
    assert_has(body, "role=\"alert\"");
    assert_int_equal(test_page(&test, "/accounting/parties/new",
                               TOKEN "category=01&nature=02&name=Artisan&title=M&first_name=Fournil", &body),
                     303);
    assert_true(str_eq(body, STR("/accounting/parties/2?saved=1")));
    assert_int_equal(test_page(&test, "/accounting/parties/2?saved=1", NULL, &body), 200);
    assert_has(body, "<h1>Artisan Fournil");
    assert_int_equal(test_page(&test, "/accounting/parties/2",
                               TOKEN "category=01&nature=02&name=Artisan&title=M&first_name=", &body),
                     422);
    assert_int_equal(test_page(&test, "/accounting/parties/2",
                               TOKEN "category=01&nature=02&name=Artisan&title=M&first_name=Four&active=yes", &body),
                     303);
    assert_int_equal(test_page(&test, "/accounting/parties/2", NULL, &body), 200);
    assert_has(body, ">Four</td>");
    assert_int_equal(test_page(&test, "/accounting/parties/3", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/parties/x", NULL, &body), 404);
}

static void accounts_are_confirmed_on_pages(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/accounting/parties/1/accounts", TOKEN "iban=FR76&holder=H", &body), 422);
    assert_has(body, "value=\"FR76\"");
    assert_int_equal(test_page(&test, "/accounting/parties/1/accounts", TOKEN "iban=" FRENCH "&holder=H", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/parties/1/accounts", TOKEN "iban=" OTHER "&holder=H", &body), 422);
    assert_int_equal(test_page(&test, "/accounting/parties/1", NULL, &body), 200);
    assert_has(body, "/accounting/parties/1/accounts/1/refuse");
    assert_lacks(body, "/accounting/parties/1/accounts/1/confirm"); /* one's own */
    assert_int_equal(test_page(&test, "/accounting/parties/1/accounts/1/confirm", TOKEN, &body), 403);
    act_as(second);
    assert_int_equal(test_page(&test, "/accounting/parties/1", NULL, &body), 200);
    assert_has(body, "/accounting/parties/1/accounts/1/confirm");
    add_party("Papeterie du pont");
    assert_int_equal(test_page(&test, "/accounting/parties/2/accounts/1/confirm", TOKEN, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/parties/1/accounts/9/confirm", TOKEN, &body), 404);
    assert_int_equal(test_page(&test, "/accounting/parties/1/accounts/1/confirm", TOKEN, &body), 303);
    assert_int_equal(test_page(&test, "/accounting/parties/1/accounts/1/refuse", TOKEN, &body), 422);
    assert_true(str_eq(paid_on(1), STR(FRENCH)));
}

static void readers_change_nothing(void **state)
{
    (void)state;
    struct str body;
    static const char *const forms[] = {"/accounting/parties/new", "/accounting/parties/1",
                                        "/accounting/parties/1/accounts", "/accounting/parties/1/accounts/1/confirm",
                                        "/accounting/parties/1/accounts/1/refuse"};
    int64_t id;
    assert_int_equal(enter(party, FRENCH, "", &id), OK);
    give(second, RIGHT_READ);
    act_as(second);
    assert_int_equal(test_page(&test, "/accounting/parties", NULL, &body), 200);
    assert_lacks(body, "/accounting/parties/new");
    assert_int_equal(test_page(&test, "/accounting/parties/1", NULL, &body), 200);
    assert_lacks(body, "action=\"/accounting");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_int_equal(test_page(&test, forms[i], TOKEN "name=Autre", &body), 403);
    assert_int_equal(test_page(&test, "/accounting/parties/new", NULL, &body), 403);
    give(second, 0);
    assert_int_equal(test_page(&test, "/accounting/parties", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/parties/1", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "/accounting/parties");
}

static void a_town_leaves_with_its_parties(void **state)
{
    (void)state;
    struct buf text[PARTY_ROWS];
    int64_t id, next;
    const char *code;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(enter(party, FRENCH, "", &id), OK);
    act_as(second);
    assert_int_equal(confirm(id, &code), OK);
    for (size_t i = 0; i < PARTY_ROWS; i++) {
        text[i] = BUF_INIT(1 << 20);
        assert_int_equal(export_write(&ctx, &party_rows[i], 0, &text[i], &next), OK);
        assert_int_equal(next, -1);
    }
    test_town_close(&test);
    test_town_open(&test);
    second = test_person(&test, "comptabilite@beauval.example", "Comptabilit\xc3\xa9"); /* other numbers than before */
    clerk = test_person(&test, "finances@beauval.example", "Service des finances");
    act_as(clerk);
    ctx = test_ctx(&test);
    for (size_t i = 0; i < PARTY_ROWS; i++) {
        struct str rest = buf_str(&text[i]), piece;
        assert_int_equal(export_piece(&party_rows[i], true, &rest, &piece), OK);
        assert_int_equal(DO(&test, export_take(&ctx, &party_rows[i], piece)), OK);
        buf_finish(&text[i]);
    }
    struct party_bank bank;
    struct party_found *found;
    size_t count;
    int64_t total;
    assert_int_equal(party_bank_of(&ctx, party, &bank), OK);
    assert_true(str_eq(bank.iban, STR(FRENCH)));
    assert_int_equal(bank.entered_by, clerk);
    assert_int_equal(bank.decided_by, second);
    assert_int_equal(party_find(&ctx, STR("MOULIN"), 0, &found, &count, &total), OK); /* what is derived is made anew */
    assert_int_equal(count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_account_waits_for_a_second_person, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_account_replaces_it_once_confirmed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whoever_entered_one_may_take_it_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_right_is_needed_to_decide, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_command_line_confirms_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(accounts_are_proven, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_account_at_two_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_account_leaves_little_in_the_log, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parties_are_kept_on_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(accounts_are_confirmed_on_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(readers_change_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_town_leaves_with_its_parties, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
