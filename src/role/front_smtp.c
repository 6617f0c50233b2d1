/* SMTP and LMTP at the door: commands in, questions to towns, replies out. */
#include <stdlib.h>

#include "role/front_mail.h"
#include "role/message.h"

enum { BAD_COMMANDS_MAX = 20, IDLE_MS = 5 * 60 * 1000 /* RFC 5321 section 4.5.3.2.7 */ };

struct smtp {
    struct mail *mail; /* NULL: no transaction */
    int bad_commands;
    bool has_hello;
};

static void reply(struct connection *connection, const char *line)
{
    front_say(connection, str_of(line));
    front_say(connection, STR("\r\n"));
}

static bool is_lmtp(const struct connection *connection)
{
    return connection->protocol == FRONT_LMTP;
}

static void forget_mail(struct smtp *smtp)
{
    mail_destroy(smtp->mail);
    smtp->mail = NULL;
}

static void begin(struct connection *connection)
{
    connection->state = calloc(1, sizeof(struct smtp));
    REQUIRE(connection->state != NULL);
    front_patience(connection, IDLE_MS);
    buf_add_format(&connection->output, "220 %.*s %s parvis\r\n", STR_ARG(connection->front->hostname),
                   is_lmtp(connection) ? "LMTP" : "ESMTP");
}

static void end(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    forget_mail(smtp);
    free(smtp);
}

/* RFC 3207 section 4.2: what was said in clear is forgotten. */
static void secured(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    forget_mail(smtp);
    smtp->has_hello = false;
    front_patience(connection, IDLE_MS);
}

static void late(struct connection *connection)
{
    reply(connection, "421 4.4.2 Too slow");
}

/* ---- replies to what a town said ---- */

static const char *delivery_reply(enum status status)
{
    switch (status) {
    case OK:
        return "250 2.0.0 Delivered";
    case NOT_FOUND:
        return "550 5.1.1 No such address";
    case DENIED:
        return "550 5.7.1 Not allowed";
    case LIMIT:
        return "452 4.2.2 Mailbox full";
    case INVALID:
        return "554 5.6.0 Message refused";
    default:
        return "451 4.3.0 Not now, try again";
    }
}

static void answer_rcpt(struct connection *connection, struct str payload)
{
    struct smtp *smtp = connection->state;
    struct message_rcpt_answer answer;
    if (message_take(MESSAGE_RCPT_ANSWER, payload, &answer) != OK)
        answer.status = BUSY;
    if (answer.status == OK) {
        reply(connection, "250 2.1.5 Recipient ok");
        return;
    }
    reply(connection, delivery_reply((enum status)answer.status));
    mail_drop_recipient(smtp->mail);
}

/* LMTP answers for each recipient (RFC 2033 section 4.2); SMTP once: 250 only when every town has it. */
static void finish_mail(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    enum status worst = OK;
    for (size_t i = 0; i < smtp->mail->recipient_count; i++) {
        if (smtp->mail->recipients[i].status != OK)
            worst = BUSY;
        if (is_lmtp(connection))
            reply(connection, delivery_reply(smtp->mail->recipients[i].status));
    }
    if (!is_lmtp(connection))
        reply(connection, delivery_reply(worst));
    forget_mail(smtp);
}

static bool is_delivering(const struct smtp *smtp)
{
    return smtp->mail != NULL && smtp->mail->state != MAIL_COMMANDS;
}

static void note_delivery(struct connection *connection, bool is_expected)
{
    if (is_expected && --connection->waiting == 0)
        finish_mail(connection);
}

/* What nobody waits for is dropped. */
static void answer(struct connection *connection, struct front_answer *answer)
{
    struct smtp *smtp = connection->state;
    if (connection->waiting == 0 || is_delivering(smtp) != (answer->kind == MESSAGE_DELIVERED))
        return;
    front_patience(connection, IDLE_MS);
    if (answer->kind == MESSAGE_DELIVERED) {
        note_delivery(connection, mail_delivered(smtp->mail, answer));
    } else if (answer->kind == MESSAGE_RCPT_ANSWER) {
        connection->waiting = 0;
        answer_rcpt(connection, answer->payload);
    }
}

/* What that town would have answered: not now. */
static void lost(struct connection *connection, int town)
{
    struct smtp *smtp = connection->state;
    if (connection->waiting == 0)
        return;
    if (is_delivering(smtp)) {
        note_delivery(connection, mail_lost(smtp->mail, town));
    } else if (smtp->mail->recipients[smtp->mail->recipient_count - 1].town == town) {
        connection->waiting = 0;
        mail_drop_recipient(smtp->mail);
        reply(connection, delivery_reply(BUSY));
    }
}

