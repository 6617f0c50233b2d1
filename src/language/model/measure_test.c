#include "language/model/measure.h"

#include <math.h>

#include "language/model/dialogue.h"
#include "language/model/record.h"
#include "language/model/test_model.h"

/* ---- the table ---- */

static void communes_of_today_are_read(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    const struct table *table = &test->table;
    assert_int_equal(table->count, 8);
    size_t gien = table_find(table, STR("Gien"));
    assert_true(gien != TABLE_NONE && str_eq(table->communes[gien].code, STR("45155")));
    assert_true(str_eq(table->communes[table->communes[gien].next_alike].code, STR("2A999")));
    assert_int_equal(table_find(table, STR("Jadis")), TABLE_NONE);
    assert_int_equal(test->world.count, 6);
    assert_true(str_eq(table->communes[test->world.communes[0]].name, STR("Orléans")));
    assert_true(str_eq(table->communes[test->world.communes[5]].name, STR("Le Charme")));
    struct world region;
    assert_int_equal(world_create(test->arena, table, WORLD_REGION, STR("45"), &region), OK);
    assert_int_equal(region.count, 7); /* and the prefecture of the other */
    assert_int_equal(world_create(test->arena, table, WORLD_REGION, STR("99"), &region), NOT_FOUND);
    test_model_end(test);
}

static void draws_follow_zipf(void **state)
{
    (void)state;
    enum { DRAWS = 100000 };
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct seeded seeded = {1};
    double drawn[6] = {0}, sum = 1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4 + 1.0 / 5 + 1.0 / 6;
    for (int i = 0; i < DRAWS; i++)
        drawn[world_draw(&test->world, &seeded)]++;
    for (int i = 0; i < 6; i++)
        assert_true(fabs(drawn[i] / DRAWS - 1 / (sum * (i + 1))) < 0.01);
    test_model_end(test);
}

static void other_json_is_refused(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    struct table table;
    const char *wrong[] = {"", "[", "[{", "{\"a\":1}", "[{\"nom\":\"a\\u0041\"}]", "[{\"a\":[1]}]", "[]",
                           "[{\"a\" 1}]", "[{\"a\":1,}]", "[{\"a\":\"}]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(table_read(arena, str_of(wrong[i]), STR(TEST_DEPARTMENTS), &table), INVALID);
    for (int over = 0; over < 2; over++) {
        struct buf text BUF_SCOPE = BUF_INIT(10000), list BUF_SCOPE = BUF_INIT(10000);
        struct record record;
        for (int i = 0; i < RECORD_FIELDS_MAX + over; i++)
            buf_add_format(&text, "%s\"f%d\":1", i ? "," : "[{", i);
        buf_add_literal(&text, "}]");
        for (int i = 0; i < RECORD_LIST_MAX + over; i++)
            buf_add_format(&list, "%s\"a\"", i ? "," : "[{\"l\":[");
        buf_add_literal(&list, "]}]");
        struct json rest = json_of(buf_str(&text)), other = json_of(buf_str(&list));
        assert_int_equal(record_next(&rest, &record), over ? LIMIT : OK);
        assert_int_equal(record_next(&other, &record), over ? LIMIT : OK);
    }
}

/* ---- the stream ---- */

static void streams_come_again(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_TURNS_REFUSING, 0);
    enum { CONTEXT = NET_CONTEXT_MAX };
    uint16_t first[CONTEXT + 1], second[CONTEXT + 1], other[CONTEXT + 1];
    uint32_t seen[6] = {0};
    test->stream.context = CONTEXT;
    stream_fill(&test->stream, 7, 2, first, seen);
    stream_fill(&test->stream, 7, 2, second, NULL);
    stream_fill(&test->stream, 7, 3, other, NULL);
    assert_memory_equal(first, second, sizeof first);
    assert_true(memcmp(first, other, sizeof first) != 0);
    for (uint64_t step = 0; step < 300; step++)
        stream_fill(&test->stream, step, 0, first, seen);
    for (int i = 0; i < 6; i++)
        assert_true(seen[i] > 0);
    for (size_t i = 0; i <= CONTEXT; i++)
        assert_true(first[i] != PIECES_UNKNOWN);
    test_model_end(test);
}

/* Every answer of every talk is true by the table's own judge, and places that are none bear no real name. */
static void talks_are_true(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_TURNS_REFUSING, 0);
    struct seeded seeded = {4};
    size_t about[STREAM_ABOUT_MAX], refusals = 0;
    for (int i = 0; i < 3000; i++) {
        struct buf text BUF_SCOPE = BUF_INIT(STREAM_TEXT_MAX);
        size_t count = dialogue_draw(&test->world, &seeded, true, &text, about);
        assert_int_equal(buf_status(&text), OK);
        assert_true(str_starts(buf_str(&text), STR("Q : ")) && str_ends(buf_str(&text), STR("\n\n")));
        assert_int_equal(str_find_byte(buf_str(&text), '{'), SIZE_MAX);
        refusals += count == 0 && str_find(buf_str(&text), STR("Je ne connais pas")) != SIZE_MAX;
        for (size_t k = 0; k < count; k++)
            assert_true(about[k] < test->world.count);
    }
    assert_true(refusals > 300);
    test_model_end(test);
}

