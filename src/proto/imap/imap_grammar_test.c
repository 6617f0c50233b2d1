/* The arguments of commands, each read from a command line as a client writes it, and written back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "proto/imap/imap_date.h"
#include "proto/imap/imap_fetch.h"
#include "proto/imap/imap_flags.h"
#include "proto/imap/imap_list.h"
#include "proto/imap/imap_select.h"
#include "proto/imap/imap_utf7.h"
#include "proto/imap/imap_wire.h"
#include "proto/imap/imap_write.h"

static struct arena *arena;
static struct imap_limits limits;
static const char *why;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    limits = imap_limits_after_login(50 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static struct imap_command command_of(const char *line)
{
    struct imap_command command;
    assert_int_equal(imap_lex(str_format(arena, "%s\r\n", line), &limits, arena, &command, &why), OK);
    return command;
}

static void assert_same(const struct buf *buf, const char *text)
{
    struct str got = buf_str(buf);
    if (!str_eq(got, str_of(text)))
        fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(got), text);
}

static void wire_gives_back_the_same(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "a NOOP", "b UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (FROM \"to\")]<0.10>)",
        "c SEARCH OR (FROM a) (NOT (TO \"b \\\" c\")) {3}\r\nxyz", "d LIST (SUBSCRIBED) \"\" (% *) RETURN (CHILDREN)"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct imap_command command = command_of(lines[i]), again;
        struct buf first BUF_SCOPE = BUF_INIT(10000), second BUF_SCOPE = BUF_INIT(10000);
        imap_wire_write(&first, &command);
        assert_int_equal(imap_wire_read(buf_str(&first), &limits, arena, &again), OK);
        imap_wire_write(&second, &again);
        assert_true(str_eq(buf_str(&first), buf_str(&second)));
        assert_true(str_eq(again.tag, command.tag) && again.is_uid == command.is_uid);
        for (size_t cut = 0; cut < first.len; cut++)
            assert_int_not_equal(imap_wire_read(str_slice(buf_str(&first), 0, cut), &limits, arena, &again), OK);
        buf_add_byte(&first, 0);
        assert_int_equal(imap_wire_read(buf_str(&first), &limits, arena, &again), CORRUPT);
    }
}

static void wire_believes_no_byte(void **state)
{
    (void)state;
    struct imap_command command = command_of("a APPEND x {3}\r\nabc"), again;
    struct buf good BUF_SCOPE = BUF_INIT(1000);
    imap_wire_write(&good, &command);
    for (size_t i = 0; i < good.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            struct buf second BUF_SCOPE = BUF_INIT(1000), changed BUF_SCOPE = BUF_INIT(1000);
            buf_add(&changed, buf_str(&good));
            changed.at[i] = (char)(changed.at[i] ^ 1 << bit);
            if (imap_wire_read(buf_str(&changed), &limits, arena, &again) != OK)
                continue;
            imap_wire_write(&second, &again); /* what is taken has this one form */
            assert_true(str_eq(buf_str(&changed), buf_str(&second)));
        }
}

static void sets(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t last;
        const char *resolved; /* NULL: refused */
    } cases[] = {{"1", 9, "1"},       {"1:3,2:5", 9, "1:5"},   {"*", 9, "9"},
                 {"12:*", 9, "9:12"}, {"4:2", 9, "2:4"},       {"1,3,2", 9, "1:3"},
                 {"*", 0, ""},        {"1:*", 0, ""},          {"0", 9, NULL},
                 {"1:", 9, NULL},     {"", 9, NULL},           {"1,,2", 9, NULL},
                 {"01", 9, NULL},     {"4294967296", 9, NULL}, {"4294967295", 9, "4294967295"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct imap_set set;
        struct buf out BUF_SCOPE = BUF_INIT(1000);
        enum status done = imap_set_parse(str_of(cases[i].text), arena, &set);
        assert_int_equal(done == OK, cases[i].resolved != NULL);
        if (done != OK)
            continue;
        imap_set_resolve(&set, cases[i].last);
        imap_set_write(&out, &set);
        assert_same(&out, cases[i].resolved);
    }
    struct imap_set set;
    assert_int_equal(imap_set_parse(STR("2:3,7"), arena, &set), OK);
    imap_set_resolve(&set, 9);
    assert_true(imap_set_has(&set, 3) && !imap_set_has(&set, 4) && imap_set_has(&set, 7));
    assert_int_equal(imap_set_next(&set, 0), 2);
    assert_int_equal(imap_set_next(&set, 3), 7);
    assert_int_equal(imap_set_next(&set, 7), 0);
}

