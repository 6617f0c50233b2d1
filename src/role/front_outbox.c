#include "role/front_outbox.h"

#include <stdio.h>
#include <stdlib.h>

#include "role/message.h"

/* Slots from here on are errands and no connections. */
enum { ERRAND_SLOTS = 1 << 30 };

struct errand {
    int64_t row; /* 0: free */
    int from, to;
    uint32_t generation;
};

struct front_errands {
    struct errand at[FRONT_ERRANDS_MAX];
    uint16_t free[FRONT_ERRANDS_MAX];
    size_t free_count;
};

struct front_errands *front_errands_create(void)
{
    struct front_errands *errands = calloc(1, sizeof *errands);
    REQUIRE(errands != NULL);
    for (size_t i = FRONT_ERRANDS_MAX; i > 0; i--)
        errands->free[errands->free_count++] = (uint16_t)(i - 1);
    return errands;
}

void front_errands_destroy(struct front_errands *errands)
{
    free(errands);
}

static void forget(struct front_errands *errands, struct errand *errand)
{
    errand->row = 0;
    errands->free[errands->free_count++] = (uint16_t)(errand - errands->at);
}

/* A town that cannot be told has gone, and its outbox with it. */
static void tell(struct front *front, int town, const struct message_outbox_done *done)
{
    struct channel *channel = front_channel(front, town);
    if (channel != NULL && message_send(channel, MESSAGE_OUTBOX_DONE, done, -1) != OK)
        channel = NULL;
}

/* NOT_FOUND is for good, and the sender hears so: while not every member has been told, a domain is only not known
 * yet. */
static enum status find_town(const struct front *front, struct str domain, int *ret_town)
{
    struct buf address BUF_SCOPE = BUF_INIT(domain.len + 1);
    buf_add_byte(&address, '@');
    buf_add(&address, domain);
    *ret_town = front_town_of(front, buf_str(&address));
    if (*ret_town >= 0)
        return OK;
    return front->is_open ? NOT_FOUND : BUSY;
}

/* A town speaks for itself alone: as another it could write in the name of that one's people, or, with its key, have
 * mail of that one taken for delivered already. */
static bool is_own(const struct front *front, const struct message_outbox *mail, int from)
{
    char start[24];
    int whose = front_town_of(front, mail->sender);
    snprintf(start, sizeof start, "%lld.", (long long)front->peers[from]->member);
    return str_starts(mail->key, str_of(start)) && (whose < 0 || whose == from);
}

static enum status hand_on(struct front *front, struct front_answer *frame, const struct message_outbox *mail)
{
    struct front_errands *errands = front->errands;
    int to;
    if (!is_own(front, mail, frame->town))
        return DENIED;
    TRY(find_town(front, mail->destination, &to));
    struct channel *channel = front_channel(front, to);
    if (channel == NULL || errands->free_count == 0)
        return BUSY;
    struct errand *errand = &errands->at[errands->free[errands->free_count - 1]];
    uint32_t generation = (errand->generation + 1) & 0x7fffffff;
    struct message_deliver deliver = {
        .handle = (int64_t)generation << 32 | ERRAND_SLOTS | errands->free[errands->free_count - 1],
        .sender = mail->sender, .recipients = mail->recipients, .source = STR("town"), .trace = mail->trace,
        .ticket = STR(""), .outbox_key = mail->key, .received = STR(""),
        .host = front->hostname, .size = mail->size, .body = mail->body};
    int fd = frame->fd;
    frame->fd = -1;
    if (message_send(channel, MESSAGE_DELIVER, &deliver, fd) != OK)
        return BUSY;
    errands->free_count--;
    *errand = (struct errand){.row = mail->row, .from = frame->town, .to = to, .generation = generation};
    return OK;
}

void front_outbox_take(struct front *front, struct front_answer *frame)
{
    struct message_outbox mail;
    if (message_take(MESSAGE_OUTBOX, frame->payload, &mail) != OK || mail.row <= 0)
        return;
    enum status done = hand_on(front, frame, &mail);
    struct message_outbox_done answer = {.row = mail.row, .status = done, .statuses = STR("")};
    if (done != OK)
        tell(front, frame->town, &answer);
}

bool front_outbox_answer(struct front *front, const struct front_answer *answer, int64_t handle)
{
    uint32_t slot = (uint32_t)handle;
    struct message_delivered said;
    if (slot < ERRAND_SLOTS || slot - ERRAND_SLOTS >= FRONT_ERRANDS_MAX)
        return false;
    struct errand *errand = &front->errands->at[slot - ERRAND_SLOTS];
    if (errand->row == 0 || errand->generation != (uint32_t)(handle >> 32) || errand->to != answer->town)
        return true;
    if (message_take(MESSAGE_DELIVERED, answer->payload, &said) != OK)
        said = (struct message_delivered){.status = BUSY, .statuses = STR("")};
    struct message_outbox_done done = {.row = errand->row, .status = said.status, .statuses = said.statuses};
    tell(front, errand->from, &done);
    forget(front->errands, errand);
    return true;
}

void front_outbox_lost(struct front *front, int town)
{
    for (size_t i = 0; i < FRONT_ERRANDS_MAX; i++) {
        struct errand *errand = &front->errands->at[i];
        if (errand->row == 0 || (errand->from != town && errand->to != town))
            continue;
        struct message_outbox_done done = {.row = errand->row, .status = BUSY, .statuses = STR("")};
        if (errand->from != town)
            tell(front, errand->from, &done);
        forget(front->errands, errand);
    }
}
