#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"
#include "service/mail/segment.h"

static char folder[64];
static char path[96];
static struct segments *segments;
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/parvis-segment-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%08d", folder, 1);
    arena = arena_create(64 << 20);
    assert_int_equal(segments_open(folder, true, &segments), OK);
    assert_int_equal(segment_start(segments, 1, 0), OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    segments_close(segments);
    arena_destroy(&arena);
    unlink(path);
    return rmdir(folder);
}

static struct segment_record append(const char *message, const char *facts)
{
    static int64_t body = 0;
    body++;
    struct segment_record record = {.body = body};
    assert_int_equal(segment_append(segments, str_of(message), str_of(facts), &record), OK);
    return record;
}

static void what_is_appended_is_read_again(void **state)
{
    (void)state;
    struct buf got BUF_SCOPE = BUF_INIT(100);
    struct segment_record first = append("first message", "a"), second = append("", ""), read;
    assert_int_equal(segment_sync(segments), OK);
    assert_int_equal(segment_read_record(segments, arena, 1, 0, true, &read), OK);
    assert_int_equal(read.body, first.body);
    assert_true(str_eq(read.facts, STR("a")));
    assert_int_equal(segment_next(&read), second.position);
    assert_int_equal(segment_read_record(segments, arena, 1, second.position, true, &read), OK);
    assert_int_equal(read.size, 0);
    assert_int_equal(segment_read_record(segments, arena, 1, segment_next(&read), true, &read), NOT_FOUND);
    assert_int_equal(segment_read(segments, &got, 1, 0, 6, 100), OK);
    assert_true(str_eq(buf_str(&got), STR("message")));
    assert_int_equal(segment_read(segments, &got, 1, 0, 14, 1), INVALID);
}

static void a_record_lies_where_its_range_says(void **state)
{
    (void)state;
    char got[5];
    size_t length;
    int fd;
    int64_t offset;
    append("some", "facts of any length");
    assert_int_equal(segment_range(segments, 1, 0, &fd, &offset), OK);
    assert_int_equal(file_read(fd, offset, got, 4, &length), OK);
    assert_memory_equal(got, "some", 4);
}

static void flip(int64_t offset)
{
    int fd FILE_SCOPE = -1;
    char byte;
    size_t got;
    assert_int_equal(file_open(path, FILE_WRITE, &fd), OK);
    assert_int_equal(file_read(fd, offset, &byte, 1, &got), OK);
    byte ^= 1;
    assert_int_equal(file_write(fd, offset, (struct str){&byte, 1}), OK);
}

static void every_altered_byte_is_found(void **state)
{
    (void)state;
    struct segment_record record = append("body", "facts"), read;
    int64_t end = record.position + 64 + 5 + 4;
    for (int64_t at = 0; at < end; at++) {
        flip(at);
        assert_int_equal(segment_read_record(segments, arena, 1, 0, true, &read), CORRUPT);
        flip(at);
    }
    assert_int_equal(segment_read_record(segments, arena, 1, 0, true, &read), OK);
}

static void every_torn_tail_is_found(void **state)
{
    (void)state;
    struct segment_record record = append("body", "facts"), read;
    for (int64_t length = record.position + 64 + 5 + 4 - 1; length > 0; length--) {
        assert_int_equal(truncate(path, length), 0);
        assert_int_equal(segment_read_record(segments, arena, 1, 0, true, &read), CORRUPT);
    }
}

static void a_start_cuts_off_what_lies_behind(void **state)
{
    (void)state;
    struct segment_record first = append("kept", ""), second = append("dropped", ""), read;
    assert_int_equal(segment_start(segments, 1, second.position), OK);
    assert_int_equal(segment_read_record(segments, arena, 1, second.position, true, &read), NOT_FOUND);
    assert_int_equal(segment_read_record(segments, arena, 1, first.position, true, &read), OK);
}

static void a_retreat_writes_over_the_last(void **state)
{
    (void)state;
    struct segment_record read;
    int64_t segment, position;
    append("kept", "");
    segment_place(segments, &segment, &position);
    append("taken back", "");
    assert_int_equal(segment_retreat(segments, segment, position), OK);
    assert_int_equal(segment_read_record(segments, arena, 1, position, true, &read), NOT_FOUND);
    struct segment_record third = append("third", "");
    assert_int_equal(third.position, position);
    assert_int_equal(segment_read_record(segments, arena, 1, position, true, &read), OK);
    assert_int_equal(read.body, third.body);
}

/* What lies behind a shorter record that follows would be read as a record of its own. */
static void a_retreat_leaves_no_bytes(void **state)
{
    (void)state;
    struct segment_record read;
    char forged[400] = "";
    append("as a record", "");
    int fd FILE_SCOPE = -1;
    size_t got;
    assert_int_equal(file_open(path, FILE_READ, &fd), OK);
    assert_int_equal(file_read(fd, 0, forged + 8, sizeof forged - 8, &got), OK);
    int64_t segment, position;
    struct segment_record record = {.body = 7};
    segment_place(segments, &segment, &position);
    assert_int_equal(segment_append(segments, (struct str){forged, sizeof forged}, STR(""), &record), OK);
    /* The forgery stands. */
    assert_int_equal(segment_read_record(segments, arena, 1, position + 64 + 8, true, &read), OK);
    assert_int_equal(segment_retreat(segments, segment, position), OK);
    struct segment_record short_one = append("8 bytes.", "");
    assert_int_equal(segment_next(&short_one), position + 64 + 8);
    assert_int_equal(segment_read_record(segments, arena, 1, segment_next(&short_one), true, &read), NOT_FOUND);
}

