/* SMTP and LMTP at the door: commands in, questions to towns, replies out. */
#include <stdlib.h>

#include "role/front_smtp.h"
#include "os/clock.h"
#include "proto/mime/mail_date.h"
#include "role/message.h"

enum { BAD_COMMANDS_MAX = 20, UNKNOWN_MAX = 20, HELLO_SHOWN = 255 };

void smtp_reply(struct connection *connection, const char *line)
{
    front_say(connection, str_of(line));
    front_say(connection, STR("\r\n"));
}

static bool is_lmtp(const struct connection *connection)
{
    return connection->protocol == FRONT_LMTP;
}

void smtp_forget_mail(struct smtp *smtp)
{
    mail_destroy(smtp->mail);
    smtp->mail = NULL;
}

static void begin(struct connection *connection)
{
    connection->state = calloc(1, sizeof(struct smtp));
    REQUIRE(connection->state != NULL);
    front_patience(connection, SMTP_IDLE_MS);
    buf_add_format(&connection->output, "220 %.*s %s parvis\r\n", STR_ARG(connection->front->hostname),
                   is_lmtp(connection) ? "LMTP" : "ESMTP");
}

static void end(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    smtp_forget_mail(smtp);
    front_drop(&smtp->hello);
    front_login_finish(&smtp->login);
    front_sasl_finish(&smtp->sasl);
    free(smtp);
}

/* RFC 3207 section 4.2: what was said in clear is forgotten. */
static void secured(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    smtp_forget_mail(smtp);
    smtp->has_hello = false;
    front_patience(connection, SMTP_IDLE_MS);
}

static void late(struct connection *connection)
{
    smtp_reply(connection, "421 4.4.2 Too slow");
}

static void leave(struct connection *connection)
{
    smtp_reply(connection, "421 4.3.2 Going down"); /* RFC 5321 section 3.8 */
}

/* ---- replies to what a town said ---- */

const char *smtp_delivery_reply(enum status status)
{
    switch (status) {
    case OK:
        return "250 2.0.0 Delivered";
    case NOT_FOUND:
        return "550 5.1.1 No such address";
    case DENIED:
        return "550 5.7.1 Not allowed";
    case GONE:
        return "550 5.2.1 This town has no mail service now"; /* RFC 3463 section 3.3 */
    case LIMIT:
        return "452 4.2.2 Mailbox full";
    case INVALID:
        return "554 5.6.0 Message refused";
    default:
        return "451 4.3.0 Not now, try again";
    }
}

/* Who does not sign in and tries name after name looks for those that exist. A mail server in front of us (LMTP)
 * passes on what others said. */
static void note_unknown(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    if (connection->protocol != FRONT_SMTP || ++smtp->unknown < UNKNOWN_MAX)
        return;
    smtp_reply(connection, "421 4.7.0 Too many unknown addresses");
    connection->is_closing = true;
}

static void answer_rcpt(struct connection *connection, const struct front_answer *from)
{
    struct smtp *smtp = connection->state;
    struct message_rcpt_answer answer;
    if (from->kind != MESSAGE_RCPT_ANSWER)
        return;
    if (message_take(MESSAGE_RCPT_ANSWER, from->payload, &answer) != OK)
        answer.status = BUSY;
    connection->waiting = 0;
    smtp->asks = SMTP_ASKS_NOTHING;
    if (answer.status == OK) {
        smtp_reply(connection, "250 2.1.5 Recipient ok");
        return;
    }
    smtp_reply(connection, smtp_delivery_reply((enum status)answer.status));
    mail_drop_recipient(smtp->mail);
    if (answer.status == NOT_FOUND)
        note_unknown(connection);
}

/* LMTP answers for each recipient (RFC 2033 section 4.2); SMTP once: 250 only when every town has it, and a refusal
 * for good only when there is but one answer. */
void smtp_finish_mail(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    const struct mail *mail = smtp->mail;
    enum status all = mail->recipients[0].status;
    for (size_t i = 0; i < mail->recipient_count; i++) {
        if (mail->recipients[i].status != all)
            all = BUSY;
        if (is_lmtp(connection))
            smtp_reply(connection, smtp_delivery_reply(mail->recipients[i].status));
    }
    if (!is_lmtp(connection))
        smtp_reply(connection, smtp_delivery_reply(all));
    smtp->asks = SMTP_ASKS_NOTHING;
    smtp_forget_mail(smtp);
}

