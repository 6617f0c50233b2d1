#include "proto/mime/mail_date.h"

#include "proto/mime/test_text.h"

static struct str read(struct buf *out, const char *text)
{
    struct mail_date date;
    buf_clear(out);
    if (mail_date_parse(str_of(text), &date) != OK)
        return STR("invalid");
    instant_write(out, date.instant);
    buf_add_format(out, " %d", date.offset_minutes);
    return buf_str(out);
}

static void all_forms_name_their_moment(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct str wanted;
    } forms[] = {
        {"Thu, 15 Feb 2007 01:02:03 +0200", STR_INIT("2007-02-14T23:02:03Z 120")},
        {" 15 Feb 2007 01:02 -0330 (x)", STR_INIT("2007-02-15T04:32:00Z -210")},
        {"Thu,15 February 07 01:02:03 EST", STR_INIT("2007-02-15T06:02:03Z -300")},
        {"Fri, 21 Nov 97 09(comment):   55  :  06 -0600", STR_INIT("1997-11-21T15:55:06Z -360")},
        {"1 Jan 103 00:00:00 Z", STR_INIT("2003-01-01T00:00:00Z 0")},
        {"Tue, 29 Feb 2000 23:59:60 GMT", STR_INIT("2000-03-01T00:00:00Z 0")},
        {"Fri Feb 22 17:06:23 2008", STR_INIT("2008-02-22T17:06:23Z 0")},
        {"Fri Feb 22 17:06:23 PST 2008", STR_INIT("2008-02-23T01:06:23Z -480")},
        {"Thu 15 Feb 2007 01:02:03", STR_INIT("2007-02-15T01:02:03Z 0")},
        {"15 Feb 2007 01:02:03 +9999", STR_INIT("2007-02-15T01:02:03Z 0")},
        {"15 Feb 2007 01:02:03 Q", STR_INIT("2007-02-15T01:02:03Z 0")},
    };
    struct buf out BUF_SCOPE = BUF_INIT(100);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        test_same(read(&out, forms[i].text), forms[i].wanted, forms[i].text, __LINE__);
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "Thu",
                                        "Thu, 15",
                                        "15 Fev 2007 01:02:03",
                                        "31 Apr 2007 01:02:03",
                                        "15 Feb 2007",
                                        "15 Feb 2007 25:02:03",
                                        "15 Feb 2 01:02:03",
                                        "99999999999 Feb 2007 01:02:03",
                                        "15 Feb 20007 01:02",
                                        ", , ,",
                                        "((((("};
    struct buf out BUF_SCOPE = BUF_INIT(100);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_text(read(&out, wrong[i]), "invalid");
}

static void a_date_is_written_as_it_is_read(void **state)
{
    (void)state;
    struct mail_date date = {{1795513320000}, 60}, back;
    struct buf out BUF_SCOPE = BUF_INIT(100);
    mail_date_write(&out, date);
    assert_text(buf_str(&out), "Tue, 24 Nov 2026 10:42:00 +0100");
    assert_int_equal(mail_date_parse(buf_str(&out), &back), OK);
    assert_memory_equal(&back, &date, sizeof date);
    buf_clear(&out);
    mail_date_write(&out, (struct mail_date){{0}, -210});
    assert_text(buf_str(&out), "Wed, 31 Dec 1969 20:30:00 -0330");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_forms_name_their_moment),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_date_is_written_as_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
