/* SMTP and LMTP at the door: commands in, questions to towns, replies out. */
#include <stdlib.h>

#include "os/file.h"
#include "role/front_connection.h"
#include "role/message.h"

static void reply(struct connection *connection, const char *line)
{
    buf_add_c(&connection->output, line);
    buf_add_literal(&connection->output, "\r\n");
}

static struct str keep(struct str text)
{
    char *copy = malloc(text.len + 1);
    REQUIRE(copy != NULL);
    if (text.len > 0)
        memcpy(copy, text.at, text.len);
    copy[text.len] = 0;
    return (struct str){copy, text.len};
}

void front_forget_mail(struct connection *connection)
{
    free((char *)(uintptr_t)connection->sender.at);
    connection->sender = STR_NONE;
    for (size_t i = 0; i < connection->recipient_count; i++)
        free((char *)(uintptr_t)connection->recipients[i].address.at);
    connection->recipient_count = 0;
    connection->has_sender = connection->in_data = connection->in_chunk = connection->is_delivering = false;
    buf_release(&connection->message);
}

void front_smtp_greet(struct connection *connection)
{
    connection->message.max = FRONT_MESSAGE_MAX;
    buf_add_format(&connection->output, "220 %.*s %s parvis\r\n", STR_ARG(connection->front->hostname),
                   connection->protocol == FRONT_LMTP ? "LMTP" : "ESMTP");
}

/* ---- replies to what a town said ---- */

