/* Submission (RFC 6409): AUTH (RFC 4954), the sender checked by their own town, the message handed to that town whole.
 * */
#include "role/front_smtp.h"
#include "role/message.h"

enum { SASL_ARENA = 8 << 10 };

static void ask_login(struct connection *connection, const struct front_credentials *credentials)
{
    struct smtp *smtp = connection->state;
    struct front_login_try try = {"submission", credentials->name, credentials->password};
    if (front_login_ask(connection, &smtp->login, &try) == OK)
        smtp->asks = SMTP_ASKS_LOGIN;
    else
        smtp_reply(connection, "454 4.7.0 Not now, try again");
}

static void go_on(struct connection *connection, enum status done, const struct front_credentials *credentials,
                  struct str prompt)
{
    switch (done) {
    case OK:
        ask_login(connection, credentials);
        break;
    case BUSY:
        buf_add_format(&connection->output, "334 %.*s\r\n", STR_ARG(prompt));
        break;
    case NOT_FOUND:
        smtp_reply(connection, "504 5.5.4 No such mechanism");
        break;
    case GONE:
        smtp_reply(connection, "501 5.7.0 Given up");
        break;
    default:
        smtp_reply(connection, "501 5.5.2 Cannot be decoded");
    }
}

void submission_auth(struct connection *connection, const struct smtp_command *command)
{
    struct smtp *smtp = connection->state;
    struct arena *arena ARENA_SCOPE = arena_create(SASL_ARENA);
    struct front_credentials credentials = {0};
    struct str prompt = STR("");
    if (!smtp_is_submission(connection)) {
        smtp_reply(connection, "502 5.5.1 Not offered here");
    } else if (connection->tls == NULL) {
        smtp_reply(connection, "538 5.7.11 Only over TLS: STARTTLS first");
    } else if (front_login_is_open(&smtp->login) || smtp->mail != NULL || !smtp->has_hello) {
        smtp_reply(connection, "503 5.5.1 Out of order");
    } else {
        /* "=" is an empty initial response, which neither mechanism has (RFC 4954 section 4). */
        bool is_empty = str_eq(command->initial, STR("="));
        enum status done = front_sasl_start(&smtp->sasl, arena, command->argument,
                                            is_empty ? STR_NONE : command->initial, &credentials, &prompt);
        go_on(connection, done, &credentials, prompt);
    }
}

void submission_auth_line(struct connection *connection, struct str line)
{
    struct smtp *smtp = connection->state;
    struct arena *arena ARENA_SCOPE = arena_create(SASL_ARENA);
    struct front_credentials credentials = {0};
    struct str prompt = STR("");
    enum status done = front_sasl_next(&smtp->sasl, arena, line, &credentials, &prompt);
    go_on(connection, done, &credentials, prompt);
}

static void answer_login(struct connection *connection, enum status done)
{
    struct smtp *smtp = connection->state;
    if (done == OK) {
        smtp_reply(connection, "235 2.7.0 Signed in");
    } else if (done == BUSY) {
        smtp_reply(connection, "454 4.7.0 Not now, try again");
    } else if (done == NOT_FOUND) {
        smtp_reply(connection, "525 5.7.13 This town has no mail service now"); /* RFC 5248 section 4 */
    } else if (++smtp->login.failures < FRONT_LOGIN_FAILURES_MAX) {
        smtp_reply(connection, "535 5.7.8 Name or password is wrong");
    } else {
        smtp_reply(connection, "421 4.7.0 Too many failures");
        connection->is_closing = true;
    }
}

/* ---- with a ticket ---- */

static void refuse_for_now(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    smtp->asks = SMTP_ASKS_NOTHING;
    smtp_reply(connection, smtp_delivery_reply(BUSY));
    smtp_forget_mail(smtp);
}

/* The sender alone is asked about: no recipient yet. */
static void ask_sender(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    struct channel *channel = front_channel(connection->front, smtp->login.town);
    struct message_rcpt ask = {.handle = front_handle(connection),
                               .size = (int64_t)smtp->mail->size,
                               .address = STR(""),
                               .sender = smtp->mail->sender,
                               .source = STR("submission"),
                               .ticket = smtp->login.ticket};
    if (channel == NULL || message_send(channel, MESSAGE_RCPT, &ask, -1) != OK) {
        refuse_for_now(connection);
        return;
    }
    smtp->asks = SMTP_ASKS_SENDER;
    connection->waiting = 1;
}

static void deliver(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    smtp->asks = SMTP_ASKS_DELIVERY;
    mail_submit(smtp->mail, connection, smtp->login.town, smtp->login.ticket);
    if (connection->waiting == 0)
        smtp_finish_mail(connection);
}

static void with_ticket(struct connection *connection)
{
    const struct smtp *smtp = connection->state;
    if (smtp->mail->state == MAIL_COMMANDS)
        ask_sender(connection);
    else
        deliver(connection);
}

static void renew_first(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    if (!front_login_is_old(&smtp->login)) {
        with_ticket(connection);
        return;
    }
    smtp->asks = SMTP_ASKS_RENEWAL;
    if (front_login_renew(connection, &smtp->login) != OK)
        refuse_for_now(connection);
}

void submission_check_sender(struct connection *connection)
{
    renew_first(connection);
}

void submission_send(struct connection *connection)
{
    renew_first(connection);
}

static void answer_renewal(struct connection *connection, enum status done)
{
    if (done == OK) {
        with_ticket(connection);
    } else if (done == BUSY) {
        refuse_for_now(connection);
    } else {
        smtp_reply(connection, "421 4.7.0 The session has ended");
        connection->is_closing = true;
    }
}

static void answer_sender(struct connection *connection, struct str payload)
{
    struct smtp *smtp = connection->state;
    struct message_rcpt_answer answer;
    if (message_take(MESSAGE_RCPT_ANSWER, payload, &answer) != OK)
        answer.status = BUSY;
    if (answer.status == OK) {
        smtp_reply(connection, "250 2.1.0 Sender ok");
        return;
    }
    smtp_reply(connection, answer.status == DENIED ? "553 5.7.1 Not an address of yours" : smtp_delivery_reply(BUSY));
    smtp_forget_mail(smtp);
}

void submission_answer(struct connection *connection, const struct front_answer *answer)
{
    struct smtp *smtp = connection->state;
    enum smtp_asks asked = smtp->asks;
    bool is_login = asked == SMTP_ASKS_LOGIN || asked == SMTP_ASKS_RENEWAL;
    if (answer->kind != (is_login ? MESSAGE_LOGIN_ANSWER : MESSAGE_RCPT_ANSWER))
        return;
    if (answer->town != (is_login ? FRONT_AUTH : smtp->login.town))
        return;
    connection->waiting = 0;
    smtp->asks = SMTP_ASKS_NOTHING;
    if (asked == SMTP_ASKS_SENDER) {
        answer_sender(connection, answer->payload);
        return;
    }
    enum status done = front_login_answer(&smtp->login, answer->payload);
    if (asked == SMTP_ASKS_LOGIN)
        answer_login(connection, done);
    else
        answer_renewal(connection, done);
}

void submission_lost(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    bool is_login = smtp->asks == SMTP_ASKS_LOGIN;
    connection->waiting = 0;
    smtp->asks = SMTP_ASKS_NOTHING;
    if (is_login)
        smtp_reply(connection, "454 4.7.0 Not now, try again");
    else
        refuse_for_now(connection);
}
