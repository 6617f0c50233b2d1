#include "service/mail/facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct facts facts_of(struct arena *arena, const char *message)
{
    struct facts facts;
    assert_int_equal(facts_read(arena, str_of(message), (struct instant){1000}, &facts), OK);
    return facts;
}

static void a_subject_without_its_marks(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    static const struct {
        const char *subject, *base;
    } cases[] = {{"Budget", "Budget"},
                 {"Re: Fwd: Budget", "Budget"},
                 {"TR: Budget", "Budget"},
                 {"RE\u00a0: tr\u202f: [conseil] Re: Budget (fwd)", "Budget"},
                 {"[conseil] TR : Budget", "Budget"},
                 {"[Fwd: TR: Budget]", "Budget"},
                 {"=?utf-8?q?Re=C2=A0:_R=C3=A9union?=", "Réunion"},
                 {"Travaux: rue du Moulin", "Travaux: rue du Moulin"},
                 {"TR", "TR"},
                 {"Tr:", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str message = str_format(arena, "Subject: %s\r\n\r\nx\r\n", cases[i].subject);
        struct str base = facts_of(arena, message.at).base_subject;
        if (!str_eq(base, str_of(cases[i].base)))
            print_error("%s -> %.*s\n", cases[i].subject, STR_ARG(base));
        assert_true(str_eq(base, str_of(cases[i].base)));
    }
}

static void a_message_without_a_header_has_facts(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    struct facts facts = facts_of(arena, "\r\nBonjour  à\ttous\r\n");
    assert_int_equal(facts.sent.ms, 1000);
    assert_int_equal(facts.subject.len + facts.base_subject.len + facts.message_id.len + facts.from_text.len, 0);
    assert_true(str_starts(facts.preview, STR("Bonjour")));
}

static void a_preview_says_what_the_sender_wrote(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    static const struct {
        const char *message, *preview;
    } cases[] = {
        {"Subject: a\r\n\r\nOui,  merci.\r\n\r\n> Viendrez-vous ?\r\n-- \r\nMairie\r\n", "Oui, merci."},
        {"Content-Type: text/html\r\n\r\n<title>T</title><style>p{}</style><p>Bonjour</p><p>à &eacute;t&eacute;</p>",
         "Bonjour à été"},
        {"Content-Type: image/png\r\n\r\nx", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str preview = facts_of(arena, cases[i].message).preview;
        if (!str_eq(preview, str_of(cases[i].preview)))
            print_error("%.*s\n", STR_ARG(preview));
        assert_true(str_eq(preview, str_of(cases[i].preview)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_subject_without_its_marks),
        cmocka_unit_test(a_message_without_a_header_has_facts),
        cmocka_unit_test(a_preview_says_what_the_sender_wrote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
