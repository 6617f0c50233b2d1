#include "proto/mime/words.h"

#include "base/utf8.h"
#include "proto/mime/test_text.h"

#define assert_decoded(text, wanted) test_decoded(STR(text), STR(wanted), __LINE__)

static void test_decoded(struct str text, struct str wanted, int line)
{
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    words_decode(&out, text);
    test_same(buf_str(&out), wanted, "words_test.c", line);
}

/* RFC 2047 section 8. */
static void the_examples_of_the_rfc_are_read(void **state)
{
    (void)state;
    assert_decoded("=?ISO-8859-1?Q?a?=", "a");
    assert_decoded("=?ISO-8859-1?Q?a?= b", "a b");
    assert_decoded("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab");
    assert_decoded("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab");
    assert_decoded("=?ISO-8859-1?Q?a_b?=", "a b");
    assert_decoded("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b");
    assert_decoded("=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore");
    assert_decoded("=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= "
                   "=?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
                   "If you can read this you understand the example.");
}

static void senders_faults_are_borne(void **state)
{
    (void)state;
    assert_decoded("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café");
    assert_decoded("=?utf-8?B?w6k=?==?utf-8?B?w6k=?=", "éé");
    assert_decoded("x=?utf-8?q?y?=z", "xyz");
    assert_decoded("=?utf-8?q?a b?=", "a b");
    assert_decoded("=?utf-8?q?=ZZ=?=", "=ZZ=");
    assert_decoded("=?utf-8?x?a?= =? =?? =?a?q?b", "=?utf-8?x?a?= =? =?? =?a?q?b");
    assert_decoded("caf\xe9 =?utf-8?q?a?=", "café a");
    assert_decoded("", "");
}

static void assert_written(struct str text, bool is_phrase)
{
    struct buf out BUF_SCOPE = BUF_INIT(100000), flat BUF_SCOPE = BUF_INIT(100000),
                   back BUF_SCOPE = BUF_INIT(100000);
    size_t column = 9;
    words_encode(&out, text, is_phrase, &column);
    struct str rest = buf_str(&out);
    for (size_t used = 9; !str_is_absent(rest); used = 0) {
        struct str line = str_cut(&rest, '\n');
        assert_true(used + line.len <= 78);
        buf_add(&flat, str_slice(line, 0, str_ends(line, STR("\r")) ? line.len - 1 : line.len));
        for (size_t i = 0; i < line.len; i++)
            assert_true((uint8_t)line.at[i] < 0x7F);
    }
    words_decode(&back, buf_str(&flat));
    test_same(buf_str(&back), text, "words_test.c", __LINE__);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static const struct str texts[] = {
        STR_INIT("Conseil municipal du 24 novembre"),
        STR_INIT("Délibération n° 12 : éclairage, égouts et entretien des chemins "
                 "communaux pour l'année deux mille vingt-sept"),
        STR_INIT("=?utf-8?q?not_a_word?="),
        STR_INIT(" blanks outside "),
        STR_INIT("tab\tinside"),
        STR_INIT("中文中文中文中文"
                 "中文中文中文中文"),
        STR_INIT("une phrase sans accent mais bien assez longue pour occuper plusieurs lignes de "
                 "texte dans un header"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_written(texts[i], false);
    assert_written(STR("État civil"), true);
    struct buf out BUF_SCOPE = BUF_INIT(100);
    size_t column = 0;
    words_encode(&out, STR("Mairie, \"Beauval\""), true, &column);
    assert_text(buf_str(&out), "\"Mairie, \\\"Beauval\\\"\"");
    assert_int_equal(column, out.len);
    buf_clear(&out);
    words_encode(&out, STR("État"), true, &column);
    assert_text(buf_str(&out), "=?utf-8?B?w4l0YXQ=?=");
    buf_clear(&out);
    words_encode(&out, STR("caf\xe9"), false, &column); /* repaired, never passed on */
    assert_text(buf_str(&out), "=?utf-8?B?Y2Fm77+9?=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_rfc_are_read),
        cmocka_unit_test(senders_faults_are_borne),
        cmocka_unit_test(what_is_written_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
