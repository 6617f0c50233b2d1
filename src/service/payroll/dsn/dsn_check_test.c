#include "service/payroll/dsn/dsn_check.h"

#include "service/payroll/dsn/test_dsn_shared.h"
#include "service/payroll/dsn/test_dsn.h"
#include "service/payroll/dsn/test_plant.h"

enum { ARENA = 256 << 20, OUT_MAX = 16 << 20, AGENTS = 20, FAULTS_PLANTED = 200 };

static struct sample_town town;
static struct arena *town_arena;
static struct buf sound = BUF_INIT(OUT_MAX);

static int make_town(void **state)
{
    size_t agent;
    (void)state;
    town_arena = arena_create(ARENA);
    sample_make(&town, town_arena, AGENTS, 5);
    return dsn_build(&sound, &town.order, &agent) == OK ? 0 : -1;
}

static int drop_town(void **state)
{
    (void)state;
    buf_finish(&sound);
    arena_destroy(&town_arena);
    return 0;
}

static void look(struct arena *arena, struct str bytes, struct str before, struct dsn_faults *ret_faults)
{
    assert_int_equal(dsn_check(arena, &town.law, bytes, before, ret_faults), OK);
}

static void show(const struct dsn_faults *faults)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    dsn_faults_print(&out, faults, false, false);
    print_message("%.*s", STR_ARG(buf_str(&out)));
}

static bool has(const struct dsn_faults *faults, const char *rule)
{
    for (size_t i = 0; i < faults->count; i++)
        if (str_eq(faults->kept[i].rule->code, str_of(rule)))
            return true;
    return false;
}

/* ---- what is sound is not refused ---- */

static void the_sample_is_not_refused(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf sample BUF_SCOPE = BUF_INIT(SHARED_FILE_MAX);
    struct dsn_faults faults;
    size_t added = 0;
    (void)state;
    shared_sample(&sample);
    look(arena, buf_str(&sample), STR_NONE, &faults);
    if (faults.found > 0)
        show(&faults);
    assert_int_equal(faults.found, 0);
    for (size_t i = 0; i < faults.note_count; i++)
        added += str_eq(faults.notes[i].rule->code, STR("rubric.added"));
    assert_int_equal(added, 35);
}

/* The same with CRLF at each line. */
static void line_ends_do_not_matter(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf other BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_faults faults;
    (void)state;
    for (struct str rest = buf_str(&sound); rest.len > 0;) {
        buf_add(&other, str_cut(&rest, '\n'));
        buf_add_literal(&other, "\r\n");
    }
    look(arena, buf_str(&other), STR_NONE, &faults);
    assert_int_equal(faults.found, 0);
    buf_add_literal(&other, "S21.G00.30.001,'x'\n");
    look(arena, buf_str(&other), STR_NONE, &faults);
    assert_true(has(&faults, "line.ends"));
}

/* ---- what is planted is found ---- */

static void planted_faults_are_found(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct seeded seeded = {3};
    struct dsn_file file;
    int found = 0;
    (void)state;
    assert_int_equal(dsn_file_read(arena, buf_str(&sound), &file), OK);
    for (int i = 0; i < FAULTS_PLANTED; i++) {
        const struct plant *plant = &plants[i % PLANTS];
        struct arena *scratch ARENA_SCOPE = arena_create(ARENA);
        struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
        struct dsn_faults faults;
        size_t place = plant_line(plant, &file, &seeded), line;
        assert_true(place < file.count);
        plant_write(&out, plant, &file, place, &line);
        look(scratch, buf_str(&out), STR_NONE, &faults);
        if (plant_is_found(&faults, line))
            found++;
        else
            print_message("not found: %s at line %zu\n", plant->what, line);
    }
    print_message("%d of %d planted faults found with line and words\n", found, FAULTS_PLANTED);
    assert_int_equal(found, FAULTS_PLANTED);
}

