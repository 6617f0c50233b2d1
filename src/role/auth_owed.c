#include <stdlib.h>

#include "core/page.h"
#include "os/log.h"
#include "role/auth_state.h"
#include "role/pages.h"

enum { OWED_ARENA = 256 << 10, PAGE_ARENA = 4 << 20 };

struct auth_owed *auth_owe(struct auth_role *role, struct auth_house *house, uint16_t kind, int64_t handle)
{
    struct auth_owed *owed = calloc(1, sizeof *owed);
    REQUIRE(owed != NULL);
    *owed = (struct auth_owed){
        .role = role, .house = house, .front = role->front_number, .kind = kind, .handle = handle};
    owed->arena = arena_create(OWED_ARENA);
    *role->last_owed = owed;
    role->last_owed = &owed->next;
    return owed;
}

static void keep(struct arena *arena, struct str *text)
{
    if (!str_is_absent(*text))
        *text = str_copy(arena, *text);
}

void auth_owe_login(struct auth_owed *owed, const struct message_login_answer *answer)
{
    owed->login = *answer;
    keep(owed->arena, &owed->login.ticket);
    keep(owed->arena, &owed->login.token);
    keep(owed->arena, &owed->login.code);
}

void auth_owe_response(struct auth_owed *owed, const struct web_response *response, enum language language)
{
    struct web_response *kept = &owed->response;
    *kept = *response;
    keep(owed->arena, &kept->content_type);
    keep(owed->arena, &kept->location);
    keep(owed->arena, &kept->file_name);
    keep(owed->arena, &kept->policy);
    keep(owed->arena, &kept->set_cookie);
    owed->delay_ms = response->delay_ms;
    owed->language = language;
}

static void destroy(struct auth_owed *owed)
{
    loop_timer_destroy(owed->timer);
    buf_finish(&owed->response.body);
    arena_destroy(&owed->arena);
    free(owed);
}

/* For a refusal's page. */
static struct ctx ctx_of(const struct auth_owed *owed, struct arena *arena)
{
    return (struct ctx){.arena = arena,
                        .place = &owed->house->place,
                        .actor = {.address = STR(""), .name = STR("")},
                        .language = owed->language,
                        .now = owed->role->now,
                        .trace = STR("")};
}

/* The rows did not come to stand: what was promised is taken back. */
static void take_back(struct auth_owed *owed)
{
    struct arena *arena ARENA_SCOPE = arena_create(PAGE_ARENA);
    struct web_request request = {.path = STR("/"), .form_token = STR("")};
    struct ctx ctx = ctx_of(owed, arena);
    owed->login = (struct message_login_answer){
        .status = BUSY, .ticket = STR(""), .token = STR(""), .code = STR("auth.busy")};
    owed->status = BUSY;
    owed->delay_ms = 0;
    if (owed->kind != MESSAGE_WEB_ANSWER)
        return;
    owed->response.set_cookie = owed->response.location = STR_NONE;
    page_refusal(&ctx, &request, &owed->response, BUSY);
    keep(owed->arena, &owed->response.content_type);
}

static enum status send_it(struct auth_owed *owed)
{
    struct auth_role *role = owed->role;
    struct message_person_done done = {owed->handle, owed->status};
    if (owed->kind == MESSAGE_PERSON_DONE)
        return owed->house->town != NULL ? message_send(owed->house->town, MESSAGE_PERSON_DONE, &done, -1) : OK;
    if (role->front == NULL || owed->front != role->front_number)
        return OK;
    if (owed->kind == MESSAGE_WEB_ANSWER) {
        struct arena *arena ARENA_SCOPE = arena_create(PAGE_ARENA);
        struct ctx ctx = ctx_of(owed, arena);
        return pages_answer(role->front, owed->handle, &ctx, &owed->response);
    }
    owed->login.handle = owed->handle;
    return message_send(role->front, MESSAGE_LOGIN_ANSWER, &owed->login, -1);
}

static void leave(struct auth_owed *owed)
{
    if (send_it(owed) != OK)
        LOG(LOG_ERROR_LEVEL, "auth", "answer_lost", LOG_TEXT("kind", str_of(message_name(owed->kind))));
    destroy(owed);
}

static void on_time(void *with)
{
    struct auth_owed *owed = with, **at = &owed->role->delayed;
    while (*at != owed)
        at = &(*at)->next;
    *at = owed->next;
    owed->role->delayed_count--;
    leave(owed);
}

static void delay(struct auth_owed *owed)
{
    struct auth_role *role = owed->role;
    owed->timer = loop_timer_create(role->loop, on_time, owed);
    loop_timer_set(owed->timer, owed->delay_ms);
    owed->next = role->delayed;
    role->delayed = owed;
    role->delayed_count++;
}

void auth_owed_release(struct auth_role *role)
{
    struct auth_owed *next = role->owed;
    role->owed = NULL;
    role->last_owed = &role->owed;
    while (next != NULL) {
        struct auth_owed *owed = next;
        next = owed->next;
        if (owed->house != NULL && owed->house->turn != OK)
            take_back(owed);
        /* Front has fewer connections than this; each waits for one answer. */
        if (owed->delay_ms > 0 && role->delayed_count < AUTH_ROLE_DELAYED_MAX)
            delay(owed);
        else
            leave(owed);
    }
}

void auth_owed_destroy_all(struct auth_role *role)
{
    struct auth_owed *lists[] = {role->owed, role->delayed};
    for (size_t i = 0; i < 2; i++)
        while (lists[i] != NULL) {
            struct auth_owed *owed = lists[i];
            lists[i] = owed->next;
            destroy(owed);
        }
    role->owed = role->delayed = NULL;
}