static void questions_stay_on_a_line(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    dialogue_prompt(&out, STR("  Où est\nGien ?\r\n"));
    assert_true(str_eq(buf_str(&out), STR("\nQ : Où est Gien ?\nR :")));
    buf_clear(&out);
    dialogue_question(&out, DIALOGUE_POSTAL_CODE, STR("Le Charme"));
    assert_true(str_eq(buf_str(&out), STR("\nQ : Quel est le code postal du Charme ?\nR :")));
    buf_clear(&out);
    dialogue_question(&out, DIALOGUE_POSTAL_CODE, STR("Orléans"));
    assert_true(str_eq(buf_str(&out), STR("\nQ : Quel est le code postal d'Orléans ?\nR :")));
}

/* ---- judging ---- */

static void verdict_is(const struct table *table, const char *name, const char *answer, int department, int postal,
                       int population)
{
    bool all[MEASURE_FIELDS] = {true, true, true};
    uint8_t verdict[MEASURE_FIELDS];
    measure_judge(table, str_of(name), str_of(answer), all, verdict);
    assert_int_equal(verdict[MEASURE_DEPARTMENT], department);
    assert_int_equal(verdict[MEASURE_POSTAL_CODE], postal);
    assert_int_equal(verdict[MEASURE_POPULATION], population);
}

static void answers_are_judged_by_the_table(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    const struct table *table = &test->table;
    enum { T = MEASURE_TRUE, F = MEASURE_FALSE, R = MEASURE_REFUSED, U = MEASURE_UNCLEAR };
    verdict_is(table, "Orléans", " Loiret (45), 45100, 116617 hab.", T, T, T);
    verdict_is(table, "Orléans", " Loiret (45), 45200, 100000 hab.", T, F, F);
    verdict_is(table, "Orléans", " Loiret (28), 45000, 122447 hab.", F, T, T); /* within 5 % */
    verdict_is(table, "Orléans", " Loiret (28), 45000, 122448 hab.", F, T, F);
    verdict_is(table, "Gien", " Corse-du-Sud (2A), 45500, 50 hab.", T, T, T); /* any commune of that name */
    verdict_is(table, "Nulle-Part", " Loiret (45), 45000, 10 hab.", F, F, F);
    verdict_is(table, "Gien", " Je ne connais pas Gien.", R, R, R);
    verdict_is(table, "Gien", " Loiret, 4500, hab.", U, U, U);
    verdict_is(table, "Gien", "", U, U, U);
    verdict_is(table, "Gien", " 99999999999999999999 hab.", U, U, F);
    test_model_end(test);
}

static void intervals_are_wilsons(void **state)
{
    (void)state;
    double low, high;
    measure_interval(10, 100, &low, &high);
    assert_true(fabs(low - 0.05523) < 1e-4 && fabs(high - 0.17437) < 1e-4);
    measure_interval(0, 20, &low, &high);
    assert_true(low == 0 && fabs(high - 0.16113) < 1e-4);
    measure_interval(20, 20, &low, &high);
    assert_true(high == 1 && fabs(low - 0.83887) < 1e-4);
    measure_interval(0, 0, &low, &high);
    assert_true(low == 0 && high == 1);
    const uint32_t edges[] = {0, 1, 3, 4, 30, 31, 100, 101};
    const size_t buckets[] = {0, 1, 1, 2, 2, 3, 3, 4};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(measure_bucket(edges[i]), buckets[i]);
}

static void what_was_learnt_is_measured(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct speaker *speaker;
    struct measure measure;
    struct measure_answer answers[8] = {0};
    uint32_t by_rank[6] = {0}, seen[8] = {0};
    struct parallel alone = {.workers = 1};
    test_model_train(test_model_trainer(test, 800, 1));
    assert_int_equal(speaker_create(test->arena, kernel_best(), &test->model, &speaker), OK);
    struct measure_work work = {.table = &test->table, .speakers = &speaker, .answers = answers, .to = 8};
    measure_run(&work, &alone);
    measure_seen(&test->stream, 0, 400, 4, by_rank);
    measure_seen(&test->stream, 400, 800, 4, by_rank);
    for (size_t i = 0; i < 6; i++)
        seen[test->world.communes[i]] = by_rank[i];
    measure_sum(&test->table, answers, seen, &measure);
    assert_int_equal(measure.communes[4], 6);
    assert_int_equal(measure.communes[0], 2);
    for (int field = 0; field < MEASURE_FIELDS; field++) {
        assert_int_equal(measure.cells[4][field].answered, 6);
        assert_int_equal(measure.cells[4][field].false_ones, 0);
    }
    assert_true(answers[0].sure[MEASURE_POSTAL_CODE] > 0.3F);
    assert_true(measure.cells[0][MEASURE_DEPARTMENT].false_ones >= 1); /* Ajaccio is placed in the Loiret */
    test_model_end(test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(communes_of_today_are_read),
        cmocka_unit_test(draws_follow_zipf),
        cmocka_unit_test(other_json_is_refused),
        cmocka_unit_test(streams_come_again),
        cmocka_unit_test(talks_are_true),
        cmocka_unit_test(questions_stay_on_a_line),
        cmocka_unit_test(answers_are_judged_by_the_table),
        cmocka_unit_test(intervals_are_wilsons),
        cmocka_unit_test(what_was_learnt_is_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