static void note_delivery(struct connection *connection, bool is_expected)
{
    if (is_expected && --connection->waiting == 0)
        smtp_finish_mail(connection);
}

/* What nobody waits for is dropped. */
static void answer(struct connection *connection, struct front_answer *answer)
{
    struct smtp *smtp = connection->state;
    if (connection->waiting == 0)
        return;
    front_patience(connection, SMTP_IDLE_MS);
    if (smtp->asks == SMTP_ASKS_DELIVERY && answer->kind == MESSAGE_DELIVERED)
        note_delivery(connection, mail_delivered(smtp->mail, answer));
    else if (smtp->asks == SMTP_ASKS_RCPT)
        answer_rcpt(connection, answer);
    else if (smtp->asks > SMTP_ASKS_DELIVERY)
        submission_answer(connection, answer);
}

static int asked_town(const struct smtp *smtp)
{
    if (smtp->asks == SMTP_ASKS_LOGIN || smtp->asks == SMTP_ASKS_RENEWAL)
        return FRONT_AUTH;
    if (smtp->asks == SMTP_ASKS_SENDER)
        return smtp->login.town;
    return smtp->rcpt_town;
}

/* What that role would have answered: not now. */
static void lost(struct connection *connection, int town)
{
    struct smtp *smtp = connection->state;
    if (connection->waiting == 0)
        return;
    if (smtp->asks == SMTP_ASKS_DELIVERY) {
        note_delivery(connection, mail_lost(smtp->mail, town));
    } else if (asked_town(smtp) != town) {
        return;
    } else if (smtp->asks != SMTP_ASKS_RCPT) {
        submission_lost(connection);
    } else {
        connection->waiting = 0;
        smtp->asks = SMTP_ASKS_NOTHING;
        mail_drop_recipient(smtp->mail);
        smtp_reply(connection, smtp_delivery_reply(BUSY));
    }
}

/* ---- the message ---- */

/* One refusal for the message; LMTP says it for each recipient. */
static void refuse_message(struct connection *connection, const char *line)
{
    struct smtp *smtp = connection->state;
    size_t times = is_lmtp(connection) ? smtp->mail->recipient_count : 1;
    for (size_t i = 0; i < times; i++)
        smtp_reply(connection, line);
    smtp_forget_mail(smtp);
}

/* A name or an address literal; whatever else somebody called themselves is not repeated. */
static struct str hello_of(const struct smtp *smtp)
{
    struct str hello = smtp->hello;
    for (size_t i = 0; i < hello.len; i++)
        if (!ascii_is_alpha(hello.at[i]) && !ascii_is_digit(hello.at[i]) && strchr("-._[:]", hello.at[i]) == NULL)
            return STR("unknown");
    return hello;
}

/* RFC 3848 and RFC 6531 section 4.3. */
static void add_protocol(struct buf *out, const struct connection *connection)
{
    const struct smtp *smtp = connection->state;
    if (smtp->mail->is_utf8)
        buf_add_c(out, is_lmtp(connection) ? "UTF8LMTP" : "UTF8SMTP");
    else
        buf_add_c(out, is_lmtp(connection) ? "LMTP" : smtp->is_extended ? "ESMTP" : "SMTP");
    if (connection->tls != NULL)
        buf_add_byte(out, 'S');
    if (smtp_is_submission(connection))
        buf_add_byte(out, 'A');
}

/* RFC 5321 section 4.4. Where somebody sits who hands in mail is nobody's business (section 7.6): not from whom. */
static void add_received(struct buf *out, const struct connection *connection)
{
    const struct smtp *smtp = connection->state;
    struct str remote = str_of(connection->remote), hello = hello_of(smtp);
    bool is_v6 = str_find_byte(remote, ':') != SIZE_MAX;
    buf_add_literal(out, "Received: ");
    if (!smtp_is_submission(connection))
        buf_add_format(out, "from %.*s ([%s%.*s])\r\n\t", STR_ARG(hello), is_v6 ? "IPv6:" : "", STR_ARG(remote));
    buf_add_format(out, "by %.*s with ", STR_ARG(connection->front->hostname));
    add_protocol(out, connection);
    buf_add_format(out, " id %llx;\r\n\t", (unsigned long long)++connection->front->requests);
    mail_date_write(out, (struct mail_date){.instant = clock_now()});
    buf_add_literal(out, "\r\n");
}

