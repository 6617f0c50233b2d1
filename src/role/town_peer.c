/* A town's dealings with the parent and with auth: what the member is, which sessions ended, what auth must be told. */
#include "core/member_act.h"
#include "core/people_task.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "role/town_role.h"

enum { PLACE_ARENA = 64 << 10, AGAIN_MS = 30 * 1000 };

/* ---- the member, told anew ---- */

enum status town_member(struct town_role *role, struct str payload)
{
    struct message_member told;
    TRY(message_take(MESSAGE_MEMBER, payload, &told));
    if (told.member != role->town->member)
        return INVALID;
    struct arena *texts = arena_create(PLACE_ARENA);
    struct place place = {.member = told.member,
                          .services_on = (uint64_t)told.services_on,
                          .runs_house = told.runs_house,
                          .name = role->town->name,
                          .title = str_copy(texts, told.title),
                          .kind = str_copy(texts, told.kind),
                          .language = str_copy(texts, told.language),
                          .zone = str_copy(texts, told.zone),
                          .desk = str_copy(texts, told.desk),
                          .phone = str_copy(texts, told.phone),
                          .hours = str_copy(texts, told.hours)};
    if (str_is_absent(place.hours)) {
        arena_destroy(&texts);
        return LIMIT;
    }
    house_set_domains(role->town, told.domains);
    arena_destroy(&role->place);
    role->place = texts;
    role->town->place = place;
    if (clock_zone_set(str_c(texts, place.zone)) != OK)
        LOG(LOG_WARN_LEVEL, "town", "zone_unknown", LOG_TEXT("zone", place.zone));
    town_imap_ended(role);
    return OK;
}

/* ---- what an operator changed of it ---- */

struct owed_act {
    struct message_member_act_done answer;
    enum status done;
};

static void answer_act(struct town_role *role, void *with, enum status turn)
{
    struct owed_act *owed = with;
    if (owed->done == OK && turn == OK && message_send(role->parent, MESSAGE_MEMBER_ACT_DONE, &owed->answer, -1) == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "town", "act_not_noted", LOG_TEXT("town", role->town->name)); /* the parent tells it again */
}

enum status town_act(struct town_role *role, struct str payload)
{
    struct message_member_act told;
    struct ctx ctx = town_ctx(role);
    TRY(message_take(MESSAGE_MEMBER_ACT, payload, &told));
    struct owed_act *owed = arena_new(role->turn, struct owed_act);
    REQUIRE(owed != NULL);
    member_act act = {.id = told.act, .at_ms = told.at_ms, .actor = told.actor, .kind = told.kind,
                      .subject = told.subject, .detail = told.detail};
    writer_job_begin(role->town->writer);
    owed->done = writer_job_end(role->town->writer, member_act_note(&ctx, &act));
    owed->answer = (struct message_member_act_done){told.act, told.at_ms};
    arena_reset(role->job);
    town_hold(role, answer_act, owed);
    return OK;
}

/* ---- auth ---- */

static enum status on_ended(struct town_role *role, struct str payload)
{
    struct message_session_ended ended;
    TRY(message_take(MESSAGE_SESSION_ENDED, payload, &ended));
    if (ended.session == 0 && ended.person == 0)
        gate_open(role->town->gate);
    else
        gate_end(role->town->gate, ended.session, ended.person, clock_now());
    town_imap_ended(role);
    return OK;
}

static void nothing_owed(struct town_role *role, void *with, enum status turn)
{
    (void)role;
    (void)with;
    (void)turn; /* a task that stays is sent again at the next start */
}

static enum status on_person_done(struct town_role *role, struct str payload)
{
    struct message_person_done answer;
    struct ctx ctx = town_ctx(role);
    TRY(message_take(MESSAGE_PERSON_DONE, payload, &answer));
    enum status said = (enum status)answer.status;
    if (said == BUSY || said == OUTSIDE || said == CORRUPT || said == LIMIT) {
        loop_timer_set(role->again, AGAIN_MS); /* not now: the row stays */
        return OK;
    }
    if (said != OK)
        LOG(LOG_ERROR_LEVEL, "town", "auth_refused_person", LOG_NUMBER("task", answer.handle),
            LOG_TEXT("status", str_of(status_name(said))));
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, people_task_done(&ctx, answer.handle));
    arena_reset(role->job);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "town", "task_stays", LOG_NUMBER("task", answer.handle));
    town_hold(role, nothing_owed, NULL);
    return OK;
}

static void on_auth_closed(void *with)
{
    struct town_role *role = with;
    channel_destroy(role->auth);
    role->auth = NULL;
}

static void on_auth(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_role *role = with;
    enum status done = kind == MESSAGE_SESSION_ENDED  ? on_ended(role, payload)
                       : kind == MESSAGE_PERSON_DONE ? on_person_done(role, payload)
                                                      : INVALID;
    file_close(&fd);
    if (done == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "town", "auth_not_understood", LOG_TEXT("kind", str_of(message_name(kind))));
    on_auth_closed(role);
}

static enum status send_task(struct town_role *role, const people_task_row *task)
{
    struct message_person_put put = {.handle = task->id,
                                     .person = task->person,
                                     .role = task->role,
                                     .address = task->address,
                                     .language = task->language,
                                     .is_active = task->is_active != 0};
    struct message_invite invite = {
        .handle = task->id, .person = task->person, .ends_ms = task->ends_ms, .hash = task->hash};
    struct message_mandate mandate = {.handle = task->id,
                                      .mandate = task->person,
                                      .ends_ms = task->ends_ms,
                                      .operator_address = task->address};
    struct message_mail_password mail_password = {.handle = task->id, .is_allowed = task->is_active != 0};
    struct message_person_act act = {.handle = task->id, .person = task->person, .act = task->role};
    switch (task->kind) {
    case PEOPLE_PUT:
        return message_send(role->auth, MESSAGE_PERSON_PUT, &put, -1);
    case PEOPLE_INVITE:
        return message_send(role->auth, MESSAGE_INVITE, &invite, -1);
    case PEOPLE_ACT:
        return message_send(role->auth, MESSAGE_PERSON_ACT, &act, -1);
    case PEOPLE_MANDATE:
        return message_send(role->auth, MESSAGE_MANDATE, &mandate, -1);
    default:
        return message_send(role->auth, MESSAGE_MAIL_PASSWORD, &mail_password, -1);
    }
}

void town_auth_tell(struct town_role *role)
{
    struct ctx ctx = town_ctx(role);
    people_task_row *tasks;
    size_t count = 0;
    if (role->auth == NULL || people_task_after(&ctx, role->task_sent, &tasks, &count) != OK)
        return;
    for (size_t i = 0; i < count && send_task(role, &tasks[i]) == OK; i++)
        role->task_sent = tasks[i].id;
    arena_reset(role->job);
}

static void tell_all(void *with)
{
    struct town_role *role = with;
    role->task_sent = 0;
    town_auth_tell(role);
}

enum status town_auth_open(struct town_role *role, int socket)
{
    if (role->again == NULL)
        role->again = loop_timer_create(role->loop, tell_all, role);
    if (role->auth != NULL)
        on_auth_closed(role);
    TRY(channel_create(role->loop, socket, on_auth, on_auth_closed, role, &role->auth));
    tell_all(role); /* all that waits goes to this one again */
    return OK;
}
