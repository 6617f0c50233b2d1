#include "proto/mime/address.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

/* "name|adl|mailbox|host", an absent field as "-". */
static struct str shown(struct arena *arena, struct str value)
{
    struct address_list list = {0};
    struct buf out BUF_SCOPE = BUF_INIT(100000);
    assert_int_equal(address_parse(arena, value, &list), OK);
    for (size_t i = 0; i < list.count; i++) {
        const struct address *a = &list.at[i];
        const struct str fields[] = {a->name, a->adl, a->mailbox, a->host};
        for (size_t f = 0; f < 4; f++) {
            buf_add_c(&out, f ? "|" : i ? " + " : "");
            buf_add(&out, str_is_absent(fields[f]) ? STR("-") : fields[f]);
        }
    }
    return str_copy(arena, buf_str(&out));
}

static void every_form_is_read(void **state)
{
    (void)state;
    static const struct {
        struct str value, wanted;
    } forms[] = {
        {STR_INIT("accueil@beauval.example"), STR_INIT("-|-|accueil|beauval.example")},
        {STR_INIT("Accueil <accueil@beauval.example>"),
         STR_INIT("Accueil|-|accueil|beauval.example")},
        {STR_INIT(" \"Mairie, \\\"Beauval\\\"\"\r\n <a@b> , c@d "),
         STR_INIT("Mairie, \"Beauval\"|-|a|b + -|-|c|d")},
        {STR_INIT("user@domain (Real Name)"), STR_INIT("Real Name|-|user|domain")},
        {STR_INIT("<a@b> (after)"), STR_INIT("after|-|a|b")},
        {STR_INIT("group: g1@d1.org, g2@d2.org;, group2: g3@d3.org;"),
         STR_INIT("-|-|group|- + -|-|g1|d1.org + -|-|g2|d2.org + -|-|-|- + -|-|group2|- + "
                  "-|-|g3|d3.org + -|-|-|-")},
        {STR_INIT("group:;, group2: (foo) ;"),
         STR_INIT("-|-|group|- + -|-|-|- + -|-|group2|- + -|-|-|-")},
        {STR_INIT("open: a@b"), STR_INIT("-|-|open|- + -|-|a|b + -|-|-|-")},
        {STR_INIT("<@route:user@domain>"), STR_INIT("-|@route|user|domain")},
        {STR_INIT("<@a,@b:user@domain>"), STR_INIT("-|@a,@b|user|domain")},
        {STR_INIT("John . Q . Public@x . org"), STR_INIT("-|-|John.Q.Public|x.org")},
        {STR_INIT("Jean Q. Public <j@x>"), STR_INIT("Jean Q. Public|-|j|x")},
        {STR_INIT("\"a b\"@c"), STR_INIT("-|-|a b|c")},
        {STR_INIT("a@[192.0.2.1]"), STR_INIT("-|-|a|[192.0.2.1]")},
        {STR_INIT("=?utf-8?q?=C3=89tat?= civil <e@c>"),
         STR_INIT("=?utf-8?q?=C3=89tat?= civil|-|e|c")},
        {STR_INIT("État civil <état@café.example>"), STR_INIT("État civil|-|état|café.example")},
        {STR_INIT("Mairie [Beauval] <m@b>"), STR_INIT("Mairie [Beauval]|-|m|b")},
        {STR_INIT("d"), STR_INIT("-|-|d|")},
        {STR_INIT("two words"), STR_INIT("two words|-||")},
        {STR_INIT("<>"), STR_INIT("-|-||")},
        {STR_INIT("a@b <c@d>, e@f"), STR_INIT("-|-|a|b + -|-|c|d + -|-|e|f")},
        {STR_INIT("a@b; c@d"), STR_INIT("-|-|a|b + -|-|c|d")},
        {STR_INIT(" , ,;\r\n"), STR_INIT("")},
        {STR_INIT("X <a@b"), STR_INIT("X|-|a|b")},
        {{"a\0b@c", 5}, STR_INIT("-|-|ab|c")},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
        test_same(shown(arena, forms[i].value), forms[i].wanted, forms[i].value.at, __LINE__);
    }
}

static void every_cut_of_a_list_ends(void **state)
{
    (void)state;
    struct str whole =
        STR("A (c) \"q\\\"\" <@r,@s:\"l\"@h.i>, g: x@[1], =?utf-8?q?a?= <y@z>;, b@c (d)");
    for (size_t cut = 0; cut <= whole.len; cut++) {
        struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
        struct address_list list = {0};
        assert_int_equal(address_parse(arena, str_slice(whole, 0, cut), &list), OK);
        assert_true(list.count <= 6);
    }
}

