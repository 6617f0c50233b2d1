#include "base/utf8.h"
#include "proto/smtp/sasl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str text)
{
    REQUIRE(text.len <= SASL_TEXT_MAX && utf8_is_valid(text) && str_find_byte(text, 0) == SIZE_MAX);
}

/* What is proven to be a name and a password is one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct str text = {(const char *)data, size}, answer;
    struct sasl_plain plain;
    if (sasl_plain_decode(arena, text, &plain) == OK) {
        REQUIRE(plain.name.len > 0);
        check(plain.name);
        check(plain.password);
        if (!str_is_absent(plain.authorize))
            check(plain.authorize);
    }
    if (sasl_login_decode(arena, text, &answer) == OK)
        check(answer);
    (void)sasl_mechanism_of(text);
    return 0;
}
