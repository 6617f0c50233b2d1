#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/ticket.h"

static const unsigned char key[TICKET_KEY_BYTES] = {1, 2, 3};
static const unsigned char other_key[TICKET_KEY_BYTES] = {1, 2, 4};
static const struct instant now = {1000000};

static struct ticket sample(void)
{
    return (struct ticket){.member = 3,
                           .person = 7,
                           .session = 9,
                           .rights = PERMISSION_SELF,
                           .expires = {now.ms + TICKET_LIFE_MS},
                           .address = STR("accueil@beauval.example"),
                           .form_token = STR("token")};
}

static struct str seal(struct buf *out)
{
    struct ticket ticket = sample();
    assert_int_equal(ticket_seal(out, &ticket, key), OK);
    return buf_str(out);
}

static void a_ticket_opens_with_its_key(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(TICKET_MAX);
    struct ticket opened, sealed = sample();
    assert_int_equal(ticket_open(seal(&out), key, 3, now, &opened), OK);
    assert_int_equal(opened.person, sealed.person);
    assert_int_equal(opened.session, sealed.session);
    assert_true(opened.rights == sealed.rights);
    assert_true(str_eq(opened.address, sealed.address));
    assert_true(str_eq(opened.form_token, sealed.form_token));
}

static void another_key_or_member_is_denied(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(TICKET_MAX);
    struct ticket opened;
    struct str sealed = seal(&out);
    assert_int_equal(ticket_open(sealed, other_key, 3, now, &opened), DENIED);
    assert_int_equal(ticket_open(sealed, key, 4, now, &opened), DENIED);
}

static void an_expired_or_overlong_ticket_is_gone(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(TICKET_MAX);
    struct ticket opened;
    struct str sealed = seal(&out);
    struct instant end = {now.ms + TICKET_LIFE_MS}, set_back = {now.ms - 1};
    assert_int_equal(ticket_open(sealed, key, 3, (struct instant){end.ms - 1}, &opened), OK);
    assert_int_equal(ticket_open(sealed, key, 3, end, &opened), GONE);
    assert_int_equal(ticket_open(sealed, key, 3, set_back, &opened), GONE);
}

static void every_changed_byte_and_every_cut_is_denied(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(TICKET_MAX);
    struct ticket opened;
    struct str sealed = seal(&out);
    for (size_t i = 0; i < sealed.len; i++) {
        assert_int_equal(ticket_open(str_slice(sealed, 0, i), key, 3, now, &opened), DENIED);
        out.at[i] ^= 1;
        assert_int_equal(ticket_open(sealed, key, 3, now, &opened), DENIED);
        out.at[i] ^= 1;
    }
    assert_int_equal(ticket_open(sealed, key, 3, now, &opened), OK);
}

static void an_address_above_the_limit_is_refused(void **state)
{
    (void)state;
    char long_address[256];
    memset(long_address, 'a', sizeof long_address);
    struct buf out BUF_SCOPE = BUF_INIT(TICKET_MAX);
    struct ticket ticket = sample();
    ticket.address = (struct str){long_address, 255};
    assert_int_equal(ticket_seal(&out, &ticket, key), LIMIT);
    ticket.address.len = 254;
    assert_int_equal(ticket_seal(&out, &ticket, key), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_opens_with_its_key),
        cmocka_unit_test(another_key_or_member_is_denied),
        cmocka_unit_test(an_expired_or_overlong_ticket_is_gone),
        cmocka_unit_test(every_changed_byte_and_every_cut_is_denied),
        cmocka_unit_test(an_address_above_the_limit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
