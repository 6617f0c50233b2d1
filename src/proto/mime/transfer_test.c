#include "proto/mime/transfer.h"

#include "proto/mime/test_text.h"

static struct str decoded(struct buf *out, enum transfer transfer, struct str body)
{
    buf_clear(out);
    transfer_decode(out, transfer, body);
    return buf_str(out);
}

static void names_are_known_in_either_case(void **state)
{
    (void)state;
    assert_int_equal(transfer_of(STR_NONE), TRANSFER_7BIT);
    assert_int_equal(transfer_of(STR(" (c) Quoted-Printable\r\n")), TRANSFER_QUOTED);
    assert_int_equal(transfer_of(STR("BASE64")), TRANSFER_BASE64);
    assert_int_equal(transfer_of(STR("8bit")), TRANSFER_8BIT);
    assert_int_equal(transfer_of(STR("x-uuencode")), TRANSFER_UNKNOWN);
}

/* The body of the suite imaptest's script fetch-binary-mime-qp. */
static void quoted_printable_is_decoded(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    assert_text(
        decoded(&out, TRANSFER_QUOTED,
                STR("hello  \r\nbar=\r\n\r\nfoo\t=\r\nbar\r\nfoo\t \t= \r\n=62\r\n"
                    "foo = \t\r\nbar\r\nfoo =\r\n=62\r\nfoo  \r\nbar=\r\n\r\nfoo_bar\r\n")),
        "hello\r\nbar\r\nfoo\tbar\r\nfoo\t \tb\r\nfoo bar\r\nfoo b\r\nfoo\r\nbar\r\nfoo_bar\r\n");
    assert_text(decoded(&out, TRANSFER_QUOTED, STR("a=b=XY=4=c3=A9")), "a=b=XY=4é");
    assert_text(decoded(&out, TRANSFER_QUOTED, STR("bare\nfeed=\n!")), "bare\nfeed!");
}

static void what_does_not_fit_is_cut(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(10);
    assert_text(decoded(&out, TRANSFER_7BIT, STR("0123456789")), "0123456789");
    assert_int_equal(buf_status(&out), OK);
    assert_text(decoded(&out, TRANSFER_7BIT, STR("0123456789a")), "0123456789");
    assert_int_equal(buf_status(&out), LIMIT);
    assert_text(decoded(&out, TRANSFER_BASE64, STR("Zm9vYmFyZm9vYmFyZm9v")), "foobarfo");
    assert_int_equal(buf_status(&out), LIMIT);
}

static void quoting_survives_decoding(void **state)
{
    (void)state;
    struct buf quoted BUF_SCOPE = BUF_INIT(10000), back BUF_SCOPE = BUF_INIT(10000);
    struct str text =
        STR("Délibération du conseil = 1 \r\n\r\n.\r\nune ligne assez longue pour devoir "
            "être coupée en plusieurs morceaux, encore et encore\tblanc \r\nfin\t");
    transfer_quote(&quoted, text);
    transfer_decode(&back, TRANSFER_QUOTED, buf_str(&quoted));
    assert_true(str_eq(buf_str(&back), text));
    struct str rest = buf_str(&quoted);
    while (!str_is_absent(rest)) {
        struct str line = str_cut(&rest, '\n');
        assert_true(line.len <= 77);
        for (size_t i = 0; i < line.len; i++)
            assert_true(line.at[i] == '\r' || line.at[i] == '\t' ||
                        (line.at[i] >= ' ' && line.at[i] < 0x7F));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_known_in_either_case),
        cmocka_unit_test(quoted_printable_is_decoded),
        cmocka_unit_test(what_does_not_fit_is_cut),
        cmocka_unit_test(quoting_survives_decoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