/* One rubric of the sound file set to a value; the rule that says so, at that line. */
static void set_and_say(uint32_t number, const char *of, const char *value, const char *rule)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct plant plant = {"", number, of, PLANT_SET, value, 0};
    struct seeded seeded = {9};
    struct dsn_file file;
    struct dsn_faults faults;
    size_t line;
    assert_int_equal(dsn_file_read(arena, buf_str(&sound), &file), OK);
    size_t place = plant_line(&plant, &file, &seeded);
    assert_true(place < file.count);
    plant_write(&out, &plant, &file, place, &line);
    look(arena, buf_str(&out), STR_NONE, &faults);
    for (size_t i = 0; i < faults.count; i++)
        if (faults.kept[i].line == line && str_eq(faults.kept[i].rule->code, str_of(rule)))
            return;
    show(&faults);
    fail_msg("%s is not said of %s", rule, value);
}

/* Bad inputs 14 and 15: amounts and dates that are none. */
static void amounts_and_dates_are_read_strictly(void **state)
{
    static const char *const amounts[] = {"1905,11", "1 905.11", "1\xA0" "905.11", "\x96" "12", "1e3", "+5.00",
                                          "5.", ".5", "-", "5.00 ", "0x10", "1.2.3"};
    static const char *const dates[] = {"31022026", "010326", "03312026", "20260331", "00012026", "01002026",
                                        "29022025", "1032026", "0103202A", "01/03/26", "01010000"};
    (void)state;
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        set_and_say(210051013, NULL, amounts[i], "value.number");
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        set_and_say(210051001, NULL, dates[i], "value.date");
}

/* Bad input 16: quotes are kept; control characters and other charsets are said. */
static void letters_are_those_of_the_charset(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct plant plant = {"", 210030002, NULL, PLANT_SET, "L'H\xD4PITAL 'D'EN HAUT'", 0};
    struct seeded seeded = {9};
    struct dsn_file file;
    struct dsn_faults faults;
    size_t line;
    (void)state;
    set_and_say(210030002, NULL, "A\x07" "B", "line.control");
    set_and_say(210030002, NULL, "A\x7F" "B", "line.control");
    set_and_say(210030002, NULL, "HERV\xC3\x89", "line.utf8");
    set_and_say(210030002, NULL, "L\x92" "ABB", "line.charset");
    assert_int_equal(dsn_file_read(arena, buf_str(&sound), &file), OK);
    plant_write(&out, &plant, &file, plant_line(&plant, &file, &seeded), &line);
    look(arena, buf_str(&out), STR_NONE, &faults);
    assert_int_equal(faults.found, 0);
}

/* Bad input 17: SIRET by Luhn's formula; those of La Poste by their sum. */
static void siret_prove_themselves(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct plant plant = {"", 210040019, NULL, PLANT_SET, "35600000000048", 0};
    struct seeded seeded = {9};
    struct dsn_file file;
    struct dsn_faults faults;
    size_t line;
    (void)state;
    set_and_say(210011001, NULL, "00011", "siret.wrong");
    set_and_say(210011001, NULL, "123", "siret.wrong");
    set_and_say(210040019, NULL, "35600000000049", "siret.wrong");
    set_and_say(210040019, NULL, "20004242200011", "siret.wrong");
    set_and_say(210006001, NULL, "20004242", "siret.wrong");
    assert_int_equal(dsn_file_read(arena, buf_str(&sound), &file), OK);
    for (int i = 0; i < 2; i++) {
        buf_clear(&out);
        plant.with = i == 0 ? "35600000000048" : "12345678900012"; /* La Poste; an example */
        plant_write(&out, &plant, &file, plant_line(&plant, &file, &seeded), &line);
        look(arena, buf_str(&out), STR_NONE, &faults);
        assert_int_equal(faults.found, 0);
    }
}

static void structure_is_said(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct dsn_faults faults;
    (void)state;
    look(arena, STR(""), STR_NONE, &faults);
    assert_true(has(&faults, "sending.none"));
    look(arena, STR("a\n\nb"), STR_NONE, &faults);
    assert_true(has(&faults, "line.form"));
    assert_true(has(&faults, "line.empty"));
    look(arena, STR("S10.G00.00.006,'P26V01'\nS20.G00.05.001,'01'\nS20.G00.05.002,'01'\n"), STR_NONE, &faults);
    assert_true(has(&faults, "block.missing"));
    assert_true(has(&faults, "rubric.missing"));
    look(arena, STR("S10.G00.00.006,'P23V01'\n"), STR_NONE, &faults);
    assert_true(has(&faults, "value.list"));
}