static const char *delivery_reply(int64_t status)
{
    switch (status) {
    case OK:
        return "250 2.0.0 Delivered";
    case NOT_FOUND:
        return "550 5.1.1 No such address";
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
    struct message_rcpt_answer answer;
    struct recipient *last = &connection->recipients[connection->recipient_count - 1];
    if (message_take(MESSAGE_RCPT_ANSWER, payload, &answer) != OK)
        answer.status = BUSY;
    last->is_awaited = false;
    if (answer.status == OK) {
        reply(connection, "250 2.1.5 Recipient ok");
        return;
    }
    reply(connection, delivery_reply(answer.status));
    free((char *)(uintptr_t)last->address.at);
    connection->recipient_count--;
}

/* LMTP answers for each recipient (RFC 2033 section 4.2); SMTP once: 250 only when every town has it. */
static void finish_mail(struct connection *connection)
{
    enum status worst = OK;
    for (size_t i = 0; i < connection->recipient_count; i++) {
        if (connection->recipients[i].status != OK)
            worst = BUSY;
        if (connection->protocol == FRONT_LMTP)
            reply(connection, delivery_reply(connection->recipients[i].status));
    }
    if (connection->protocol == FRONT_SMTP)
        reply(connection, delivery_reply(worst));
    front_forget_mail(connection);
}

static void answer_delivered(struct connection *connection, struct str payload, int town)
{
    struct message_delivered answer;
    if (message_take(MESSAGE_DELIVERED, payload, &answer) != OK)
        answer.status = BUSY;
    for (size_t i = 0; i < connection->recipient_count; i++)
        if (connection->recipients[i].town == town) {
            connection->recipients[i].status = (enum status)answer.status;
            connection->recipients[i].is_awaited = false;
        }
    if (connection->waiting == 0)
        finish_mail(connection);
}

void front_smtp_answer(struct connection *connection, uint16_t kind, struct str payload, int town)
{
    connection->waiting--;
    if (kind == MESSAGE_RCPT_ANSWER)
        answer_rcpt(connection, payload);
    else
        answer_delivered(connection, payload, town);
    if (connection->waiting == 0)
        front_smtp_input(connection);
    else
        front_flush(connection);
}

/* Whether it waits for an answer of RCPT: then that recipient is the last, and no message is on its way. */
void front_smtp_lost(struct connection *connection, int town)
{
    for (size_t i = 0; i < connection->recipient_count; i++) {
        if (connection->recipients[i].town != town || !connection->recipients[i].is_awaited)
            continue;
        front_smtp_answer(connection, connection->is_delivering ? MESSAGE_DELIVERED : MESSAGE_RCPT_ANSWER, STR(""),
                          town);
        return;
    }
}

/* ---- delivery ---- */

static bool send_to_town(struct connection *connection, int town)
{
    struct buf lines BUF_SCOPE = BUF_INIT(FRONT_RECIPIENTS_MAX * (SMTP_PATH_MAX + 1));
    struct str body = buf_str(&connection->message);
    struct channel *channel = connection->front->peers[town]->channel;
    int memory = -1;
    for (size_t i = 0; i < connection->recipient_count; i++) {
        if (connection->recipients[i].town != town)
            continue;
        buf_add(&lines, connection->recipients[i].address);
        buf_add_byte(&lines, '\n');
    }
    struct message_deliver deliver = {.handle = front_handle(connection),
                                      .sender = connection->sender,
                                      .recipients = buf_str(&lines),
                                      .source = connection->protocol == FRONT_LMTP ? STR("lmtp") : STR("smtp"),
                                      .trace = STR(""),
                                      .size = (int64_t)body.len,
                                      .body = body};
    if (body.len > MESSAGE_INLINE_MAX) {
        deliver.body = STR_NONE;
        if (file_memory(body, &memory) != OK)
            return false;
    }
    if (channel == NULL) {
        file_close(&memory);
        return false;
    }
    return message_send(channel, MESSAGE_DELIVER, &deliver, memory) == OK;
}

static void await_town(struct connection *connection, int town)
{
    connection->waiting++;
    for (size_t i = 0; i < connection->recipient_count; i++)
        if (connection->recipients[i].town == town)
            connection->recipients[i].is_awaited = true;
}

static bool is_first_of_town(const struct connection *connection, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (connection->recipients[i].town == connection->recipients[index].town)
            return false;
    return true;
}

static void deliver_message(struct connection *connection)
{
    connection->in_data = false;
    connection->is_delivering = true;
    for (size_t i = 0; i < connection->recipient_count; i++)
        connection->recipients[i].status = BUSY;
    for (size_t i = 0; i < connection->recipient_count; i++)
        if (is_first_of_town(connection, i) && send_to_town(connection, connection->recipients[i].town))
            await_town(connection, connection->recipients[i].town);
    if (connection->waiting == 0)
        finish_mail(connection);
}

/* One refusal for the message; LMTP says it for each recipient. */
static void refuse_message(struct connection *connection, const char *line)
{
    size_t times = connection->protocol == FRONT_LMTP ? connection->recipient_count : 1;
    for (size_t i = 0; i < times; i++)
        reply(connection, line);
    front_forget_mail(connection);
}

static void read_data(struct connection *connection)
{
    size_t used = smtp_data_feed(&connection->data, buf_str(&connection->input), &connection->message);
    buf_consume(&connection->input, used);
    if (!connection->data.is_done)
        return;
    if (connection->data.is_bad)
        refuse_message(connection, "550 5.6.0 Bare CR, bare LF or NUL in the message");
    else if (connection->message.is_over)
        refuse_message(connection, "552 5.3.4 Message too large");
    else
        deliver_message(connection);
}

/* RFC 3030: bytes as they are, counted. Lines are checked as for DATA. */
static bool has_bare_line_end(struct str message)
{
    for (size_t i = 0; i < message.len; i++) {
        char c = message.at[i];
        bool is_cr_ok = c != '\r' || (i + 1 < message.len && message.at[i + 1] == '\n');
        bool is_lf_ok = c != '\n' || (i > 0 && message.at[i - 1] == '\r');
        if (c == 0 || !is_cr_ok || !is_lf_ok)
            return true;
    }
    return false;
}

static void end_chunk(struct connection *connection)
{
    connection->in_chunk = false;
    if (connection->message.is_over)
        refuse_message(connection, "552 5.3.4 Message too large");
    else if (!connection->is_last_chunk)
        reply(connection, "250 2.0.0 Chunk taken");
    else if (has_bare_line_end(buf_str(&connection->message)))
        refuse_message(connection, "550 5.6.0 Bare CR, bare LF or NUL in the message");
    else
        deliver_message(connection);
}

static void read_chunk(struct connection *connection)
{
    struct str input = buf_str(&connection->input);
    size_t taken = connection->chunk_left < input.len ? connection->chunk_left : input.len;
    buf_add(&connection->message, str_slice(input, 0, taken));
    connection->chunk_left -= taken;
    buf_consume(&connection->input, taken);
    if (connection->chunk_left == 0)
        end_chunk(connection);
}

/* ---- commands ---- */

static void do_hello(struct connection *connection, enum smtp_verb verb)
{
    bool is_lmtp = connection->protocol == FRONT_LMTP;
    if ((verb == SMTP_LHLO) != is_lmtp) {
        reply(connection, "500 5.5.1 Wrong greeting for this protocol");
        return;
    }
    front_forget_mail(connection);
    connection->has_hello = true;
    if (verb == SMTP_HELO) {
        buf_add_format(&connection->output, "250 %.*s\r\n", STR_ARG(connection->front->hostname));
        return;
    }
    buf_add_format(&connection->output,
                   "250-%.*s\r\n250-PIPELINING\r\n250-SIZE %d\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-CHUNKING\r\n"
                   "250 ENHANCEDSTATUSCODES\r\n",
                   STR_ARG(connection->front->hostname), FRONT_MESSAGE_MAX);
}

static void do_mail(struct connection *connection, const struct smtp_command *command)
{
    if (!connection->has_hello || connection->has_sender) {
        reply(connection, "503 5.5.1 Out of order");
    } else if (command->size > FRONT_MESSAGE_MAX) {
        reply(connection, "552 5.3.4 Message too large");
    } else {
        connection->sender = keep(command->path);
        connection->size = command->size;
        connection->has_sender = true;
        reply(connection, "250 2.1.0 Sender ok");
    }
}

static void do_rcpt(struct connection *connection, const struct smtp_command *command)
{
    int town = front_town_of(connection->front, command->path);
    if (!connection->has_sender) {
        reply(connection, "503 5.5.1 MAIL first");
    } else if (connection->recipient_count == FRONT_RECIPIENTS_MAX) {
        reply(connection, "452 4.5.3 Too many recipients");
    } else if (town < 0) {
        reply(connection, "550 5.7.1 Not a domain of this house");
    } else {
        struct message_rcpt ask = {.handle = front_handle(connection),
                                   .size = (int64_t)connection->size,
                                   .address = command->path,
                                   .sender = connection->sender,
                                   .source = STR("smtp")};
        struct channel *channel = connection->front->peers[town]->channel;
        if (channel == NULL || message_send(channel, MESSAGE_RCPT, &ask, -1) != OK) {
            reply(connection, "451 4.3.0 Not now, try again");
            return;
        }
        connection->recipients[connection->recipient_count++] =
            (struct recipient){.address = keep(command->path), .town = town, .is_awaited = true};
        connection->waiting = 1;
    }
}

static void do_data(struct connection *connection)
{
    if (connection->recipient_count == 0 || connection->message.len > 0) {
        reply(connection, connection->has_sender ? "554 5.5.1 No valid recipients" : "503 5.5.1 MAIL first");
        return;
    }
    smtp_data_begin(&connection->data);
    connection->in_data = true;
    reply(connection, "354 End with CRLF.CRLF");
}

/* The chunk must be read even when it is refused, or its bytes would be taken for commands. */
static void do_bdat(struct connection *connection, const struct smtp_command *command)
{
    if (connection->recipient_count == 0) {
        reply(connection, "503 5.5.1 RCPT first");
        connection->is_closing = true;
        return;
    }
    connection->in_chunk = true;
    connection->chunk_left = command->size;
    connection->is_last_chunk = command->is_last;
    read_chunk(connection);
}

static void do_bad(struct connection *connection, const char *line)
{
    reply(connection, line);
    if (++connection->bad_commands < FRONT_BAD_COMMANDS_MAX)
        return;
    reply(connection, "421 4.7.0 Too many errors");
    connection->is_closing = true;
}

static void do_command(struct connection *connection, struct str line)
{
    struct smtp_command command;
    enum status parsed = smtp_command_parse(line, &command);
    if (parsed != OK) {
        do_bad(connection, command.verb == SMTP_UNKNOWN ? "500 5.5.2 Unknown command"
                           : parsed == NOT_FOUND        ? "555 5.5.4 Unknown parameter"
                                                        : "501 5.5.4 Syntax error");
        return;
    }
    switch (command.verb) {
    case SMTP_EHLO:
    case SMTP_HELO:
    case SMTP_LHLO:
        do_hello(connection, command.verb);
        break;
    case SMTP_MAIL:
        do_mail(connection, &command);
        break;
    case SMTP_RCPT:
        do_rcpt(connection, &command);
        break;
    case SMTP_DATA:
        do_data(connection);
        break;
    case SMTP_BDAT:
        do_bdat(connection, &command);
        break;
    case SMTP_RSET:
        front_forget_mail(connection);
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

static bool read_line(struct connection *connection)
{
    struct str line;
    size_t used;
    enum status found = smtp_line(buf_str(&connection->input), &line, &used);
    if (found == BUSY)
        return false;
    if (found != OK) {
        reply(connection, found == LIMIT ? "500 5.5.2 Line too long" : "500 5.5.2 Lines end with CRLF");
        connection->is_closing = true;
        return false;
    }
    do_command(connection, line);
    buf_consume(&connection->input, used);
    return true;
}

/* True while a whole line, or bytes of a message, could be taken. */
static bool take_some(struct connection *connection)
{
    if (connection->input.len == 0 || connection->is_closing || connection->waiting > 0)
        return false;
    if (connection->in_data)
        read_data(connection);
    else if (connection->in_chunk)
        read_chunk(connection);
    else
        return read_line(connection);
    return true;
}

void front_smtp_input(struct connection *connection)
{
    while (take_some(connection))
        continue;
    front_flush(connection);
}
