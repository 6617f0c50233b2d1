/* What an operator may type, checked against the usage line of the verb. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/service.h"

#define USAGE "ADDRESS [PATH] --name N [--password-stdin] [--role agent|admin]"

static const struct verb verbs[] = {{.words = "person", .usage = ""},
                                    {.words = "person add", .usage = USAGE},
                                    {.words = "person add more", .usage = ""}};

static size_t split(const char *line, struct str words[VERB_WORDS_MAX])
{
    size_t count = 0;
    for (struct str rest = str_of(line); rest.len > 0;)
        words[count++] = str_cut(&rest, ' ');
    return count;
}

static bool accepts(const char *line)
{
    struct str words[VERB_WORDS_MAX];
    size_t count = split(line, words);
    return verb_accepts(USAGE, words, count);
}

static void words_must_fit_the_usage_line(void **state)
{
    (void)state;
    assert_true(accepts("a@b --name X"));
    assert_true(accepts("--name X a@b p"));
    assert_true(accepts("a@b --name X --password-stdin --role admin"));
    assert_true(accepts("a@b --name --role"));
    assert_false(accepts("a@b"));
    assert_false(accepts("--name X"));
    assert_false(accepts("a@b --name"));
    assert_false(accepts("a@b p q --name X"));
    assert_false(accepts("a@b --name X --else"));
    assert_true(verb_accepts("", NULL, 0));
    assert_false(verb_accepts("", &(struct str){"x", 1}, 1));
}

static void what_was_given_is_found(void **state)
{
    (void)state;
    struct str words[VERB_WORDS_MAX];
    struct verb_call call = {.verb = &verbs[1], .words = words};
    call.word_count = split("--name first a@b --role --name --name last p", words);
    assert_true(str_eq(verb_argument(&call, 0), STR("a@b")));
    assert_true(str_eq(verb_argument(&call, 1), STR("p")));
    assert_true(str_is_absent(verb_argument(&call, 2)));
    assert_true(str_eq(verb_option(&call, "--name"), STR("last")));
    assert_true(str_eq(verb_option(&call, "--role"), STR("--name")));
    assert_false(verb_has(&call, "--password-stdin"));
    call.word_count = split("a@b --name --password-stdin", words);
    assert_false(verb_has(&call, "--password-stdin"));
    call.word_count = split("a@b --password-stdin --name x", words);
    assert_true(verb_has(&call, "--password-stdin"));
    assert_true(str_is_absent(verb_option(&call, "--role")));
}

static void the_longest_verb_is_meant(void **state)
{
    (void)state;
    struct str words[VERB_WORDS_MAX];
    size_t taken;
    const struct service one = {.name = "one", .verbs = verbs, .verb_count = 2};
    const struct service two = {.name = "two", .verbs = verbs + 2, .verb_count = 1};
    const struct service *const services[] = {&one, &two, NULL};
    assert_ptr_equal(verb_of(services, words, split("person add x", words), &taken), &verbs[1]);
    assert_int_equal(taken, 2);
    assert_ptr_equal(verb_of(services, words, split("person add more", words), &taken), &verbs[2]);
    assert_ptr_equal(verb_of(services, words, split("person addx", words), &taken), &verbs[0]);
    assert_null(verb_of(services, words, split("perso", words), &taken));
    assert_null(verb_of(services, words, 0, &taken));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_must_fit_the_usage_line),
        cmocka_unit_test(what_was_given_is_found),
        cmocka_unit_test(the_longest_verb_is_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