static void fetches(void **state)
{
    (void)state;
    static const char *const good[] = {"FLAGS", "(UID FLAGS)", "ALL", "FULL", "BODY[]", "BODY.PEEK[1.2.MIME]<0.100>",
                                       "(BODY[HEADER.FIELDS (FROM TO)] UID)", "BODY[1.HEADER.FIELDS.NOT (X)]<5.1>",
                                       "BINARY[1]", "BINARY.SIZE[1.2]", "RFC822", "(MODSEQ EMAILID THREADID)",
                                       "FLAGS (CHANGEDSINCE 5)", "(FLAGS) (CHANGEDSINCE 5 VANISHED)", "BODY[1]"};
    static const char *const bad[] = {"",          "()",         "NOTHING",     "BODY[X]",   "BODY[1.]", "BODY[MIME]",
                                      "BODY[",     "BODY[]<0>",  "BODY[]<0.0>", "BINARY[TEXT]", "FLAGS UID",
                                      "(ALL) (VANISHED)", "(FLAGS) (OTHER)", "BODY[HEADER.FIELDS]", "BODY[1..2]"};
    struct imap_fetch fetch;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct imap_command command = command_of(str_format(arena, "a FETCH 1 %s", good[i]).at);
        if (imap_fetch_parse(command.args + 1, command.count - 1, arena, &fetch, &why) != OK)
            fail_msg("%s: %s", good[i], why);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct imap_command command;
        struct str line = str_format(arena, "a FETCH 1%s%s\r\n", bad[i][0] ? " " : "", bad[i]);
        if (imap_lex(line, &limits, arena, &command, &why) == OK &&
            imap_fetch_parse(command.args + 1, command.count - 1, arena, &fetch, &why) == OK)
            fail_msg("%s was taken", bad[i]);
    }
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct imap_command command = command_of("a FETCH 1 BODY.PEEK[2.HEADER.FIELDS (From \"X Y\")]<3.9>");
    assert_int_equal(imap_fetch_parse(command.args + 1, command.count - 1, arena, &fetch, &why), OK);
    imap_section_write(&out, &fetch.sections[0]);
    assert_same(&out, "BODY[2.HEADER.FIELDS (From \"X Y\")]<3>");
    assert_false(imap_fetch_marks_seen(&fetch));
}

