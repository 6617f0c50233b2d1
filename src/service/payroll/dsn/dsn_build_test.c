#include "service/payroll/dsn/dsn_build.h"

#include "service/payroll/dsn/dsn_check.h"
#include "service/payroll/dsn/test_dsn_shared.h"
#include "service/payroll/dsn/test_dsn.h"

enum { ARENA = 128 << 20, OUT_MAX = 16 << 20, TOWNS = 40, TOWN_MAX = 30 };

static void passes(const struct sample_town *town, struct str bytes)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf words BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_faults faults;
    assert_int_equal(dsn_check(arena, &town->law, bytes, STR_NONE, &faults), OK);
    if (faults.found + faults.noted > 0) {
        dsn_faults_print(&words, &faults, false, false);
        print_message("%.*s", STR_ARG(buf_str(&words)));
    }
    assert_int_equal(faults.found, 0);
    assert_int_equal(faults.noted, 0);
}

static void any_town_passes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= TOWNS; seed++) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX), again BUF_SCOPE = BUF_INIT(OUT_MAX);
        struct sample_town town;
        size_t agent;
        sample_make(&town, arena, seed % TOWN_MAX, seed);
        assert_int_equal(dsn_build(&out, &town.order, &agent), OK);
        passes(&town, buf_str(&out));
        assert_int_equal(dsn_build(&again, &town.order, &agent), OK);
        assert_true(str_eq(buf_str(&out), buf_str(&again)));
    }
}

static size_t count_of(struct str bytes, struct str line)
{
    size_t count = 0;
    for (struct str rest = bytes; rest.len > 0;)
        count += str_eq(str_cut(&rest, '\n'), line);
    return count;
}

static void signals_pass(void **state)
{
    static const enum dsn_nature natures[] = {DSN_SIGNAL_STOP, DSN_SIGNAL_RETURN, DSN_SIGNAL_END};
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct dsn_stop stop = {STR("01"), date_of(2026, 3, 9), date_of(2026, 3, 20), {0}, STR_NONE};
    struct dsn_leaving end = {date_of(2026, 3, 31), date_of(2026, 3, 31), STR("059")};
    struct sample_town town;
    (void)state;
    sample_make(&town, arena, 3, 1);
    for (size_t i = 0; i < 3; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
        size_t agent;
        town.order.nature = natures[i];
        for (size_t j = 0; j < 3; j++) {
            struct dsn_contract *contract = arena_new(arena, struct dsn_contract);
            *contract = town.agents[j].contracts[0];
            if (natures[i] == DSN_SIGNAL_RETURN) {
                stop.back = date_of(2026, 3, 21);
                stop.back_reason = STR("01");
            }
            contract->stops = &stop;
            contract->stop_count = natures[i] != DSN_SIGNAL_END;
            contract->end = natures[i] == DSN_SIGNAL_END ? &end : NULL;
            town.agents[j].contracts = contract;
        }
        assert_int_equal(dsn_build(&out, &town.order, &agent), OK);
        passes(&town, buf_str(&out));
        assert_int_equal(count_of(buf_str(&out), STR("S90.G00.90.002,'3'")), 1);
        assert_int_equal(count_of(buf_str(&out), STR("S21.G00.62.001,'31032026'")),
                         natures[i] == DSN_SIGNAL_END ? 3 : 0);
        assert_int_equal(count_of(buf_str(&out), STR("S21.G00.60.011,'01'")),
                         natures[i] == DSN_SIGNAL_RETURN ? 3 : 0);
    }
}

/* Every rubric of the public service that a contract carries, in one. */
static void the_public_service_is_written(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct sample_town town;
    struct dsn_change change = {date_of(2026, 3, 1),
                                {{20, STR("N0002")}, {31, STR("34.00")}, {34, STR("0500")}, {35, STR("430")},
                                 {36, STR("10")}, {64, STR("20")}},
                                6};
    struct dsn_suspension strike = {STR("657"), date_of(2026, 3, 5), date_of(2026, 3, 5), STR_NONE};
    struct dsn_income income = {36, 15750, date_of(2026, 3, 1), date_of(2026, 3, 31)};
    size_t agent;
    (void)state;
    sample_make(&town, arena, 1, 1);
    struct dsn_contract contract = town.agents[0].contracts[0];
    contract.employer_number = STR("12345");
    contract.origin_index = STR("0500");
    contract.higher_index = STR("0700");
    contract.former_employer = STR("01");
    contract.former_index = STR("0400");
    contract.fireman_index = STR("0410");
    contract.kept_pay = STR("01");
    contract.secondment = STR("05");
    contract.supplement = STR("49");
    contract.changes = &change;
    contract.suspensions = &strike;
    contract.change_count = contract.suspension_count = 1;
    town.agents[0].contracts = &contract;
    struct dsn_paid paid = town.agents[0].payments[0];
    paid.incomes = &income;
    paid.income_count = 1;
    town.agents[0].payments = &paid;
    assert_int_equal(dsn_build(&out, &town.order, &agent), OK);
    passes(&town, buf_str(&out));
    assert_int_equal(count_of(buf_str(&out), STR("S21.G00.40.080,'49'")), 1);
    assert_int_equal(count_of(buf_str(&out), STR("S21.G00.41.035,'430'")), 1);
    assert_int_equal(count_of(buf_str(&out), STR("S21.G00.54.001,'36'")), 1);
    assert_int_equal(count_of(buf_str(&out), STR("S21.G00.65.001,'657'")), 1);
}

static void what_cannot_be_written_is_said(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX), small BUF_SCOPE = BUF_INIT(4000);
    struct sample_town town;
    size_t agent;
    (void)state;
    sample_make(&town, arena, 3, 1);
    assert_int_equal(dsn_build(&small, &town.order, &agent), LIMIT);
    town.agents[1].name = STR("Ἀθῆναι");
    assert_int_equal(dsn_build(&out, &town.order, &agent), INVALID);
    assert_int_equal(agent, 1);
    buf_clear(&out);
    town.agents[1].name = STR("L’ŒUVRE 'D’ÉTÉ'");
    assert_int_equal(dsn_build(&out, &town.order, &agent), OK);
    passes(&town, buf_str(&out));
    town.employer.contact = STR("a\nS21.G00.30.001,'x'");
    assert_int_equal(dsn_build(&out, &town.order, &agent), INVALID);
    assert_int_equal(agent, SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_town_passes),
        cmocka_unit_test(signals_pass),
        cmocka_unit_test(the_public_service_is_written),
        cmocka_unit_test(what_cannot_be_written_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
