/* A town that has opted out of mail: what front asks is refused in words, and nothing of what is there is touched. */
#include "core/service.h"
#include "role/town_role.h"

enum { STATUSES_MAX = 64 << 10 };

bool town_has_mail(const struct town_role *role)
{
    return service_is_on_by_name(service_all, STR("mail"), role->town->place.services_on);
}

struct refused {
    enum message_kind kind;
    int64_t handle;
    enum status status;
    struct str statuses;
};

static void release(struct town_role *role, void *with, enum status turn)
{
    const struct refused *refused = with;
    struct message_rcpt_answer rcpt = {
        .handle = refused->handle, .status = refused->status, .code = STR("mail.closed"), .sentence = STR("")};
    struct message_delivered delivered = {.handle = refused->handle, .status = refused->status,
                                          .statuses = refused->statuses, .code = STR("mail.closed")};
    (void)turn; /* nothing was written */
    town_send(role, refused->kind, refused->kind == MESSAGE_RCPT_ANSWER ? (const void *)&rcpt : &delivered, -1);
}

static void hold(struct town_role *role, struct refused answer)
{
    struct refused *refused = arena_new(role->turn, struct refused);
    REQUIRE(refused != NULL);
    *refused = answer;
    town_hold(role, release, refused);
}

enum status town_rcpt_closed(struct town_role *role, struct str payload)
{
    struct message_rcpt ask;
    TRY(message_take(MESSAGE_RCPT, payload, &ask));
    hold(role, (struct refused){MESSAGE_RCPT_ANSWER, ask.handle, GONE, STR("")});
    return OK;
}

/* Another town hears it of each recipient, and tells who wrote: it is no use to try again. */
enum status town_deliver_closed(struct town_role *role, struct str payload)
{
    struct message_deliver ask;
    struct buf statuses BUF_SCOPE = BUF_INIT(STATUSES_MAX);
    TRY(message_take(MESSAGE_DELIVER, payload, &ask));
    bool is_from_town = str_eq(ask.source, STR("town"));
    for (struct str rest = ask.recipients; is_from_town && rest.len > 0; (void)str_cut(&rest, '\n'))
        buf_add_literal(&statuses, "denied mail.closed\n");
    TRY(buf_status(&statuses));
    hold(role, (struct refused){MESSAGE_DELIVERED, ask.handle, is_from_town ? OK : GONE,
                                str_copy(role->turn, buf_str(&statuses))});
    return OK;
}
