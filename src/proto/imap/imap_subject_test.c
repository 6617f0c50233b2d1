#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "proto/imap/imap_subject.h"

static void is_base(const char *subject, const char *base, bool is_reply)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct imap_subject found;
    assert_int_equal(imap_subject_base(str_of(subject), arena, &found), OK);
    if (!str_eq(found.base, str_of(base)))
        print_error("%s -> %.*s\n", subject, STR_ARG(found.base));
    assert_true(str_eq(found.base, str_of(base)));
    assert_int_equal(found.is_reply_or_forward, is_reply);
}

static void nothing_to_take_off(void **state)
{
    (void)state;
    is_base("", "", false);
    is_base("   ", "", false);
    is_base("Budget", "Budget", false);
    is_base("Budget\r\n\tprimitif   2026 ", "Budget primitif 2026", false);
    is_base("Recette: total", "Recette: total", false);
    is_base("re", "re", false);
    is_base("[conseil]", "[conseil]", false);
    is_base("(fwd", "(fwd", false);
    is_base("[fwd: x", "[fwd: x", false);
    is_base("Re [a [b]: x", "Re [a [b]: x", false);
}

static void marks_are_taken_off(void **state)
{
    (void)state;
    is_base("Re: Budget", "Budget", true);
    is_base("RE : re:FW:Fwd: Budget", "Budget", true);
    is_base("Re[2]: Budget", "Budget", true);
    is_base("Re [liste] : Budget", "Budget", true);
    is_base("Re:", "", true);
    is_base("Budget (fwd)", "Budget", true);
    is_base("Budget (FWD) (fwd) ", "Budget", true);
    is_base("(fwd)", "", true);
}

static void lists_name_themselves_in_brackets(void **state)
{
    (void)state;
    is_base("[conseil] Budget", "Budget", false);
    is_base("[conseil] Re: [urgent] Budget", "Budget", true);
    is_base("[a][b] [c] Re: x", "x", true);
    is_base("[a][b]", "[b]", false);
    is_base("[a] [b] c [d]", "c [d]", false);
    is_base("[] x", "x", false);
}

static void forwards_in_brackets_are_opened(void **state)
{
    (void)state;
    is_base("[Fwd: Budget]", "Budget", true);
    is_base("Re: [fwd: [fwd: Re: Budget (fwd)]]", "Budget", true);
    is_base("[fwd: ]", "", true);
    is_base("[fwd: a] b", "b", false);
}

/* Hostile subjects cost linear time: this would take minutes otherwise. */
static void long_runs_are_cheap(void **state)
{
    (void)state;
    enum { COUNT = 200000 };
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    static const char *const pieces[] = {"[a]", "[fwd:", "re:", "(fwd)", "[", "re [a]"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct imap_subject found;
        struct buf text BUF_SCOPE = BUF_INIT(COUNT * 8);
        for (int j = 0; j < COUNT; j++)
            buf_add_c(&text, pieces[i]);
        arena_reset(arena);
        assert_int_equal(imap_subject_base(buf_str(&text), arena, &found), OK);
        assert_true(found.base.len <= text.len);
    }
}

static void a_full_arena_is_said(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(8);
    struct imap_subject found;
    assert_int_equal(imap_subject_base(STR("a subject longer than that"), arena, &found), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_to_take_off),
        cmocka_unit_test(marks_are_taken_off),
        cmocka_unit_test(lists_name_themselves_in_brackets),
        cmocka_unit_test(forwards_in_brackets_are_opened),
        cmocka_unit_test(long_runs_are_cheap),
        cmocka_unit_test(a_full_arena_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
