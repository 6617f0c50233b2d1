/* People as a town tells of them: only of its own, since the channel says which town it is. */
#include "os/log.h"
#include "role/auth_state.h"

static enum status put(struct ctx *ctx, const struct message_person_put *put)
{
    bool is_role = put->role >= ROLE_AGENT && put->role <= ROLE_OPERATOR;
    if (!is_role || put->person <= 0 || put->address.len == 0 || str_is_absent(put->language))
        return INVALID;
    struct auth_person person = {.person = put->person,
                                 .address = put->address,
                                 .role = (enum role)put->role,
                                 .is_active = put->is_active,
                                 .language = put->language};
    return auth_person_put(ctx, &person);
}

/* A town that asks again after a restart: the code is there already, and may have been used. */
static enum status invite(struct ctx *ctx, const struct message_invite *invite)
{
    struct auth_credential credential;
    TRY(auth_credential(ctx, invite->person, &credential));
    return auth_invite(ctx, invite->person, invite->hash, (struct instant){invite->ends_ms});
}

static enum status act(struct ctx *ctx, const struct message_person_act *act)
{
    if (act->act != AUTH_END_SESSIONS && act->act != AUTH_SECOND_OFF)
        return INVALID;
    return auth_person_do(ctx, act->person, (enum auth_person_act)act->act);
}

static enum status do_it(struct ctx *ctx, uint16_t kind, const void *message)
{
    const struct message_mandate *mandate = message;
    const struct message_mail_password *mail = message;
    switch (kind) {
    case MESSAGE_PERSON_PUT:
        return put(ctx, message);
    case MESSAGE_INVITE:
        return invite(ctx, message);
    case MESSAGE_PERSON_ACT:
        return act(ctx, message);
    case MESSAGE_MANDATE:
        if (mandate->mandate <= 0 || mandate->operator_address.len == 0)
            return INVALID;
        return auth_mandate_put(ctx, mandate->mandate, mandate->operator_address, (struct instant){mandate->ends_ms});
    default:
        return auth_set_mail_password(ctx, mail->is_allowed);
    }
}

enum status auth_role_person(struct auth_house *house, uint16_t kind, struct str payload)
{
    union {
        int64_t handle; /* the first field of all */
        struct message_person_put put;
        struct message_invite invite;
        struct message_person_act act;
        struct message_mandate mandate;
        struct message_mail_password mail_password;
    } message;
    struct ctx ctx;
    if (kind < MESSAGE_PERSON_PUT || kind > MESSAGE_MAIL_PASSWORD)
        return INVALID;
    TRY(message_take(kind, payload, &message));
    enum status done = auth_house_begin(house, &ctx);
    if (done == OK)
        done = auth_house_end(house, do_it(&ctx, kind, &message));
    struct auth_owed *owed = auth_owe(house->role, house, MESSAGE_PERSON_DONE, message.handle);
    owed->status = done;
    if (done != OK)
        LOG(LOG_WARN_LEVEL, "auth", "person_refused", LOG_TEXT("member", house->place.name),
            LOG_TEXT("status", str_of(status_name(done))));
    return OK;
}
