#include "language/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void is_plain(const char *text, const char *expected)
{
    struct buf out BUF_SCOPE = BUF_INIT(1000), again BUF_SCOPE = BUF_INIT(1000);
    plain_write(&out, str_of(text));
    plain_write(&again, buf_str(&out));
    assert_true(str_eq(buf_str(&out), buf_str(&again)));
    buf_add_byte(&out, '\0');
    assert_string_equal(out.at, expected);
}

static void letters_are_folded(void **state)
{
    (void)state;
    is_plain("", "");
    is_plain("Été ÉTÉ e\u0301te\u0301", "ete ete ete");
    is_plain("Œuvre cæcum \ufb01n", "oeuvre caecum fin");
    is_plain("ΑΒΓ Привет", "αβγ привет");
}

static void blanks_and_marks_are_one(void **state)
{
    (void)state;
    is_plain("a \t\r\n b", "a b");
    is_plain("prix\u00a0:\u202f3\u2009€", "prix : 3 €");
    is_plain("l\u2019\u00e9cole \u00ab oui \u00bb \u201cnon\u201d", "l'ecole \" oui \" \"non\"");
    is_plain("2024\u20132026 \u2026", "2024-2026 ...");
    is_plain("mu\u00adni\u200bci\ufeffpal", "municipal");
    is_plain(" a ", " a ");
    is_plain("\xff", "\ufffd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_folded),
        cmocka_unit_test(blanks_and_marks_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
