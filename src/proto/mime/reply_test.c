#include "proto/mime/reply.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

static void text_is_quoted(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    reply_quote(&out, STR("Le 24 novembre 2026, Accueil a écrit :"),
                STR("Bonjour\n\n> avant\r\nfin\n-- \nMairie\n"));
    assert_text(
        buf_str(&out),
        "Le 24 novembre 2026, Accueil a écrit :\r\n> Bonjour\r\n>\r\n>> avant\r\n> fin\r\n");
}

static void a_message_is_forwarded_with_its_fields(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct reply_labels labels = {STR("Message transféré"), STR("De :"), STR("Date :"),
                                  STR("Objet :"),           STR("À :"),  STR("Copie :")};
    struct reply_original original = {
        .from = STR("Accueil"), .subject = STR("Plan"), .text = STR("a\n-- \nb")};
    reply_forward(&out, &labels, &original);
    assert_text(buf_str(&out),
                "-------- Message transféré --------\r\nDe : Accueil\r\nObjet : Plan\r\n\r\n"
                "a\r\n-- \r\nb\r\n");
}

static void subjects_get_one_prefix(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(10000);
    static const char *const subjects[] = {"Plan",        "Re: Plan",  "RE : re: Plan",
                                           "Re[2]: Plan", "Rép: Plan", " Re\u00a0: Plan ",
                                           "AW: Re:Plan"};
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        assert_text(reply_subject(arena, STR("Re: "), str_of(subjects[i])), "Re: Plan");
    assert_text(reply_subject(arena, STR("Re: "), STR("Tr: Plan")), "Re: Tr: Plan");
    assert_text(reply_subject(arena, STR("Tr: "), STR("Fwd: Tr : Plan")), "Tr: Plan");
    assert_text(reply_subject(arena, STR("Re: "), STR("Regards")), "Re: Regards");
    assert_text(reply_subject(arena, STR("Re: "), STR("")), "Re: ");
}

/* Mailboxes of to | cc. */
static struct str people(struct arena *arena, struct str header, bool is_all)
{
    const struct str own[] = {STR("Moi@beauval.example"), STR("mairie@beauval.example")};
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct reply_people people;
    assert_int_equal(reply_people_of(arena, header, own, 2, is_all, &people), OK);
    for (size_t i = 0; i < people.to.count; i++)
        buf_add_format(&out, "%.*s ", STR_ARG(people.to.at[i].mailbox));
    buf_add_byte(&out, '|');
    for (size_t i = 0; i < people.cc.count; i++)
        buf_add_format(&out, " %.*s", STR_ARG(people.cc.at[i].mailbox));
    return str_copy(arena, buf_str(&out));
}

static void the_right_people_are_answered(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct str header = STR("From: a@x\r\nTo: moi@BEAUVAL.example, b@x, group: c@x;, A@X\r\nCc: "
                            "d@x, b@x, noaddress\r\n\r\n");
    assert_text(people(arena, header, false), "a |");
    assert_text(people(arena, header, true), "a | b c d");
    assert_text(people(arena, STR("From: a@x\r\nReply-To: r@x\r\nTo: b@x\r\n\r\n"), true), "r | b");
    assert_text(people(arena, STR("From: moi@beauval.example\r\nTo: b@x\r\nCc: c@x\r\n\r\n"), true),
                "b | c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_quoted),
        cmocka_unit_test(a_message_is_forwarded_with_its_fields),
        cmocka_unit_test(subjects_get_one_prefix),
        cmocka_unit_test(the_right_people_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
