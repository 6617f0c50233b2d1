/* Signing in, cookies and renewals: what front asks so that somebody may act for a quarter of an hour. */
#include "core/service.h"
#include "os/clock.h"
#include "os/log.h"
#include "role/auth_state.h"
#include "role/count.h"

enum { REFUSAL_MS = 250 }; /* of a member nobody knows: as a first failure anywhere */

static void answer_login(struct auth_role *role, struct auth_house *house, int64_t handle,
                         const struct message_login_answer *answer, int64_t delay_ms)
{
    struct auth_owed *owed = auth_owe(role, house, MESSAGE_LOGIN_ANSWER, handle);
    auth_owe_login(owed, answer);
    owed->delay_ms = delay_ms;
}

static struct message_login_answer refusal(enum status status, const char *code)
{
    return (struct message_login_answer){
        .status = status, .ticket = STR(""), .token = STR(""), .code = str_of(code)};
}

/* What went wrong here is not the client's fault: "not now". */
static struct message_login_answer failure_of(enum status done)
{
    return done == DENIED || done == GONE ? refusal(done, "auth.ended") : refusal(BUSY, "auth.busy");
}

static enum status add_ticket(struct ctx *ctx, struct auth_house *house, const struct ticket *ticket,
                              struct message_login_answer *answer)
{
    struct buf sealed BUF_SCOPE = BUF_INIT(TICKET_MAX);
    if (!house->has_key)
        return BUSY;
    TRY(ticket_seal(&sealed, ticket, house->ticket_key));
    answer->ticket = str_copy(ctx->arena, buf_str(&sealed));
    answer->expires_ms = ticket->expires.ms;
    answer->session = ticket->session;
    return str_is_absent(answer->ticket) ? LIMIT : OK;
}

static struct str text_or_empty(struct str text)
{
    return str_is_absent(text) ? STR("") : text;
}

static struct auth_try try_of(const struct message_login *ask)
{
    return (struct auth_try){.door = str_eq(ask->door, STR("web")) ? AUTH_WEB : AUTH_MAIL,
                             .address = text_or_empty(ask->address),
                             .password = text_or_empty(ask->password),
                             .remote = text_or_empty(ask->remote),
                             .device = text_or_empty(ask->device)};
}

/* Opted in: a town without mail lets no mail program in, whoever it is; they are told so when the password was
 * right. */
static bool has_mail(const struct auth_house *house)
{
    return service_is_on_by_name(service_all, STR("mail"), house->place.services_on);
}

/* What is said of an outcome; the ticket of a session that began. */
static enum status answer_of(struct ctx *ctx, struct auth_house *house, const struct auth_answer *from,
                             enum auth_door door, struct message_login_answer *ret_answer)
{
    struct ticket ticket;
    if (door == AUTH_MAIL && from->outcome == AUTH_ALLOWED && !has_mail(house)) {
        *ret_answer = refusal(DENIED, "mail.closed");
        return OK;
    }
    switch (from->outcome) {
    case AUTH_ALLOWED:
        *ret_answer = refusal(OK, "");
        break;
    case AUTH_SECOND:
        *ret_answer = refusal(CONFLICT, "auth.second");
        break;
    case AUTH_TOO_MANY:
        *ret_answer = refusal(DENIED, "auth.too_many");
        return OK;
    default:
        *ret_answer = refusal(DENIED, "auth.refused");
        return OK;
    }
    ret_answer->token = text_or_empty(from->token);
    TRY(auth_ticket_renew(ctx, from->session, &ticket));
    return add_ticket(ctx, house, &ticket, ret_answer);
}

static enum status second_step(struct ctx *ctx, const struct message_login *ask, struct auth_answer *answer)
{
    struct auth_try try = try_of(ask);
    if (answer->outcome != AUTH_SECOND || ask->second.len == 0)
        return OK;
    return auth_login_second(ctx, answer->session, &try, ask->second, answer);
}

static void log_login(const struct auth_house *house, const struct message_login *ask,
                      const struct message_login_answer *answer)
{
    count_add(answer->status == OK ? COUNT_LOGINS : COUNT_LOGIN_REFUSALS);
    LOG(answer->status == OK ? LOG_INFO_LEVEL : LOG_WARN_LEVEL, "auth", "login", LOG_TEXT("member", house->place.name),
        LOG_TEXT("door", ask->door), LOG_TEXT("remote", ask->remote),
        LOG_TEXT("status", str_of(status_name((enum status)answer->status))), LOG_TEXT("code", answer->code));
}

static void settle(struct auth_house *house, const struct message_login *ask, enum status done,
                   struct message_login_answer answer, int64_t delay_ms)
{
    if (done != OK) {
        answer = failure_of(done);
        delay_ms = 0;
    }
    log_login(house, ask, &answer);
    answer_login(house->role, house, ask->handle, &answer, delay_ms);
}

/* The password has been checked. */
static enum status end_in(struct ctx *ctx, struct auth_work *work, const struct message_login *ask,
                          struct message_login_answer *ret_answer, int64_t *ret_delay_ms)
{
    struct auth_try try = try_of(ask);
    struct auth_answer answer = work->begun;
    TRY(auth_login_end(ctx, &try, work->hashes[0].is_right, &answer));
    TRY(second_step(ctx, ask, &answer));
    *ret_delay_ms = answer.delay_ms;
    return answer_of(ctx, work->house, &answer, try.door, ret_answer);
}

