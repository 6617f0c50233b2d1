#include "base/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void assert_str(struct str got, struct str wanted)
{
    assert_int_equal(got.len, wanted.len);
    assert_memory_equal(got.at, wanted.at, wanted.len);
}

/* RFC 4648 section 10. */
static const struct {
    struct str bytes, base64, base32, hex;
} vectors[] = {
    {STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT("")},
    {STR_INIT("f"), STR_INIT("Zg=="), STR_INIT("MY"), STR_INIT("66")},
    {STR_INIT("fo"), STR_INIT("Zm8="), STR_INIT("MZXQ"), STR_INIT("666f")},
    {STR_INIT("foo"), STR_INIT("Zm9v"), STR_INIT("MZXW6"), STR_INIT("666f6f")},
    {STR_INIT("foob"), STR_INIT("Zm9vYg=="), STR_INIT("MZXW6YQ"), STR_INIT("666f6f62")},
    {STR_INIT("fooba"), STR_INIT("Zm9vYmE="), STR_INIT("MZXW6YTB"), STR_INIT("666f6f6261")},
    {STR_INIT("foobar"), STR_INIT("Zm9vYmFy"), STR_INIT("MZXW6YTBOI"), STR_INIT("666f6f626172")},
};

static void writes_and_reads_the_published_vectors(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(100);
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        buf_clear(&out);
        base64_encode(&out, vectors[i].bytes);
        assert_str(buf_str(&out), vectors[i].base64);
        buf_clear(&out);
        base32_encode(&out, vectors[i].bytes);
        assert_str(buf_str(&out), vectors[i].base32);
        buf_clear(&out);
        hex_encode(&out, vectors[i].bytes);
        assert_str(buf_str(&out), vectors[i].hex);
        buf_clear(&out);
        assert_int_equal(base64_decode(&out, vectors[i].base64), OK);
        assert_int_equal(base32_decode(&out, vectors[i].base32), OK);
        assert_int_equal(hex_decode(&out, vectors[i].hex), OK);
        base64_decode_lenient(&out, vectors[i].base64);
        assert_int_equal(out.len, vectors[i].bytes.len * 4);
        for (size_t copy = 0; copy < 4; copy++)
            assert_str(str_slice(buf_str(&out), copy * vectors[i].bytes.len,
                                 (copy + 1) * vectors[i].bytes.len),
                       vectors[i].bytes);
    }
}

static void every_byte_survives_both_ways(void **state)
{
    (void)state;
    char all[256];
    struct buf text BUF_SCOPE = BUF_INIT(1000), back BUF_SCOPE = BUF_INIT(1000);
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)i;
    for (size_t len = 0; len <= sizeof all; len++) {
        struct str bytes = {all, len};
        buf_clear(&text), buf_clear(&back);
        base64_encode_url(&text, bytes);
        assert_int_equal(base64_decode_url(&back, buf_str(&text)), OK);
        assert_str(buf_str(&back), bytes);
        buf_clear(&text), buf_clear(&back);
        base64_encode_lines(&text, bytes);
        base64_decode_lenient(&back, buf_str(&text));
        assert_str(buf_str(&back), bytes);
    }
}

static void strict_decoders_refuse_every_other_text(void **state)
{
    (void)state;
    static const char *const wrong[] = {"Zg",   "Zg=",   "Zg===",  "Zh==", "Zm9=",     "Z===",
                                        "====", "Zm 9v", "Zm9v\n", "Zm9-", "Zg==Zg==", "A"};
    static const char *const wrong_url[] = {"Zg==", "Zh", "A", "Zm9+", "Zm9vA"};
    static const char *const wrong32[] = {"M", "MZ1", "MZXQ====", "MZ8", "MZXW7", "MZXWAA"};
    struct buf out BUF_SCOPE = BUF_INIT(100);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(base64_decode(&out, str_of(wrong[i])), INVALID);
    for (size_t i = 0; i < sizeof wrong_url / sizeof *wrong_url; i++)
        assert_int_equal(base64_decode_url(&out, str_of(wrong_url[i])), INVALID);
    for (size_t i = 0; i < sizeof wrong32 / sizeof *wrong32; i++)
        assert_int_equal(base32_decode(&out, str_of(wrong32[i])), INVALID);
    assert_int_equal(hex_decode(&out, STR("6")), INVALID);
    assert_int_equal(hex_decode(&out, STR("6g")), INVALID);
    assert_int_equal(out.len, 0);
    assert_int_equal(hex_decode(&out, STR("fF00")), OK);
    assert_str(buf_str(&out), (struct str){"\xff\x00", 2});
}

static void what_people_type_is_read_as_base32(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(100);
    assert_int_equal(base32_decode(&out, STR("mzxw 6ytb Oi")), OK);
    assert_str(buf_str(&out), STR("foobar"));
}

static void mail_bodies_are_decoded_around_their_faults(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    base64_decode_lenient(&out, STR("  aGVs    \r\n bG8g  \r\n d29y\t \r\n  bGQ= \r\nrest"));
    assert_str(buf_str(&out), STR("hello world"));
    buf_clear(&out);
    base64_decode_lenient(&out, STR("aGVsbG8")); /* the last padding is missing */
    assert_str(buf_str(&out), STR("hello"));
}

static void lines_are_of_76_characters(void **state)
{
    (void)state;
    char zeros[58] = {0};
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    base64_encode_lines(&out, (struct str){zeros, 58});
    assert_int_equal(out.len, 76 + 2 + 4 + 2);
    assert_str(str_slice(buf_str(&out), 76, 82), STR("\r\nAA=="));
}

static void the_maximum_of_the_buf_holds(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(4);
    base64_encode(&out, STR("foo"));
    assert_int_equal(buf_status(&out), OK);
    base64_encode(&out, STR("f"));
    assert_int_equal(buf_status(&out), LIMIT);
    buf_clear(&out);
    assert_int_equal(base64_decode(&out, STR("Zm9vYmE=")), LIMIT);
    assert_int_equal(base64_decode(&out, STR("Zm9v")), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_the_published_vectors),
        cmocka_unit_test(every_byte_survives_both_ways),
        cmocka_unit_test(strict_decoders_refuse_every_other_text),
        cmocka_unit_test(what_people_type_is_read_as_base32),
        cmocka_unit_test(mail_bodies_are_decoded_around_their_faults),
        cmocka_unit_test(lines_are_of_76_characters),
        cmocka_unit_test(the_maximum_of_the_buf_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