/* ---- the message ---- */

/* One refusal for the message; LMTP says it for each recipient. */
static void refuse_message(struct connection *connection, const char *line)
{
    struct smtp *smtp = connection->state;
    size_t times = is_lmtp(connection) ? smtp->mail->recipient_count : 1;
    for (size_t i = 0; i < times; i++)
        reply(connection, line);
    forget_mail(smtp);
}

static void end_message(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    const char *fault = mail_fault(smtp->mail);
    if (fault != NULL) {
        refuse_message(connection, fault);
        return;
    }
    mail_deliver(smtp->mail, connection, is_lmtp(connection) ? "lmtp" : "smtp");
    if (connection->waiting == 0)
        finish_mail(connection);
}

static void end_chunk(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    if (smtp->mail->is_last_chunk) {
        end_message(connection);
        return;
    }
    const char *fault = smtp->mail->spool.status == OK ? NULL : mail_fault(smtp->mail);
    if (fault != NULL) {
        refuse_message(connection, fault);
        return;
    }
    smtp->mail->state = MAIL_COMMANDS;
    reply(connection, "250 2.0.0 Chunk taken");
}

/* ---- commands ---- */

static void do_hello(struct connection *connection, enum smtp_verb verb)
{
    struct smtp *smtp = connection->state;
    if ((verb == SMTP_LHLO) != is_lmtp(connection)) {
        reply(connection, "500 5.5.1 Wrong greeting for this protocol");
        return;
    }
    forget_mail(smtp);
    smtp->has_hello = true;
    buf_add_format(&connection->output, verb == SMTP_HELO ? "250 %.*s\r\n" : "250-%.*s\r\n",
                   STR_ARG(connection->front->hostname));
    if (verb == SMTP_HELO)
        return;
    buf_add_format(&connection->output,
                   "250-PIPELINING\r\n250-SIZE %d\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-CHUNKING\r\n",
                   FRONT_MESSAGE_MAX);
    if (connection->front->tls != NULL && connection->tls == NULL)
        reply(connection, "250-STARTTLS");
    reply(connection, "250 ENHANCEDSTATUSCODES");
}

static void do_starttls(struct connection *connection)
{
    if (connection->front->tls == NULL || connection->tls != NULL) {
        reply(connection, "503 5.5.1 TLS is not to be had here");
        return;
    }
    reply(connection, "220 2.0.0 Begin TLS now");
    front_turn_to_tls(connection);
}

static void do_mail(struct connection *connection, const struct smtp_command *command)
{
    struct smtp *smtp = connection->state;
    if (!smtp->has_hello || smtp->mail != NULL) {
        reply(connection, "503 5.5.1 Out of order");
    } else if (command->size > FRONT_MESSAGE_MAX) {
        reply(connection, "552 5.3.4 Message too large");
    } else {
        smtp->mail = mail_create(command->path, command->size);
        reply(connection, "250 2.1.0 Sender ok");
    }
}

static void ask_rcpt(struct connection *connection, const struct smtp_command *command, int town)
{
    struct smtp *smtp = connection->state;
    struct message_rcpt ask = {.handle = front_handle(connection),
                               .size = (int64_t)smtp->mail->size,
                               .address = command->path,
                               .sender = smtp->mail->sender,
                               .source = STR("smtp")};
    struct channel *channel = front_channel(connection->front, town);
    if (channel == NULL || message_send(channel, MESSAGE_RCPT, &ask, -1) != OK) {
        reply(connection, delivery_reply(BUSY));
        return;
    }
    mail_add_recipient(smtp->mail, command->path, town);
    connection->waiting = 1;
}

static void do_rcpt(struct connection *connection, const struct smtp_command *command)
{
    const struct smtp *smtp = connection->state;
    int town = front_town_of(connection->front, command->path);
    if (smtp->mail == NULL)
        reply(connection, "503 5.5.1 MAIL first");
    else if (smtp->mail->recipient_count == FRONT_RECIPIENTS_MAX)
        reply(connection, "452 4.5.3 Too many recipients");
    else if (town < 0)
        reply(connection, "550 5.7.1 Not a domain of this house");
    else
        ask_rcpt(connection, command, town);
}

static void do_data(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    if (smtp->mail == NULL || smtp->mail->has_chunk) {
        reply(connection, smtp->mail == NULL ? "503 5.5.1 MAIL first" : "503 5.5.1 BDAT has begun");
        return;
    }
    if (smtp->mail->recipient_count == 0) {
        reply(connection, "554 5.5.1 No valid recipients");
        return;
    }
    smtp_data_begin(&smtp->mail->data);
    smtp->mail->state = MAIL_DATA;
    reply(connection, "354 End with CRLF.CRLF");
}