void auth_role_login_end(struct auth_work *work)
{
    struct message_login ask;
    struct message_login_answer answer = {0};
    struct ctx ctx;
    int64_t delay_ms = 0;
    REQUIRE(message_take(MESSAGE_LOGIN, work->payload, &ask) == OK); /* it was taken before */
    enum status done = auth_house_begin(work->house, &ctx);
    if (done == OK)
        done = auth_house_end(work->house, end_in(&ctx, work, &ask, &answer, &delay_ms));
    settle(work->house, &ask, done, answer, delay_ms);
    auth_work_destroy(work);
}

static enum status begin_in(struct auth_house *house, const struct auth_try *try, struct auth_answer *ret_begun,
                            struct message_login_answer *ret_answer)
{
    struct ctx ctx;
    TRY(auth_house_begin(house, &ctx));
    enum status done = auth_login_begin(&ctx, try, ret_begun);
    if (done == OK && ret_begun->outcome != AUTH_CHECK)
        done = answer_of(&ctx, house, ret_begun, try->door, ret_answer);
    return auth_house_end(house, done);
}

/* False: there is too much work already. */
static bool queue_check(struct auth_house *house, struct str payload, const struct message_login *ask,
                        const struct auth_answer *begun)
{
    struct message_login kept;
    struct auth_work *work =
        auth_work_create(house, MESSAGE_LOGIN, payload, text_or_empty(ask->remote), -1);
    if (work == NULL)
        return false;
    REQUIRE(message_take(MESSAGE_LOGIN, work->payload, &kept) == OK);
    work->begun = *begun;
    work->begun.verifier = str_copy(work->arena, begun->verifier);
    work->hashes[0] = (struct web_hash){.password = text_or_empty(kept.password), .verifier = work->begun.verifier};
    work->hash_count = 1;
    auth_work_queue(work);
    return true;
}

enum status auth_role_login(struct auth_role *role, struct str payload)
{
    struct message_login ask;
    struct message_login_answer answer = {0};
    struct auth_answer begun = {0};
    TRY(message_take(MESSAGE_LOGIN, payload, &ask));
    struct auth_house *house = auth_house_find(role, ask.member);
    if (house == NULL) {
        struct message_login_answer unknown = refusal(DENIED, "auth.refused");
        answer_login(role, NULL, ask.handle, &unknown, REFUSAL_MS);
        return OK;
    }
    struct auth_try try = try_of(&ask);
    enum status done = begin_in(house, &try, &begun, &answer);
    if (done == OK && begun.outcome == AUTH_CHECK) {
        if (queue_check(house, payload, &ask, &begun))
            return OK;
        done = BUSY;
    }
    settle(house, &ask, done, answer, begun.delay_ms);
    return OK;
}

/* ---- tickets of sessions that go on ---- */

static enum status cookie_in(struct auth_house *house, const struct message_cookie *ask,
                             struct message_login_answer *answer)
{
    struct ctx ctx;
    struct ticket ticket;
    TRY(auth_house_begin(house, &ctx));
    enum status done = auth_ticket(&ctx, text_or_empty(ask->token), text_or_empty(ask->remote), &ticket);
    if (done == OK)
        done = add_ticket(&ctx, house, &ticket, answer);
    return auth_house_end(house, done);
}

enum status auth_role_cookie(struct auth_role *role, struct str payload)
{
    struct message_cookie ask;
    struct message_login_answer answer = refusal(OK, "");
    TRY(message_take(MESSAGE_COOKIE, payload, &ask));
    struct auth_house *house = auth_house_find(role, ask.member);
    enum status done = house != NULL ? cookie_in(house, &ask, &answer) : DENIED;
    if (done != OK)
        answer = failure_of(done);
    answer_login(role, house, ask.handle, &answer, 0);
    return OK;
}

static enum status renew_in(struct auth_house *house, struct str sealed, struct message_login_answer *answer)
{
    struct ctx ctx;
    struct ticket ticket;
    if (!house->has_key)
        return BUSY;
    TRY(ticket_read(sealed, house->ticket_key, house->place.member, &ticket));
    TRY(auth_house_begin(house, &ctx));
    enum status done = auth_ticket_renew(&ctx, ticket.session, &ticket);
    if (done == OK)
        done = add_ticket(&ctx, house, &ticket, answer);
    return auth_house_end(house, done);
}

enum status auth_role_renew(struct auth_role *role, struct str payload)
{
    struct message_renew ask;
    struct message_login_answer answer = refusal(OK, "");
    TRY(message_take(MESSAGE_RENEW, payload, &ask));
    struct auth_house *house = auth_house_find(role, ask.member);
    enum status done = house != NULL ? renew_in(house, text_or_empty(ask.ticket), &answer) : DENIED;
    if (done != OK)
        answer = failure_of(done);
    answer_login(role, house, ask.handle, &answer, 0);
    return OK;
}