static void faults_are_said_as_json(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_faults faults;
    (void)state;
    look(arena, STR("S10.G00.00.006,'P26V01'\nS21.G00.30.002,'\"\x07\xE9'\n"), STR_NONE, &faults);
    dsn_faults_print(&out, &faults, true, true);
    assert_true(str_starts(buf_str(&out), STR("{\"faults\":[\n{\"level\":")));
    assert_int_not_equal(str_find(buf_str(&out), STR("\"rubric\":\"S21.G00.30.002\",\"value\":\"\\\"\\u0007é\"")),
                         SIZE_MAX);
}

/* ---- level 6 ---- */

static void build_next(struct buf *out, struct dsn_contract *contract)
{
    struct dsn_agent *agents = arena_array(town_arena, struct dsn_agent, AGENTS);
    struct dsn_order order = town.order;
    size_t agent;
    memcpy(agents, town.agents, AGENTS * sizeof *agents);
    agents[3].contracts = contract;
    order.agents = agents;
    assert_int_equal(dsn_build(out, &order, &agent), OK);
}

static bool next_month_has(struct dsn_contract *contract, const char *rule)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_faults faults;
    build_next(&out, contract);
    look(arena, buf_str(&out), buf_str(&sound), &faults);
    if (rule == NULL && faults.found > 0)
        show(&faults);
    return rule == NULL ? faults.found == 0 : has(&faults, rule);
}

static void months_agree(void **state)
{
    struct dsn_contract contract = town.agents[3].contracts[0];
    struct dsn_change change = {.day = date_of(2026, 3, 1), .of = {{35, contract.index}}, .count = 1};
    (void)state;
    assert_true(next_month_has(&contract, NULL));
    contract.index = STR("371");
    assert_true(next_month_has(&contract, "change.untold"));
    contract.changes = &change;
    contract.change_count = 1;
    assert_true(next_month_has(&contract, NULL));
    change.of[0].old = STR("999");
    assert_true(next_month_has(&contract, "change.untold"));
    contract = town.agents[3].contracts[0];
    contract.start.days++;
    assert_true(next_month_has(&contract, "contract.start"));
}

/* Without its last agent, and with another. */
static void contracts_do_not_vanish(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_order order = town.order;
    struct dsn_faults faults;
    size_t agent;
    (void)state;
    order.agent_count--;
    assert_int_equal(dsn_build(&out, &order, &agent), OK);
    look(arena, buf_str(&out), buf_str(&sound), &faults);
    assert_true(has(&faults, "contract.gone"));
    look(arena, buf_str(&sound), buf_str(&out), &faults); /* one more is no fault */
    assert_int_equal(faults.found, 0);
}

static void facts_stand_in_the_file(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_contract contract = town.agents[3].contracts[0];
    struct dsn_stop stop = {.reason = STR("13"), .last_worked = date_of(2026, 3, 9), .until = date_of(2026, 4, 9)};
    struct dsn_fact fact = {DSN_STOP, town.agents[3].number, contract.number, STR("13"), date_of(2026, 3, 9)};
    struct dsn_faults faults;
    (void)state;
    contract.stops = &stop;
    contract.stop_count = 1;
    build_next(&out, &contract);
    assert_int_equal(dsn_check_facts(arena, &town.law, buf_str(&out), &fact, 1, &faults), OK);
    assert_int_equal(faults.found, 0);
    assert_int_equal(dsn_check_facts(arena, &town.law, buf_str(&out), NULL, 0, &faults), OK);
    assert_true(has(&faults, "fact.none"));
    fact.reason = STR("12");
    assert_int_equal(dsn_check_facts(arena, &town.law, buf_str(&out), &fact, 1, &faults), OK);
    assert_true(has(&faults, "fact.none") && has(&faults, "fact.missing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_not_refused),
        cmocka_unit_test(line_ends_do_not_matter),
        cmocka_unit_test(planted_faults_are_found),
        cmocka_unit_test(amounts_and_dates_are_read_strictly),
        cmocka_unit_test(letters_are_those_of_the_charset),
        cmocka_unit_test(siret_prove_themselves),
        cmocka_unit_test(structure_is_said),
        cmocka_unit_test(faults_are_said_as_json),
        cmocka_unit_test(months_agree),
        cmocka_unit_test(contracts_do_not_vanish),
        cmocka_unit_test(facts_stand_in_the_file),
    };
    return cmocka_run_group_tests(tests, make_town, drop_town);
}
