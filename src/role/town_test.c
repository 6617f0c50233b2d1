/* A town process with a front that may be hostile: it believes a ticket, and nothing else. */
#include "role/test_towns.h"

#include "core/web.h"

static void mail_is_handed_in_with_a_good_ticket_alone(void **state)
{
    (void)state;
    struct seat *seat = &seats[BEAUVAL];
    struct ticket ticket = ticket_of(ACCUEIL, 70);
    assert_int_equal(hand_in(good_ticket()), OK);
    assert_int_equal(hand_in(STR("")), DENIED);
    assert_int_equal(hand_in(STR("made up")), DENIED);
    assert_int_equal(hand_in(sealed(ticket, seats[CLAIRMONT].key)), DENIED);
    ticket.member = 2;
    assert_int_equal(hand_in(sealed(ticket, seats[CLAIRMONT].key)), DENIED);
    assert_int_equal(hand_in(sealed(ticket, seat->key)), DENIED);
    ticket = ticket_of(ACCUEIL, 70);
    ticket.expires.ms = clock_now().ms - 1;
    assert_int_equal(hand_in(sealed(ticket, seat->key)), GONE);
    ticket = ticket_of(0, 70); /* waits for its second factor */
    ticket.rights = PERMISSION_NONE;
    assert_int_equal(hand_in(sealed(ticket, seat->key)), DENIED);
    struct str forged = str_copy(arena, good_ticket());
    for (size_t i = 0; i < forged.len; i++) { /* another person, another right, another time */
        ((char *)(uintptr_t)forged.at)[i] ^= 4;
        assert_int_equal(hand_in(forged), DENIED);
        ((char *)(uintptr_t)forged.at)[i] ^= 4;
    }
    assert_int_equal(count_of(seat, 2), 1);
}

static void an_ended_session_is_refused_at_once(void **state)
{
    (void)state;
    struct message_session_ended ended = {.session = 70};
    assert_int_equal(hand_in(good_ticket()), OK);
    assert_int_equal(message_send(seats[BEAUVAL].auth.channel, MESSAGE_SESSION_ENDED, &ended, -1), OK);
    settle();
    assert_int_equal(hand_in(good_ticket()), GONE);
    assert_int_equal(hand_in(sealed(ticket_of(ACCUEIL, 71), seats[BEAUVAL].key)), OK);
}

static void nobody_speaks_for_somebody_else(void **state)
{
    (void)state;
    struct str ticket = good_ticket();
    const char *to = "etat-civil@beauval.example\n";
    struct str others = STR("From: <etat-civil@beauval.example>\r\n\r\nx\r\n");
    struct str two = STR("From: <accueil@beauval.example>, <etat-civil@beauval.example>\r\n\r\nx\r\n");
    struct str hidden = STR("From: <accueil@beauval.example>\r\nFrom: <etat-civil@beauval.example>\r\n\r\nx\r\n");
    assert_int_equal(submitted(ticket, "etat-civil@beauval.example", to, mail_of("a")), DENIED);
    assert_int_equal(submitted(ticket, "accueil@clairmont.example", to, mail_of("a")), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", to, others), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", to, two), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", to, hidden), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", to, STR("Subject: x\r\n\r\nx\r\n")), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", "nobody@beauval.example\n", mail_of("a")), NOT_FOUND);
    assert_int_equal(count_of(&seats[BEAUVAL], 2), 0);
}

static void a_page_with_a_bad_ticket_is_nobodys(void **state)
{
    (void)state;
    struct message_web_answer answer;
    struct message_web ask = {.handle = 3,
                              .member = 1,
                              .method = WEB_GET,
                              .ticket = sealed(ticket_of(ACCUEIL, 70), seats[CLAIRMONT].key),
                              .path = STR("/mail"),
                              .query = STR(""),
                              .content_type = STR(""),
                              .accept_language = STR("fr"),
                              .remote = STR("192.0.2.1"),
                              .device = STR(""),
                              .host = STR("beauval.localhost"),
                              .trace = STR("t"),
                              .body = STR("")};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_WEB, &ask, -1), OK);
    take(&seats[BEAUVAL].front, MESSAGE_WEB_ANSWER, &answer);
    assert_true(answer.code == 303 || answer.code == 404); /* to sign-in, or a town without that service */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(mail_is_handed_in_with_a_good_ticket_alone),
        CASE(an_ended_session_is_refused_at_once),
        CASE(nobody_speaks_for_somebody_else),
        CASE(a_page_with_a_bad_ticket_is_nobodys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