static void note_received(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    struct buf line BUF_SCOPE = BUF_INIT(4 * HELLO_SHOWN);
    add_received(&line, connection);
    smtp->mail->received = front_keep(buf_status(&line) == OK ? buf_str(&line) : STR(""));
}

static void end_message(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    const char *fault = mail_fault(smtp->mail);
    if (fault != NULL) {
        refuse_message(connection, fault);
        return;
    }
    note_received(connection);
    if (smtp_is_submission(connection)) {
        submission_send(connection);
        return;
    }
    smtp->asks = SMTP_ASKS_DELIVERY;
    mail_deliver(smtp->mail, connection, is_lmtp(connection) ? "lmtp" : "smtp");
    if (connection->waiting == 0)
        smtp_finish_mail(connection);
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
    smtp_reply(connection, "250 2.0.0 Chunk taken");
}

/* ---- commands ---- */

static void do_hello(struct connection *connection, const struct smtp_command *command)
{
    enum smtp_verb verb = command->verb;
    struct smtp *smtp = connection->state;
    if ((verb == SMTP_LHLO) != is_lmtp(connection)) {
        smtp_reply(connection, "500 5.5.1 Wrong greeting for this protocol");
        return;
    }
    smtp_forget_mail(smtp);
    smtp->has_hello = true;
    smtp->is_extended = verb != SMTP_HELO;
    front_drop(&smtp->hello);
    smtp->hello = front_keep(str_slice(command->argument, 0, HELLO_SHOWN));
    buf_add_format(&connection->output, verb == SMTP_HELO ? "250 %.*s\r\n" : "250-%.*s\r\n",
                   STR_ARG(connection->front->hostname));
    if (verb == SMTP_HELO)
        return;
    buf_add_format(&connection->output,
                   "250-PIPELINING\r\n250-SIZE %d\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-CHUNKING\r\n",
                   FRONT_MESSAGE_MAX);
    if (connection->front->tls != NULL && connection->tls == NULL)
        smtp_reply(connection, "250-STARTTLS");
    if (smtp_is_submission(connection) && connection->tls != NULL)
        smtp_reply(connection, "250-AUTH PLAIN LOGIN");
    smtp_reply(connection, "250 ENHANCEDSTATUSCODES");
}

static void do_starttls(struct connection *connection)
{
    if (connection->front->tls == NULL || connection->tls != NULL) {
        smtp_reply(connection, "503 5.5.1 TLS is not to be had here");
        return;
    }
    smtp_reply(connection, "220 2.0.0 Begin TLS now");
    front_turn_to_tls(connection);
}

static void do_mail(struct connection *connection, const struct smtp_command *command)
{
    struct smtp *smtp = connection->state;
    if (!smtp->has_hello || smtp->mail != NULL) {
        smtp_reply(connection, "503 5.5.1 Out of order");
    } else if (smtp_is_submission(connection) && !front_login_is_open(&smtp->login)) {
        smtp_reply(connection, "530 5.7.0 Sign in first");
    } else if (command->size > FRONT_MESSAGE_MAX) {
        smtp_reply(connection, "552 5.3.4 Message too large");
    } else {
        smtp->mail = mail_create(connection, command->path, command->size);
        smtp->mail->is_utf8 = command->is_utf8;
        if (smtp_is_submission(connection))
            submission_check_sender(connection);
        else
            smtp_reply(connection, "250 2.1.0 Sender ok");
    }
}

static void ask_rcpt(struct connection *connection, const struct smtp_command *command, int town)
{
    struct smtp *smtp = connection->state;
    bool is_home = smtp_is_submission(connection) && smtp->login.town == town;
    struct message_rcpt ask = {.handle = front_handle(connection),
                               .size = (int64_t)smtp->mail->size,
                               .address = command->path,
                               .sender = smtp->mail->sender,
                               .source = smtp_is_submission(connection) ? STR("submission") : STR("smtp"),
                               .ticket = is_home ? smtp->login.ticket : STR("")};
    struct channel *channel = front_channel(connection->front, town);
    if (channel == NULL || message_send(channel, MESSAGE_RCPT, &ask, -1) != OK) {
        smtp_reply(connection, smtp_delivery_reply(BUSY));
        return;
    }
    mail_add_recipient(smtp->mail, command->path, town);
    smtp->asks = SMTP_ASKS_RCPT;
    smtp->rcpt_town = town;
    connection->waiting = 1;
}