static void lists_match(void **state)
{
    (void)state;
    static const struct {
        const char *reference, *pattern, *name;
        bool is_match;
    } cases[] = {{"", "*", "a/b", true},     {"", "%", "a/b", false},   {"", "%/%", "a/b", true},
                 {"a/", "%", "a/b", true},   {"", "a%c", "abc", true},  {"", "a%c", "a/c", false},
                 {"", "a*c", "a/b/c", true}, {"", "inbox", "INBOX", true}, {"", "inbox/X", "INBOX/X", true},
                 {"", "inbox/x", "INBOX/X", false}, {"", "", "", true}, {"", "A", "a", false},
                 {"", "*%*%*", "xyz", true}, {"%", "b", "ab", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (imap_list_matches(str_of(cases[i].reference), str_of(cases[i].pattern), str_of(cases[i].name), '/') !=
            cases[i].is_match)
            fail_msg("%s %s %s", cases[i].reference, cases[i].pattern, cases[i].name);
    struct imap_list list;
    struct imap_command command = command_of("a LIST (SPECIAL-USE RECURSIVEMATCH) \"\" (a b) RETURN (STATUS (UNSEEN))");
    assert_int_equal(imap_list_parse(command.args, command.count, arena, &list, &why), OK);
    assert_int_equal(list.pattern_count, 2);
    assert_int_equal(list.status, IMAP_STATUS_UNSEEN);
    command = command_of("a LIST (RECURSIVEMATCH) \"\" a");
    assert_int_equal(imap_list_parse(command.args, command.count, arena, &list, &why), INVALID);
}

static void utf7_has_one_form(void **state)
{
    (void)state;
    static const struct {
        const char *utf8, *utf7;
    } cases[] = {{"abc", "abc"}, {"a&b", "a&-b"}, {"Envoyés", "Envoy&AOk-s"}, {"台北", "&U,BTFw-"}, {"😀", "&2D3eAA-"},
                 {"é&è", "&AOk-&-&AOg-"}};
    static const char *const bad[] = {"&", "&AOk", "&AOl-x&", "&AGE-", "&AOk-&AOg-", "é", "&AO-", "&2D0-", "&A!-"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf there BUF_SCOPE = BUF_INIT(100), back BUF_SCOPE = BUF_INIT(100);
        imap_utf7_encode(&there, str_of(cases[i].utf8));
        assert_same(&there, cases[i].utf7);
        assert_int_equal(imap_utf7_decode(&back, buf_str(&there)), OK);
        assert_same(&back, cases[i].utf8);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct buf back BUF_SCOPE = BUF_INIT(100);
        if (imap_utf7_decode(&back, str_of(bad[i])) == OK)
            fail_msg("%s was taken", bad[i]);
    }
}

static void dates(void **state)
{
    (void)state;
    struct instant at;
    struct date day;
    int32_t offset;
    struct buf out BUF_SCOPE = BUF_INIT(100);
    assert_int_equal(imap_datetime_parse(STR(" 4-Nov-2026 09:42:00 +0100"), &at, &offset), OK);
    imap_datetime_write(&out, at, offset);
    assert_same(&out, " 4-Nov-2026 09:42:00 +0100");
    assert_int_equal(imap_date_parse(STR("1-feb-2024"), &day), OK);
    assert_int_equal(imap_date_parse(STR("31-Feb-2024"), &day), INVALID);
    assert_int_equal(imap_date_parse(STR("1-Foo-2024"), &day), INVALID);
    assert_int_equal(imap_datetime_parse(STR("04-Nov-2026 09:42 +0100"), &at, &offset), INVALID);
}

static void stores_appends_selects(void **state)
{
    (void)state;
    struct imap_store store;
    struct imap_append append;
    struct imap_select select;
    struct imap_command command = command_of("a STORE 1 (UNCHANGEDSINCE 9) -FLAGS.SILENT (\\Seen $Work)");
    assert_int_equal(imap_store_parse(command.args + 1, command.count - 1, arena, &store, &why), OK);
    assert_true(store.is_silent && store.how == IMAP_STORE_REMOVE && store.unchanged_since == 9);
    assert_int_equal(store.flags.system, IMAP_SEEN);
    assert_int_equal(store.flags.keyword_count, 1);
    command = command_of("a STORE 1 FLAGS \\Recent");
    assert_int_equal(imap_store_parse(command.args + 1, command.count - 1, arena, &store, &why), INVALID);
    command = command_of("a APPEND x (\\Draft) \"24-Nov-2026 09:42:00 +0000\" {2}\r\nhi");
    assert_int_equal(imap_append_parse(command.args, command.count, arena, &append, &why), OK);
    assert_true(append.is_dated && append.flags.system == IMAP_DRAFT);
    command = command_of("a APPEND x hello");
    assert_int_equal(imap_append_parse(command.args, command.count, arena, &append, &why), INVALID);
    command = command_of("a SELECT x (QRESYNC (7 90 1:5 (1,2 3,4)) CONDSTORE)");
    assert_int_equal(imap_select_parse(command.args, command.count, arena, &select, &why), OK);
    assert_true(select.is_qresync && select.uidvalidity == 7 && select.modseq == 90 && select.known_uids.count == 1);
    command = command_of("a SELECT x (QRESYNC (7 90 1:*))");
    assert_int_equal(imap_select_parse(command.args, command.count, arena, &select, &why), INVALID);
}

static void strings_are_quoted_or_literal(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    imap_write_string(&out, STR("a\"b\\"), false);
    imap_write_string(&out, STR("é"), false);
    imap_write_string(&out, STR("é"), true);
    imap_write_astring(&out, STR("INBOX"), false);
    imap_write_astring(&out, STR("nil"), false);
    imap_write_mailbox(&out, STR("Envoyés"), false);
    imap_write_string(&out, (struct str){"a\0b", 3}, false);
    assert_same(&out, "\"a\\\"b\\\\\"{2}\r\né\"é\"INBOX\"nil\"Envoy&AOk-s{5}\r\na\xef\xbf\xbd" "b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wire_gives_back_the_same), cmocka_unit_test(wire_believes_no_byte),
        cmocka_unit_test(sets),                     cmocka_unit_test(fetches),
        cmocka_unit_test(lists_match),              cmocka_unit_test(utf7_has_one_form),
        cmocka_unit_test(dates),                    cmocka_unit_test(stores_appends_selects),
        cmocka_unit_test(strings_are_quoted_or_literal),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
