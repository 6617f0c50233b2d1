#include "service/payroll/dsn/dsn_file.h"

#include "service/payroll/dsn/test_dsn_shared.h"

enum { ARENA = 8 << 20, OUT_MAX = 1 << 20, SAMPLE_LINES = 443 };

static void goes_round(struct str bytes)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_file file;
    assert_int_equal(dsn_file_read(arena, bytes, &file), OK);
    dsn_file_write(&out, &file);
    assert_int_equal(out.len, bytes.len);
    assert_true(str_eq(buf_str(&out), bytes));
}

static void the_sample_is_written_back_byte_for_byte(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf sample BUF_SCOPE = BUF_INIT(SHARED_FILE_MAX);
    struct dsn_file file;
    (void)state;
    shared_sample(&sample);
    goes_round(buf_str(&sample));
    assert_int_equal(dsn_file_read(arena, buf_str(&sample), &file), OK);
    assert_int_equal(file.count, SAMPLE_LINES);
    for (size_t i = 0; i < file.count; i++)
        assert_int_not_equal(file.lines[i].number, 0);
}

static void any_bytes_are_written_back(void **state)
{
    (void)state;
    goes_round(STR(""));
    goes_round(STR("\n"));
    goes_round(STR("\r\n\r\n"));
    goes_round(STR("S21.G00.30.002,'A'\r\nS21.G00.30.004,'B'\n\r\nrest"));
    goes_round(STR("S21.G00.30.002,'L'HÔPITAL''\n"));
    goes_round((struct str){"a\0b\n\0", 5});
}

static void values_may_hold_quotes(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct dsn_file file;
    (void)state;
    assert_int_equal(dsn_file_read(arena, STR("S21.G00.40.006,'Chef d'équipe 'eau''\r\nS21.G00.40.007,''\n"
                                              "S21.G00.40.008,'9\nS21.G00.40.009, '9'\nS21.G00.40.01,'99'\n"), &file),
                     OK);
    assert_int_equal(file.count, 5);
    assert_true(str_eq(dsn_line_value(&file.lines[0]), STR("Chef d'équipe 'eau'")));
    assert_int_equal(file.lines[0].end, DSN_CRLF);
    assert_int_equal(file.lines[1].number, 210040007);
    assert_int_equal(dsn_line_value(&file.lines[1]).len, 0);
    for (size_t i = 2; i < 5; i++)
        assert_int_equal(file.lines[i].number, 0);
}

static void lines_are_written_in_latin_letters(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX), back BUF_SCOPE = BUF_INIT(OUT_MAX);
    (void)state;
    assert_int_equal(dsn_line_write(&out, 210040006, STR("Agent d’état civil, œuvres")), OK);
    assert_true(str_eq(buf_str(&out), STR("S21.G00.40.006,'Agent d'\xE9tat civil, oeuvres'\n")));
    dsn_utf8_write(&back, STR("\xE9t\xE9"));
    assert_true(str_eq(buf_str(&back), STR("été")));
    assert_int_equal(dsn_line_write(&out, 210040006, STR("a\nb")), INVALID);
    assert_int_equal(dsn_line_write(&out, 210040006, STR("Ἀθῆναι")), INVALID);
    assert_int_equal(dsn_line_write(&out, 210040006, STR("\xFF")), INVALID);
}

static void too_many_lines_are_a_limit(void **state)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct buf bytes BUF_SCOPE = BUF_INIT(DSN_LINES_MAX + 1);
    struct dsn_file file;
    (void)state;
    char *room = buf_reserve(&bytes, DSN_LINES_MAX);
    assert_non_null(room);
    memset(room, '\n', DSN_LINES_MAX);
    buf_grew(&bytes, DSN_LINES_MAX);
    assert_int_equal(dsn_file_read(arena, buf_str(&bytes), &file), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_written_back_byte_for_byte),
        cmocka_unit_test(any_bytes_are_written_back),
        cmocka_unit_test(values_may_hold_quotes),
        cmocka_unit_test(lines_are_written_in_latin_letters),
        cmocka_unit_test(too_many_lines_are_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
