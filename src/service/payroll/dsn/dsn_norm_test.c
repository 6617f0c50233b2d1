#include "service/payroll/dsn/dsn_norm.h"

#include "proto/csv/csv.h"
#include "service/payroll/dsn/test_dsn_shared.h"

enum { ARENA = 8 << 20 };

static void codes_are_numbers(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(64);
    (void)state;
    assert_int_equal(dsn_number(STR("S21.G00.40.057")), 210040057);
    assert_int_equal(dsn_block_number(STR("S05.G51.00")), 55100);
    assert_int_equal(dsn_number(STR("S21.G00.40.05")), 0);
    assert_int_equal(dsn_number(STR("S21.G00-40.057")), 0);
    assert_int_equal(dsn_number(STR("S21.G00.4O.057")), 0);
    assert_int_equal(dsn_number(STR("")), 0);
    dsn_number_write(&out, 210040057);
    buf_add_byte(&out, ' ');
    dsn_number_write(&out, 55100);
    buf_add_byte(&out, ' ');
    dsn_number_write(&out, 55100001);
    assert_true(str_eq(buf_str(&out), STR("S21.G00.40.057 S05.G51.00 S05.G51.00.001")));
}

static void each_version_is_whole(void **state)
{
    static const struct {
        const char *version;
        size_t rubrics, values;
    } known[] = {{"P26V01", 573 + 11, 1639}, {"P25V01", 570 + 11, 1606}, {"P24V01", 576 + 11, 1611}};
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct dsn_norm norm;
    struct str version;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(dsn_norm_version(i, &version), OK);
        assert_true(str_eq(version, str_of(known[i].version)));
        assert_int_equal(dsn_norm_shipped(arena, version, &norm), OK);
        assert_int_equal(norm.rubric_count, known[i].rubrics);
        assert_int_equal(norm.value_count, known[i].values);
        for (size_t j = 0; j < norm.rubric_count; j++)
            assert_ptr_equal(dsn_norm_rubric(&norm, norm.rubrics[j].number), &norm.rubrics[j]);
        for (size_t j = 0; j < norm.place_count; j++)
            assert_true(norm.places[j].parent == 0 ||
                        dsn_norm_place(&norm, norm.places[j].nature, norm.places[j].parent) != NULL);
    }
    assert_int_equal(dsn_norm_version(3, &version), NOT_FOUND);
    assert_int_equal(dsn_norm_shipped(arena, STR("P99V01"), &norm), NOT_FOUND);
}

static void rubrics_say_their_type_and_values(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct dsn_norm norm;
    (void)state;
    assert_int_equal(dsn_norm_shipped(arena, STR("P26V01"), &norm), OK);
    const struct dsn_rubric *index = dsn_norm_rubric(&norm, 210040058), *nature = dsn_norm_rubric(&norm, 210040007);
    assert_int_equal(index->type, 'N');
    assert_int_equal(index->most, 4);
    assert_int_equal(index->count, 0);
    assert_int_equal(index->old, 35);
    assert_int_equal(nature->count, 26);
    assert_non_null(dsn_norm_value(&norm, nature, STR("50")));
    assert_null(dsn_norm_value(&norm, nature, STR("5")));
    assert_null(dsn_norm_value(&norm, nature, STR("77")));
    assert_null(dsn_norm_value(&norm, nature, STR("0123456789")));
    assert_null(dsn_norm_value(&norm, nature, (struct str){"50\0", 3}));
    assert_null(dsn_norm_rubric(&norm, 210040015));
    assert_int_equal(dsn_norm_place(&norm, 1, 210041)->parent, 210040);
    assert_int_equal(dsn_norm_place(&norm, 7, 65100)->parent, 55100);
    assert_null(dsn_norm_place(&norm, 1, 100095));
}

/* Every one of the 31 rubrics and 174 values that the public service needs is there. */
static void the_public_service_is_there(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf csv BUF_SCOPE = BUF_INIT(SHARED_FILE_MAX);
    struct dsn_norm norm;
    struct csv_row row;
    size_t rubrics = 0, values = 0;
    (void)state;
    shared_read("fonction_publique_P26V01.csv", &csv);
    struct csv_reader reader = csv_open(buf_str(&csv));
    assert_int_equal(dsn_norm_shipped(arena, STR("P26V01"), &norm), OK);
    assert_int_equal(csv_next(&reader, arena, &row), OK);
    while (csv_next(&reader, arena, &row) == OK) {
        const struct dsn_rubric *rubric = dsn_norm_rubric(&norm, dsn_number(row.fields[1]));
        assert_non_null(rubric);
        bool is_value = str_eq(row.fields[0], STR("valeur"));
        if (is_value)
            assert_non_null(dsn_norm_value(&norm, rubric, row.fields[2]));
        rubrics += !is_value;
        values += is_value;
    }
    assert_int_equal(rubrics, 31);
    assert_int_equal(values, 174);
}

static void a_full_arena_is_a_limit(void **state)
{
    struct dsn_norm norm;
    (void)state;
    for (size_t size = 1 << 10; size < ARENA; size *= 4) {
        struct arena *arena ARENA_SCOPE = arena_create(size);
        enum status done = dsn_norm_shipped(arena, STR("P26V01"), &norm);
        assert_true(done == OK || done == LIMIT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_numbers),
        cmocka_unit_test(each_version_is_whole),
        cmocka_unit_test(rubrics_say_their_type_and_values),
        cmocka_unit_test(the_public_service_is_there),
        cmocka_unit_test(a_full_arena_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
