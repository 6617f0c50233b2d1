#include "role/hasher.h"

#include <signal.h>

#include "core/password.h"
#include "os/entropy.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/count.h"
#include "role/message.h"
#include "role/prologue.h"

struct hasher {
    struct loop *loop;
    struct channel *parent, *auth;
};

static enum status work(const struct message_hash *ask, struct buf *made, struct message_hashed *ret_answer)
{
    unsigned char salt[PASSWORD_SALT_BYTES];
    *ret_answer = (struct message_hashed){.handle = ask->handle, .made = STR_NONE};
    if (!str_is_absent(ask->verifier)) {
        ret_answer->is_right = password_check(ask->password, ask->verifier);
        return OK;
    }
    entropy_fill(salt, sizeof salt);
    TRY(password_hash(made, (struct password_cost){ask->memory_kib, ask->passes}, ask->password, salt));
    ret_answer->made = buf_str(made);
    return OK;
}

static void on_auth(void *with, uint16_t kind, struct str payload, int fd)
{
    struct hasher *hasher = with;
    struct message_hash ask;
    struct message_hashed answer;
    struct buf made BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    file_close(&fd);
    if (kind != MESSAGE_HASH || message_take(kind, payload, &ask) != OK) {
        LOG(LOG_ERROR_LEVEL, "hasher", "auth_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
        loop_stop(hasher->loop);
        return;
    }
    answer.status = work(&ask, &made, &answer);
    if (message_send(hasher->auth, MESSAGE_HASHED, &answer, -1) != OK)
        loop_stop(hasher->loop);
}

static void on_auth_closed(void *with)
{
    struct hasher *hasher = with;
    channel_destroy(hasher->auth);
    hasher->auth = NULL;
}

static void tell_figures(struct hasher *hasher, struct str payload)
{
    struct message_handle ask;
    if (message_take(MESSAGE_FIGURES_ASK, payload, &ask) != OK)
        return;
    struct buf counts BUF_SCOPE = BUF_INIT(COUNT_TEXT_MAX);
    count_write(&counts);
    struct message_figures figures = {.handle = ask.handle, .memory_bytes = prologue_memory(), .late_job = STR(""),
                                      .queues = STR(""), .counts = buf_str(&counts)};
    if (message_send(hasher->parent, MESSAGE_FIGURES, &figures, -1) != OK)
        loop_stop(hasher->loop);
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct hasher *hasher = with;
    struct message_peer peer;
    if (kind == MESSAGE_STOP)
        loop_stop(hasher->loop);
    if (kind == MESSAGE_FIGURES_ASK)
        tell_figures(hasher, payload);
    bool is_auth = kind == MESSAGE_PEER && message_take(kind, payload, &peer) == OK && peer.role == ROLE_AUTH;
    if (is_auth) {
        channel_destroy(hasher->auth);
        hasher->auth = NULL;
    }
    if (!is_auth || channel_create(hasher->loop, fd, on_auth, on_auth_closed, hasher, &hasher->auth) != OK)
        file_close(&fd);
}

static void on_parent_closed(void *with)
{
    struct hasher *hasher = with;
    loop_stop(hasher->loop);
}

int hasher_run(int parent_socket)
{
    struct hasher hasher = {.loop = loop_create()};
    struct message_handle ready = {0};
    process_ignore(SIGINT);
    enum status done =
        channel_create(hasher.loop, parent_socket, on_parent, on_parent_closed, &hasher, &hasher.parent);
    if (done == OK)
        done = message_send(hasher.parent, MESSAGE_READY, &ready, -1);
    if (done == OK)
        loop_run(hasher.loop, NULL, NULL);
    channel_destroy(hasher.auth);
    channel_destroy(hasher.parent);
    loop_destroy(hasher.loop);
    return done != OK;
}