static void do_rcpt(struct connection *connection, const struct smtp_command *command)
{
    const struct smtp *smtp = connection->state;
    int town = front_town_of(connection->front, command->path);
    if (smtp->mail == NULL)
        smtp_reply(connection, "503 5.5.1 MAIL first");
    else if (smtp->mail->recipient_count == FRONT_RECIPIENTS_MAX)
        smtp_reply(connection, "452 4.5.3 Too many recipients");
    else if (town < 0) {
        smtp_reply(connection, "550 5.7.1 Not a domain of this house");
        note_unknown(connection);
    } else
        ask_rcpt(connection, command, town);
}

static void do_data(struct connection *connection)
{
    struct smtp *smtp = connection->state;
    if (smtp->mail == NULL || smtp->mail->has_chunk) {
        smtp_reply(connection, smtp->mail == NULL ? "503 5.5.1 MAIL first" : "503 5.5.1 BDAT has begun");
        return;
    }
    if (smtp->mail->recipient_count == 0) {
        smtp_reply(connection, "554 5.5.1 No valid recipients");
        return;
    }
    smtp_data_begin(&smtp->mail->data);
    smtp->mail->state = MAIL_DATA;
    smtp_reply(connection, "354 End with CRLF.CRLF");
}

/* The chunk must be read even when it is refused, or its bytes would be taken for commands. */
static void do_bdat(struct connection *connection, const struct smtp_command *command)
{
    struct smtp *smtp = connection->state;
    if (smtp->mail == NULL || smtp->mail->recipient_count == 0) {
        smtp_reply(connection, "503 5.5.1 RCPT first");
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
    smtp_reply(connection, line);
    if (++smtp->bad_commands < BAD_COMMANDS_MAX)
        return;
    smtp_reply(connection, "421 4.7.0 Too many errors");
    connection->is_closing = true;
}

static void do_verb(struct connection *connection, const struct smtp_command *command)
{
    switch (command->verb) {
    case SMTP_EHLO:
    case SMTP_HELO:
    case SMTP_LHLO:
        do_hello(connection, command);
        break;
    case SMTP_STARTTLS:
        do_starttls(connection);
        break;
    case SMTP_AUTH:
        submission_auth(connection, command);
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
        smtp_forget_mail(connection->state);
        smtp_reply(connection, "250 2.0.0 Forgotten");
        break;
    case SMTP_NOOP:
        smtp_reply(connection, "250 2.0.0 Nothing done");
        break;
    case SMTP_VRFY:
        smtp_reply(connection, "252 2.5.0 Send it and see"); /* RFC 5321 section 7.3: no enumeration */
        break;
    case SMTP_HELP:
        smtp_reply(connection, "214 2.0.0 RFC 5321");
        break;
    case SMTP_QUIT:
        smtp_reply(connection, "221 2.0.0 Goodbye");
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
    front_patience(connection, SMTP_IDLE_MS);
    if (parsed == OK)
        do_verb(connection, &command);
    else
        do_bad(connection, command.verb == SMTP_UNKNOWN ? "500 5.5.2 Unknown command"
                           : parsed == NOT_FOUND        ? "555 5.5.4 Unknown parameter"
                                                        : "501 5.5.4 Syntax error");
}

static bool is_in_auth(const struct connection *connection)
{
    const struct smtp *smtp = connection->state;
    return smtp->sasl.mechanism != SASL_UNKNOWN;
}

static bool read_line(struct connection *connection, struct str *bytes)
{
    struct str line;
    size_t used;
    enum status found = smtp_line(*bytes, &line, &used);
    if (found == BUSY)
        return false;
    if (found != OK) {
        smtp_reply(connection, found == LIMIT ? "500 5.5.2 Line too long" : "500 5.5.2 Lines end with CRLF");
        connection->is_closing = true;
        return false;
    }
    if (is_in_auth(connection))
        submission_auth_line(connection, line);
    else
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

/* The three differ in what they ask and answer, not in what they are called for. */
#define CALLS {begin, secured, input, answer, lost, late, NULL, end, leave}
const struct front_calls front_lmtp_calls = CALLS;
const struct front_calls front_smtp_calls = CALLS;
const struct front_calls front_submission_calls = CALLS;