/* The chunk must be read even when it is refused, or its bytes would be taken for commands. */
static void do_bdat(struct connection *connection, const struct smtp_command *command)
{
    struct smtp *smtp = connection->state;
    if (smtp->mail == NULL || smtp->mail->recipient_count == 0) {
        reply(connection, "503 5.5.1 RCPT first");
        connection->is_closing = true;
        return;
    }
    smtp->mail->state = MAIL_CHUNK;
    smtp->mail->chunk_left = command->size;
    smtp->mail->is_last_chunk = command->is_last;
    smtp->mail->has_chunk = true;
    if (command->size == 0)
        end_chunk(connection);
}

static void do_bad(struct connection *connection, const char *line)
{
    struct smtp *smtp = connection->state;
    reply(connection, line);
    if (++smtp->bad_commands < BAD_COMMANDS_MAX)
        return;
    reply(connection, "421 4.7.0 Too many errors");
    connection->is_closing = true;
}

static void do_verb(struct connection *connection, const struct smtp_command *command)
{
    switch (command->verb) {
    case SMTP_EHLO:
    case SMTP_HELO:
    case SMTP_LHLO:
        do_hello(connection, command->verb);
        break;
    case SMTP_STARTTLS:
        do_starttls(connection);
        break;
    case SMTP_MAIL:
        do_mail(connection, command);
        break;
    case SMTP_RCPT:
        do_rcpt(connection, command);
        break;
    case SMTP_DATA:
        do_data(connection);
        break;
    case SMTP_BDAT:
        do_bdat(connection, command);
        break;
    case SMTP_RSET:
        forget_mail(connection->state);
        reply(connection, "250 2.0.0 Forgotten");
        break;
    case SMTP_NOOP:
        reply(connection, "250 2.0.0 Nothing done");
        break;
    case SMTP_VRFY:
        reply(connection, "252 2.5.0 Send it and see"); /* RFC 5321 section 7.3: no enumeration */
        break;
    case SMTP_HELP:
        reply(connection, "214 2.0.0 RFC 5321");
        break;
    case SMTP_QUIT:
        reply(connection, "221 2.0.0 Goodbye");
        connection->is_closing = true;
        break;
    default:
        do_bad(connection, "502 5.5.1 Not offered here");
    }
}

static void do_line(struct connection *connection, struct str line)
{
    struct smtp_command command;
    enum status parsed = smtp_command_parse(line, &command);
    front_patience(connection, IDLE_MS);
    if (parsed == OK)
        do_verb(connection, &command);
    else
        do_bad(connection, command.verb == SMTP_UNKNOWN ? "500 5.5.2 Unknown command"
                           : parsed == NOT_FOUND        ? "555 5.5.4 Unknown parameter"
                                                        : "501 5.5.4 Syntax error");
}

static bool read_line(struct connection *connection, struct str *bytes)
{
    struct str line;
    size_t used;
    enum status found = smtp_line(*bytes, &line, &used);
    if (found == BUSY)
        return false;
    if (found != OK) {
        reply(connection, found == LIMIT ? "500 5.5.2 Line too long" : "500 5.5.2 Lines end with CRLF");
        connection->is_closing = true;
        return false;
    }
    do_line(connection, line);
    *bytes = str_after(*bytes, used);
    return true;
}

/* True while a whole line, or bytes of a message, could be taken. */
static bool take_some(struct connection *connection, struct str *bytes)
{
    struct smtp *smtp = connection->state;
    enum mail_state state = smtp->mail != NULL ? smtp->mail->state : MAIL_COMMANDS;
    if (bytes->len == 0 || connection->is_closing || connection->is_turning || connection->waiting > 0)
        return false;
    if (state == MAIL_COMMANDS)
        return read_line(connection, bytes);
    if (state == MAIL_DATA && mail_take_data(smtp->mail, bytes))
        end_message(connection);
    else if (state == MAIL_CHUNK && mail_take_chunk(smtp->mail, bytes))
        end_chunk(connection);
    return true;
}

static void input(struct connection *connection, struct str *bytes)
{
    while (take_some(connection, bytes))
        continue;
}

#define CALLS {begin, secured, input, answer, lost, late, NULL, end}
const struct front_calls front_lmtp_calls = CALLS;
const struct front_calls front_smtp_calls = CALLS;