static void entries_are_counted_to_their_maximum(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct buf value BUF_SCOPE = BUF_INIT(1 << 20);
    struct address_list list = {0};
    for (int i = 0; i < ADDRESSES_MAX + 1; i++)
        buf_add_literal(&value, "a@b,");
    assert_int_equal(address_parse(arena, buf_str(&value), &list), OK);
    assert_int_equal(list.count, ADDRESSES_MAX);
    struct arena *small ARENA_SCOPE = arena_create(1000);
    list = (struct address_list){0};
    assert_int_equal(address_parse(small, buf_str(&value), &list), LIMIT);
}

static void all_fields_of_a_name_count(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct address_list list = {0};
    struct str header = STR("From: a@b\r\nTo: x@y\r\nFROM: c@d\r\n\r\nFrom: e@f\r\n");
    assert_int_equal(address_parse_field(arena, header, STR("from"), &list), OK);
    assert_int_equal(list.count, 2);
    assert_text(list.at[1].mailbox, "c");
}

static void only_what_can_be_written_to_is_deliverable(void **state)
{
    (void)state;
    static const struct {
        struct str mailbox, host;
        bool is_good;
    } cases[] = {
        {STR_INIT("accueil"), STR_INIT("beauval.example"), true},
        {STR_INIT("état"), STR_INIT("café.example"), true},
        {STR_INIT("a b"), STR_INIT("x.org"), true},
        {STR_INIT("a"), STR_INIT("[192.0.2.1]"), true},
        {STR_INIT(""), STR_INIT("x"), false},
        {STR_INIT("a"), STR_INIT(""), false},
        {STR_INIT("a"), STR_INIT("x..y"), false},
        {STR_INIT("a"), STR_INIT(".x"), false},
        {STR_INIT("a\r\nBcc: x"), STR_INIT("y"), false},
        {STR_INIT("a"), STR_INIT("y\n"), false},
        {STR_INIT("a"), STR_INIT("x y"), false},
        {STR_INIT("a\xff"), STR_INIT("x"), false},
        {STR_INIT("12345678901234567890123456789012345678901234567890123456789012345"),
         STR_INIT("x"), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct address address = {.mailbox = cases[i].mailbox, .host = cases[i].host};
        assert_int_equal(address_is_deliverable(&address), cases[i].is_good);
    }
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    const struct address written[] = {
        {.name = STR("État civil"), .mailbox = STR("etat.civil"), .host = STR("beauval.example")},
        {.name = STR_NONE, .mailbox = STR("a b"), .host = STR("clairmont.example")},
        {.name = STR_NONE, .mailbox = STR("Élus"), .host = STR_NONE},
        {.name = STR("Mairie, annexe"), .mailbox = STR("m"), .host = STR("rochefleur.example")},
        {.name = STR_NONE},
        {.name = STR("Accueil"), .mailbox = STR("accueil"), .host = STR("beauval.example")},
    };
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    struct address_list list = {0};
    size_t column = 4;
    address_write(&out, written, 6, &column);
    assert_text(
        buf_str(&out),
        "=?utf-8?Q?=C3=89tat_civil?= <etat.civil@beauval.example>,\r\n \"a b\"@clairmont.example,"
        " =?utf-8?B?w4lsdXM=?=: \"Mairie, annexe\"\r\n <m@rochefleur.example>;,"
        " Accueil <accueil@beauval.example>");
    assert_int_equal(address_parse(arena, buf_str(&out), &list), OK);
    assert_int_equal(list.count, 6);
    assert_text(address_name_text(arena, &list.at[0]), "État civil");
    assert_text(address_text(arena, &list.at[1]), "\"a b\"@clairmont.example");
    assert_true(address_is_group_start(&list.at[2]) && address_is_group_end(&list.at[4]));
    assert_true(str_is_absent(address_name_text(arena, &list.at[1])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_read),
        cmocka_unit_test(every_cut_of_a_list_ends),
        cmocka_unit_test(entries_are_counted_to_their_maximum),
        cmocka_unit_test(all_fields_of_a_name_count),
        cmocka_unit_test(only_what_can_be_written_to_is_deliverable),
        cmocka_unit_test(what_is_written_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
