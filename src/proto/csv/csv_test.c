#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "proto/csv/csv.h"

/* All rows as one text: fields between '[' and ']', a row on a line; then "!" and the status when it is not the end. */
static struct str shown(struct arena *arena, struct str text)
{
    static struct csv_row row;
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    struct csv_reader reader = csv_open(text);
    enum status done;
    while ((done = csv_next(&reader, arena, &row)) == OK) {
        buf_add_format(&out, "%lld:", (long long)row.line);
        for (size_t i = 0; i < row.count; i++)
            buf_add_format(&out, "[%.*s]", STR_ARG(row.fields[i]));
        buf_add_literal(&out, "\n");
    }
    if (done != NOT_FOUND)
        buf_add_format(&out, "!%s %lld", status_name(done), (long long)row.line);
    return str_copy(arena, buf_str(&out));
}

static void rows_and_fields_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rows;
    } cases[] = {
        {"", ""},
        {"a", "1:[a]\n"},
        {"a,b\r\nc,d\r\n", "1:[a][b]\n2:[c][d]\n"},
        {"a,b\nc,", "1:[a][b]\n2:[c][]\n"},
        {",\n\n", "1:[][]\n2:[]\n"},
        {"\"a,\"\"b\"\"\r\nc\",d\ne", "1:[a,\"b\"\r\nc][d]\n3:[e]\n"},
        {"\"\",\"\"\"\"", "1:[][\"]\n"},
        {"\xEF\xBB\xBFnom;adresse\nx;y,z", "1:[nom][adresse]\n2:[x][y,z]\n"},
        {"a\tb\nc\td", "1:[a][b]\n2:[c][d]\n"},
        {"\"a;b;c\",d\n", "1:[a;b;c][d]\n"},
        {"a\rb,c", "1:[a\rb][c]\n"},
        {"ok\na\"b", "1:[ok]\n!invalid 2"},
        {"\"a\"b", "!invalid 1"},
        {"\"a", "!invalid 1"},
        {"\"a\"\"", "!invalid 1"},
        {"\"", "!invalid 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
        assert_string_equal(shown(arena, str_of(cases[i].text)).at, cases[i].rows);
    }
}

static void limits_hold(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    static struct csv_row row;
    char *text = malloc(CSV_FIELD_MAX + 3);
    memset(text, ',', CSV_FIELDS_MAX);
    struct csv_reader reader = csv_open((struct str){text, CSV_FIELDS_MAX - 1});
    assert_int_equal(csv_next(&reader, arena, &row), OK);
    assert_int_equal(row.count, CSV_FIELDS_MAX);
    reader = csv_open((struct str){text, CSV_FIELDS_MAX});
    assert_int_equal(csv_next(&reader, arena, &row), LIMIT);
    memset(text, 'x', CSV_FIELD_MAX + 3);
    reader = csv_open((struct str){text, CSV_FIELD_MAX});
    assert_int_equal(csv_next(&reader, arena, &row), OK);
    reader = csv_open((struct str){text, CSV_FIELD_MAX + 1});
    assert_int_equal(csv_next(&reader, arena, &row), LIMIT);
    text[0] = text[CSV_FIELD_MAX + 2] = '"';
    reader = csv_open((struct str){text, CSV_FIELD_MAX + 3});
    assert_int_equal(csv_next(&reader, arena, &row), LIMIT);
    text[CSV_FIELD_MAX + 1] = '"';
    reader = csv_open((struct str){text, CSV_FIELD_MAX + 2});
    assert_int_equal(csv_next(&reader, arena, &row), OK);
    struct arena *small ARENA_SCOPE = arena_create(8);
    reader = csv_open(STR("\"0123456789\"\"\""));
    assert_int_equal(csv_next(&reader, small, &row), LIMIT);
    free(text);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    static struct csv_row row;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    const struct str fields[] = {STR("a"), STR(""), STR("b,c"), STR("d\"e\r\nf"), STR("\""), STR("g;h"), STR(" i ")};
    enum { COUNT = sizeof fields / sizeof fields[0] };
    csv_write(&out, fields, COUNT);
    csv_write(&out, fields, 2);
    struct csv_reader reader = csv_open(buf_str(&out));
    assert_int_equal(csv_next(&reader, arena, &row), OK);
    assert_int_equal(row.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(str_eq(row.fields[i], fields[i]));
    assert_int_equal(csv_next(&reader, arena, &row), OK);
    assert_int_equal(row.count, 2);
    assert_int_equal(csv_next(&reader, arena, &row), NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_fields_are_read),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(what_is_written_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