static void a_retreat_drops_the_files_begun_since(void **state)
{
    (void)state;
    struct segment_record read;
    int64_t segment, position;
    append("kept", "");
    segment_place(segments, &segment, &position);
    segment_set_roll(segments, 1);
    append("in the second file", "");
    append("in the third", "");
    assert_int_equal(segment_read_record(segments, arena, 3, 0, true, &read), OK);
    assert_int_equal(segment_retreat(segments, segment, position), OK);
    assert_int_equal(segment_read_record(segments, arena, 2, 0, true, &read), NOT_FOUND);
    assert_int_equal(segment_read_record(segments, arena, 3, 0, true, &read), NOT_FOUND);
    assert_int_equal(segment_read_record(segments, arena, 1, 0, true, &read), OK);
    segment_set_roll(segments, SEGMENT_ROLL);
    assert_int_equal(append("again in the first", "").segment, 1);
}

static int64_t size_of(const char *file)
{
    struct stat facts;
    assert_int_equal(stat(file, &facts), 0);
    return facts.st_size;
}

static void what_is_prepared_is_written_over(void **state)
{
    (void)state;
    struct segment_record read, first = append("first", "");
    assert_int_equal(segment_sync(segments), OK);
    assert_int_equal(segment_prepare(segments), OK);
    int64_t prepared = size_of(path);
    assert_true(prepared > segment_next(&first) + (1 << 19));
    assert_int_equal(segment_prepare(segments), OK); /* enough lies ready */
    assert_int_equal(size_of(path), prepared);
    struct segment_record second = append("second", "");
    assert_int_equal(second.position, segment_next(&first));
    assert_int_equal(size_of(path), prepared);
    assert_int_equal(segment_read_record(segments, arena, 1, second.position, true, &read), OK);
    /* Zeros prove nothing: a replay ends there. */
    assert_int_equal(segment_read_record(segments, arena, 1, segment_next(&second), true, &read), CORRUPT);
}

static void what_was_prepared_is_cut_off(void **state)
{
    (void)state;
    struct segment_record first = append("first", ""), read;
    int64_t segment, position;
    assert_int_equal(segment_prepare(segments), OK);
    segment_place(segments, &segment, &position);
    struct segment_record second = append("taken back", "");
    assert_int_equal(segment_retreat(segments, segment, position), OK);
    assert_int_equal(size_of(path), second.position);
    assert_int_equal(segment_prepare(segments), OK);
    segment_set_roll(segments, 1);
    append("in the second file", "");
    assert_int_equal(size_of(path), segment_next(&first)); /* the file that was left ends with its last record */
    assert_int_equal(segment_read_record(segments, arena, 1, segment_next(&first), true, &read), NOT_FOUND);
    assert_int_equal(segment_start(segments, 1, position), OK);
    assert_int_equal(segment_prepare(segments), OK);
    segments_close(segments);
    assert_int_equal(size_of(path), position);
    assert_int_equal(segments_open(folder, true, &segments), OK);
    assert_int_equal(segment_start(segments, 1, position), OK);
}

static void facts_above_the_limit_are_refused(void **state)
{
    (void)state;
    char *facts = arena_alloc(arena, SEGMENT_FACTS_MAX + 1);
    struct segment_record record = {.body = 99}, read;
    assert_int_equal(segment_append(segments, STR("x"), (struct str){facts, SEGMENT_FACTS_MAX + 1}, &record), LIMIT);
    assert_int_equal(segment_append(segments, STR("x"), (struct str){facts, SEGMENT_FACTS_MAX}, &record), OK);
    assert_int_equal(segment_read_record(segments, arena, 1, record.position, true, &read), OK);
}

static void a_reader_sees_what_the_writer_wrote(void **state)
{
    (void)state;
    struct segments *reader;
    struct segment_record read;
    append("shared", "");
    assert_int_equal(segments_open(folder, false, &reader), OK);
    assert_int_equal(segment_read_record(reader, arena, 1, 0, true, &read), OK);
    assert_int_equal(segment_read_record(reader, arena, 2, 0, true, &read), NOT_FOUND);
    segments_close(reader);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_is_appended_is_read_again),    CASE(a_record_lies_where_its_range_says),
        CASE(every_altered_byte_is_found),       CASE(every_torn_tail_is_found),
        CASE(a_start_cuts_off_what_lies_behind), CASE(a_retreat_writes_over_the_last),
        CASE(a_retreat_leaves_no_bytes),         CASE(a_retreat_drops_the_files_begun_since),
        CASE(what_is_prepared_is_written_over),  CASE(what_was_prepared_is_cut_off),
        CASE(facts_above_the_limit_are_refused), CASE(a_reader_sees_what_the_writer_wrote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
