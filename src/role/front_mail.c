#include "role/front_mail.h"

#include <stdlib.h>

#include "role/message.h"

struct mail *mail_create(const struct connection *connection, struct str sender, uint64_t size)
{
    struct mail *mail = calloc(1, sizeof *mail);
    REQUIRE(mail != NULL);
    mail->sender = front_keep(sender);
    mail->size = size;
    mail->spool = front_spool(connection, FRONT_MESSAGE_MAX);
    return mail;
}

void mail_destroy(struct mail *mail)
{
    if (mail == NULL)
        return;
    front_drop(&mail->sender);
    front_drop(&mail->received);
    for (size_t i = 0; i < mail->recipient_count; i++)
        front_drop(&mail->recipients[i].address);
    spool_finish(&mail->spool);
    free(mail);
}

void mail_add_recipient(struct mail *mail, struct str address, int town)
{
    REQUIRE(mail->recipient_count < FRONT_RECIPIENTS_MAX);
    mail->recipients[mail->recipient_count++] =
        (struct recipient){.address = front_keep(address), .town = town, .asked = MAIL_NOBODY, .status = BUSY};
}

void mail_drop_recipient(struct mail *mail)
{
    front_drop(&mail->recipients[--mail->recipient_count].address);
}

/* ---- the message ---- */

bool mail_take_data(struct mail *mail, struct str *bytes)
{
    size_t used = smtp_data_feed(&mail->data, *bytes, &mail->spool.held);
    *bytes = str_after(*bytes, used);
    spool_settle(&mail->spool);
    return mail->data.is_done;
}

/* RFC 3030: bytes as they are, counted. Line ends are checked as for DATA, over all chunks. */
static void check_ends(struct mail *mail, struct str piece)
{
    for (size_t i = 0; i < piece.len; i++) {
        char c = piece.at[i];
        if (c == 0 || mail->is_after_cr != (c == '\n'))
            mail->has_bare_end = true;
        mail->is_after_cr = c == '\r';
    }
}

bool mail_take_chunk(struct mail *mail, struct str *bytes)
{
    struct str piece = str_slice(*bytes, 0, mail->chunk_left < bytes->len ? (size_t)mail->chunk_left : bytes->len);
    check_ends(mail, piece);
    spool_add(&mail->spool, piece);
    mail->has_chunk = true;
    mail->chunk_left -= piece.len;
    *bytes = str_after(*bytes, piece.len);
    return mail->chunk_left == 0;
}

const char *mail_fault(const struct mail *mail)
{
    if (mail->spool.status == LIMIT)
        return "552 5.3.4 Message too large";
    if (mail->spool.status != OK)
        return "452 4.3.1 No room for the message now, try again";
    bool is_bad = mail->state == MAIL_DATA ? mail->data.is_bad : mail->has_bare_end || mail->is_after_cr;
    return is_bad ? "550 5.6.0 Bare CR, bare LF or NUL in the message" : NULL;
}

/* ---- to the towns ---- */

/* recipients, handle, sender and body are filled here. */
static enum status send_marked(struct mail *mail, struct connection *connection, int town,
                               struct message_deliver deliver)
{
    struct buf lines BUF_SCOPE = BUF_INIT(FRONT_RECIPIENTS_MAX * (SMTP_PATH_MAX + 1));
    struct channel *channel = front_channel(connection->front, town);
    int memory;
    if (channel == NULL)
        return BUSY;
    for (size_t i = 0; i < mail->recipient_count; i++) {
        if (mail->recipients[i].asked != town)
            continue;
        buf_add(&lines, mail->recipients[i].address);
        buf_add_byte(&lines, '\n');
    }
    TRY(spool_lend(&mail->spool, &deliver.body, &memory));
    deliver.handle = front_handle(connection);
    deliver.sender = mail->sender;
    deliver.recipients = buf_str(&lines);
    deliver.size = spool_size(&mail->spool);
    deliver.trace = deliver.outbox_key = STR("");
    deliver.received = mail->received.at != NULL ? mail->received : STR("");
    deliver.host = connection->front->hostname;
    return message_send(channel, MESSAGE_DELIVER, &deliver, memory);
}

static void send_to_town(struct mail *mail, struct connection *connection, int town, struct message_deliver deliver)
{
    if (send_marked(mail, connection, town, deliver) == OK)
        connection->waiting++;
    else
        mail_lost(mail, town);
}

static bool is_first_of_town(const struct mail *mail, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (mail->recipients[i].town == mail->recipients[index].town)
            return false;
    return true;
}

void mail_deliver(struct mail *mail, struct connection *connection, const char *source)
{
    struct message_deliver deliver = {.source = str_of(source), .ticket = STR("")};
    for (size_t i = 0; i < mail->recipient_count; i++)
        mail->recipients[i].asked = mail->recipients[i].town;
    for (size_t i = 0; i < mail->recipient_count; i++)
        if (is_first_of_town(mail, i))
            send_to_town(mail, connection, mail->recipients[i].town, deliver);
}

void mail_submit(struct mail *mail, struct connection *connection, int home, struct str ticket)
{
    struct message_deliver deliver = {.source = STR("submission"), .ticket = ticket};
    for (size_t i = 0; i < mail->recipient_count; i++)
        mail->recipients[i].asked = home;
    send_to_town(mail, connection, home, deliver);
}

static enum status status_of_word(struct str word)
{
    for (int status = OK; status <= BUG; status++)
        if (str_eq(word, str_of(status_name((enum status)status))))
            return (enum status)status;
    return BUSY;
}

/* A line for each recipient when the town says so, else one status for all of them. */
static bool note(struct mail *mail, int town, enum status all, struct str lines)
{
    bool is_asked = false;
    for (size_t i = 0; i < mail->recipient_count; i++) {
        struct recipient *recipient = &mail->recipients[i];
        if (recipient->asked != town)
            continue;
        struct str line = str_is_absent(lines) ? lines : str_cut(&lines, '\n');
        recipient->status = all == OK && line.len > 0 ? status_of_word(str_cut(&line, ' ')) : all;
        recipient->asked = MAIL_NOBODY;
        is_asked = true;
    }
    return is_asked;
}

bool mail_delivered(struct mail *mail, const struct front_answer *answer)
{
    struct message_delivered delivered;
    if (message_take(MESSAGE_DELIVERED, answer->payload, &delivered) != OK)
        return mail_lost(mail, answer->town);
    return note(mail, answer->town, (enum status)delivered.status,
                delivered.statuses.len > 0 ? delivered.statuses : STR_NONE);
}

bool mail_lost(struct mail *mail, int town)
{
    return note(mail, town, BUSY, STR_NONE);
}
