/* A hostile front at the gate of a town: it holds tickets it saw, and changes, keeps or carries them elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/gate.h"

static const unsigned char key[TICKET_KEY_BYTES] = "the key of Beauval, of 32 bytes";
static const unsigned char other_key[TICKET_KEY_BYTES] = "the key of Clairmont, 32 bytes.";
static const struct instant now = {1800000000000};
static struct gate *gate;

static int set_up(void **state)
{
    (void)state;
    gate = gate_create(1, key);
    gate_open(gate);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    gate_destroy(gate);
    return 0;
}

static struct ticket ticket_of(int64_t person, int64_t session)
{
    return (struct ticket){.member = 1,
                           .person = person,
                           .session = session,
                           .rights = PERMISSION_SELF,
                           .expires = {now.ms + TICKET_LIFE_MS},
                           .address = STR("accueil@beauval.example"),
                           .form_token = STR("form")};
}

static void seal(struct buf *out, const struct ticket *ticket, const unsigned char *with)
{
    buf_clear(out);
    assert_int_equal(ticket_seal(out, ticket, with), OK);
}

static enum status admit(const struct ticket *ticket, const unsigned char *with, struct instant at)
{
    struct buf sealed BUF_SCOPE = BUF_INIT(TICKET_MAX);
    struct ticket seen;
    seal(&sealed, ticket, with);
    return gate_admit(gate, buf_str(&sealed), at, &seen);
}

static void a_genuine_ticket_is_let_in(void **state)
{
    (void)state;
    struct buf sealed BUF_SCOPE = BUF_INIT(TICKET_MAX);
    struct ticket ticket = ticket_of(7, 70), seen;
    seal(&sealed, &ticket, key);
    assert_int_equal(gate_admit(gate, buf_str(&sealed), now, &seen), OK);
    assert_int_equal(seen.person, 7);
    assert_int_equal(seen.rights, PERMISSION_SELF);
}

static void no_changed_bit_passes(void **state)
{
    (void)state;
    struct buf sealed BUF_SCOPE = BUF_INIT(TICKET_MAX);
    struct ticket ticket = ticket_of(7, 70), seen;
    seal(&sealed, &ticket, key);
    for (size_t bit = 0; bit < 8 * sealed.len; bit++) {
        sealed.at[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(gate_admit(gate, buf_str(&sealed), now, &seen), DENIED);
        sealed.at[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t cut = 0; cut < sealed.len; cut++)
        assert_int_equal(gate_admit(gate, str_slice(buf_str(&sealed), 0, cut), now, &seen), DENIED);
    buf_add_byte(&sealed, 0);
    assert_int_equal(gate_admit(gate, buf_str(&sealed), now, &seen), DENIED);
}

static void nobody_else_is_claimed(void **state)
{
    (void)state;
    struct ticket ticket = ticket_of(7, 70);
    ticket.rights = PERMISSION_ADMINISTER; /* made up whole, with a key front could have thought of */
    assert_int_equal(admit(&ticket, (const unsigned char[TICKET_KEY_BYTES]){0}, now), DENIED);
    ticket.member = 2; /* a good ticket of another town, carried here */
    assert_int_equal(admit(&ticket, other_key, now), DENIED);
    assert_int_equal(admit(&ticket, key, now), DENIED); /* even if the keys were one */
    ticket.member = 1;
    assert_int_equal(admit(&ticket, other_key, now), DENIED);
}

static void time_ends_a_ticket(void **state)
{
    (void)state;
    struct ticket ticket = ticket_of(7, 70);
    assert_int_equal(admit(&ticket, key, (struct instant){ticket.expires.ms - 1}), OK);
    assert_int_equal(admit(&ticket, key, ticket.expires), GONE);
    assert_int_equal(admit(&ticket, key, (struct instant){now.ms - 1}), GONE); /* the clock was set back */
}

static void an_ended_session_is_refused_at_once(void **state)
{
    (void)state;
    struct ticket ended = ticket_of(7, 70), other = ticket_of(7, 71), else_one = ticket_of(8, 80);
    gate_end(gate, 70, 7, now);
    assert_int_equal(admit(&ended, key, now), GONE);
    assert_int_equal(admit(&other, key, now), OK);
    gate_end(gate, 0, 7, now);
    assert_int_equal(admit(&other, key, now), GONE);
    assert_int_equal(admit(&else_one, key, now), OK);
    other.expires.ms = now.ms + 1 + TICKET_LIFE_MS; /* issued after: the person came back */
    assert_int_equal(admit(&other, key, (struct instant){now.ms + 1}), OK);
}

static void nothing_passes_before_auth_spoke(void **state)
{
    (void)state;
    struct ticket ticket = ticket_of(7, 70);
    gate_destroy(gate);
    gate = gate_create(1, key);
    assert_int_equal(admit(&ticket, key, now), BUSY);
    gate_open(gate);
    assert_int_equal(admit(&ticket, key, now), OK);
}

/* Beyond the maximum all that was issued before is refused; nothing that ended comes back. */
static void a_full_set_refuses_rather_than_forgets(void **state)
{
    (void)state;
    struct ticket first = ticket_of(7, 1), never_ended = ticket_of(8, INT64_C(1) << 40);
    for (int64_t i = 1; i <= GATE_ENDED_MAX; i++)
        gate_end(gate, i, 7, now);
    assert_int_equal(admit(&first, key, now), GONE);
    assert_int_equal(admit(&never_ended, key, now), OK);
    gate_end(gate, GATE_ENDED_MAX + 1, 7, now);
    assert_int_equal(admit(&first, key, now), GONE);
    assert_int_equal(admit(&never_ended, key, now), GONE);
    never_ended.expires.ms += 1;
    assert_int_equal(admit(&never_ended, key, (struct instant){now.ms + 1}), OK);
}

static void what_is_over_makes_room(void **state)
{
    (void)state;
    struct instant later = {now.ms + TICKET_LIFE_MS};
    struct ticket fresh = ticket_of(8, INT64_C(1) << 40);
    fresh.expires.ms = later.ms + TICKET_LIFE_MS - 5; /* a session that ends soon: a short ticket */
    for (int64_t i = 1; i <= GATE_ENDED_MAX; i++)
        gate_end(gate, i, 7, now);
    gate_end(gate, GATE_ENDED_MAX + 1, 7, later);
    assert_int_equal(admit(&fresh, key, later), OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_genuine_ticket_is_let_in),
        CASE(no_changed_bit_passes),
        CASE(nobody_else_is_claimed),
        CASE(time_ends_a_ticket),
        CASE(an_ended_session_is_refused_at_once),
        CASE(nothing_passes_before_auth_spoke),
        CASE(a_full_set_refuses_rather_than_forgets),
        CASE(what_is_over_makes_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
