#include "document/gzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>
#include <zlib.h>

enum { PLAIN = 100000, PACKED_MAX = 2 * PLAIN, PART = 7 };

/* So many bytes as gzip has them; how many that is. */
static size_t pack(size_t plain, unsigned char *ret_packed)
{
    static unsigned char bytes[PLAIN];
    z_stream stream = {0};
    for (size_t i = 0; i < PLAIN; i++)
        bytes[i] = (unsigned char)(i * i / 7);
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = bytes;
    stream.avail_in = (unsigned)plain;
    stream.next_out = ret_packed;
    stream.avail_out = PACKED_MAX;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return stream.total_out;
}

static enum status take(struct gzip *gzip, const unsigned char *bytes, size_t count)
{
    return gzip_take(gzip, (struct str){(const char *)bytes, count});
}

static void a_whole_one_is_proven_in_any_pieces(void **state)
{
    static unsigned char packed[PACKED_MAX];
    (void)state;
    for (size_t plain = 0; plain <= PLAIN; plain += PLAIN / 2) {
        struct gzip *gzip GZIP_SCOPE = gzip_create(PLAIN);
        size_t count = pack(plain, packed);
        for (size_t at = 0; at < count; at += PART) {
            assert_false(gzip_is_whole(gzip));
            assert_int_equal(take(gzip, packed + at, count - at < PART ? count - at : PART), OK);
        }
        assert_true(gzip_is_whole(gzip));
        assert_int_equal(gzip_inflated(gzip), plain);
        assert_int_equal(take(gzip, packed, 0), OK);
        assert_int_equal(take(gzip, packed, 1), INVALID);
    }
}

static void cut_changed_and_other_files_are_none(void **state)
{
    static unsigned char packed[PACKED_MAX];
    (void)state;
    size_t count = pack(PLAIN / 100, packed);
    for (size_t cut = 0; cut < count; cut++) {
        struct gzip *gzip GZIP_SCOPE = gzip_create(PLAIN);
        assert_int_equal(take(gzip, packed, cut), OK);
        assert_false(gzip_is_whole(gzip));
    }
    packed[count - 6] ^= 1; /* of its checksum */
    struct gzip *changed GZIP_SCOPE = gzip_create(PLAIN), *other GZIP_SCOPE = gzip_create(PLAIN);
    assert_int_equal(take(changed, packed, count), INVALID);
    assert_int_equal(gzip_take(other, STR("%PDF-1.7")), INVALID);
}

static void no_more_than_the_maximum_is_inflated(void **state)
{
    static unsigned char packed[PACKED_MAX];
    (void)state;
    size_t count = pack(PLAIN, packed);
    struct gzip *enough GZIP_SCOPE = gzip_create(PLAIN), *less GZIP_SCOPE = gzip_create(PLAIN - 1);
    assert_int_equal(take(enough, packed, count), OK);
    assert_int_equal(take(less, packed, count), LIMIT);
}

/* What was packed is whole, says the same each time, and comes out as long as it went in. */
static void a_file_of_ours_is_whole(void **state)
{
    static char bytes[PLAIN];
    (void)state;
    for (size_t i = 0; i < PLAIN; i++)
        bytes[i] = (char)(i * i / 7);
    for (size_t plain = 0; plain <= PLAIN; plain += PLAIN / 2) {
        struct gzip *gzip GZIP_SCOPE = gzip_create(PLAIN);
        struct buf one BUF_SCOPE = BUF_INIT(PACKED_MAX), other BUF_SCOPE = BUF_INIT(PACKED_MAX);
        gzip_pack(&one, (struct str){bytes, plain});
        gzip_pack(&other, (struct str){bytes, plain});
        assert_int_equal(gzip_take(gzip, buf_str(&one)), OK);
        assert_true(gzip_is_whole(gzip));
        assert_int_equal(gzip_inflated(gzip), plain);
        assert_true(str_eq(buf_str(&one), buf_str(&other)));
    }
}

static void what_has_no_room_is_remembered(void **state)
{
    struct buf small BUF_SCOPE = BUF_INIT(10);
    (void)state;
    gzip_pack(&small, STR("text"));
    assert_int_equal(buf_status(&small), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_ours_is_whole),
        cmocka_unit_test(what_has_no_room_is_remembered),
        cmocka_unit_test(a_whole_one_is_proven_in_any_pieces),
        cmocka_unit_test(cut_changed_and_other_files_are_none),
        cmocka_unit_test(no_more_than_the_maximum_is_inflated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
