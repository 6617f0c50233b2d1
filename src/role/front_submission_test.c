/* Submission at a front, over TLS: who speaks for which sender, and how long. */
#include "role/test_front.h"

#include <openssl/ssl.h>

static SSL_CTX *client_context;

static SSL *secure_dial(int door)
{
    client_context = SSL_CTX_new(TLS_client_method());
    SSL *ssl = SSL_new(client_context);
    SSL_set_fd(ssl, dial(door));
    assert_int_equal(SSL_connect(ssl), 1);
    return ssl;
}

static void secure_say(SSL *ssl, const char *words)
{
    assert_int_equal(SSL_write(ssl, words, (int)strlen(words)), (int)strlen(words));
}

static void secure_hears(SSL *ssl, const char *start)
{
    char line[LINE_ROOM];
    size_t length = 0;
    while (length + 1 < sizeof line && SSL_read(ssl, line + length, 1) == 1 && line[length++] != '\n')
        continue;
    line[length] = 0;
    if (strncmp(line, start, strlen(start)) != 0)
        assert_string_equal(line, start);
}

static void secure_close(SSL *ssl)
{
    close(SSL_get_fd(ssl));
    SSL_free(ssl);
    SSL_CTX_free(client_context);
}

static void tell_login(const struct message_login_answer *from, int64_t handle, enum status status, int64_t life_ms)
{
    struct message_login_answer answer = *from;
    answer.handle = handle;
    answer.status = status;
    answer.expires_ms = clock_now().ms + life_ms;
    give(&auth, MESSAGE_LOGIN_ANSWER, &answer);
}

static void submission_speaks_for_its_sender(void **state)
{
    (void)state;
    static const struct message_login_answer sealed = {
        .ticket = STR_INIT("sealed"), .token = STR_INIT(""), .code = STR_INIT("")};
    struct message_login login;
    struct message_renew renew;
    struct message_rcpt asked;
    struct message_deliver deliver;
    SSL *ssl = secure_dial(SUBMISSIONS);
    secure_hears(ssl, "220 ");
    secure_say(ssl, "HELO x\r\nMAIL FROM:<a@beauval.example>\r\n");
    secure_hears(ssl, "250 ");
    secure_hears(ssl, "530 ");
    secure_say(ssl, "AUTH PLAIN AGFAYmVhdXZhbC5leGFtcGxlAHNlY3JldA==\r\n"); /* a@beauval.example, secret */
    take(&auth, MESSAGE_LOGIN, &login);
    assert_true(login.is_secure && login.member == 7 && str_eq(login.door, STR("submission")));
    tell_login(&sealed, login.handle, OK, 60 * 1000); /* so short that it is renewed before each use */
    secure_hears(ssl, "235 ");
    secure_say(ssl, "MAIL FROM:<b@beauval.example>\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    tell_login(&sealed, renew.handle, OK, 60 * 1000);
    take(&towns[BEAUVAL], MESSAGE_RCPT, &asked);
    assert_true(asked.address.len == 0 && str_eq(asked.sender, STR("b@beauval.example")));
    assert_true(str_eq(asked.ticket, STR("sealed")) && str_eq(asked.source, STR("submission")));
    struct message_rcpt_answer denied = {
        .handle = asked.handle, .status = DENIED, .code = STR(""), .sentence = STR("")};
    give(&towns[CLAIRMONT], MESSAGE_RCPT_ANSWER, &denied); /* not theirs to say */
    give(&towns[BEAUVAL], MESSAGE_RCPT_ANSWER, &denied);
    secure_hears(ssl, "553 5.7.1");
    secure_say(ssl, "MAIL FROM:<a@beauval.example>\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    tell_login(&sealed, renew.handle, OK, 60 * 1000);
    tell_rcpt(&towns[BEAUVAL], OK);
    secure_hears(ssl, "250 2.1.0");
    secure_say(ssl, "RCPT TO:<c@clairmont.example>\r\n");
    take(&towns[CLAIRMONT], MESSAGE_RCPT, &asked);
    assert_true(asked.ticket.len == 0); /* a ticket is its own town's alone */
    struct message_rcpt_answer good = {.handle = asked.handle, .status = OK, .code = STR(""), .sentence = STR("")};
    give(&towns[CLAIRMONT], MESSAGE_RCPT_ANSWER, &good);
    secure_hears(ssl, "250 2.1.5");
    secure_say(ssl, "RCPT TO:<x@elsewhere.example>\r\nDATA\r\nFrom: a@beauval.example\r\n\r\n.\r\n");
    secure_hears(ssl, "550 5.7.1");
    secure_hears(ssl, "354 ");
    take(&auth, MESSAGE_RENEW, &renew);
    tell_login(&sealed, renew.handle, OK, 60 * 1000);
    take(&towns[BEAUVAL], MESSAGE_DELIVER, &deliver);
    assert_true(str_eq(deliver.recipients, STR("c@clairmont.example\n")) && str_eq(deliver.ticket, STR("sealed")));
    assert_true(str_eq(deliver.source, STR("submission")));
    tell_delivered(&towns[BEAUVAL], deliver.handle, OK, STR(""));
    secure_hears(ssl, "250 2.0.0");
    secure_say(ssl, "MAIL FROM:<a@beauval.example>\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    tell_login(&sealed, renew.handle, GONE, 0);
    secure_hears(ssl, "421 4.7.0");
    secure_close(ssl);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(submission_speaks_for_its_sender),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
