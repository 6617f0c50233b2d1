#include "service/mail/imap/session.h"

#include <stdlib.h>
#include <string.h>

#include "service/mail/imap/fetch.h"

struct imap_sessions *imap_sessions_create(void)
{
    struct imap_sessions *sessions = calloc(1, sizeof *sessions);
    REQUIRE(sessions != NULL);
    return sessions;
}

void imap_sessions_destroy(struct imap_sessions *sessions)
{
    if (sessions == NULL)
        return;
    while (sessions->live_count > 0)
        imap_session_close(sessions, sessions->slots[sessions->live[0]]);
    free(sessions);
}

static size_t slot_of(int64_t handle)
{
    return (size_t)(handle & UINT32_MAX);
}

struct imap_session *imap_session_find(struct imap_sessions *sessions, int64_t handle)
{
    size_t slot = slot_of(handle);
    struct imap_session *session = slot < IMAP_SESSIONS_MAX ? sessions->slots[slot] : NULL;
    return session != NULL && session->handle == handle ? session : NULL;
}

struct imap_session *imap_session_open(struct imap_sessions *sessions, int64_t handle, const struct ticket *ticket)
{
    size_t slot = slot_of(handle);
    if (slot >= IMAP_SESSIONS_MAX)
        return NULL;
    if (sessions->slots[slot] != NULL)
        imap_session_close(sessions, sessions->slots[slot]);
    struct imap_session *session = calloc(1, sizeof *session);
    REQUIRE(session != NULL);
    *session = (struct imap_session){.handle = handle, .account = ticket->person, .ticket = *ticket};
    session->ticket.address = session->ticket.language = session->ticket.form_token = STR("");
    sessions->slots[slot] = session;
    sessions->live[sessions->live_count++] = (uint16_t)slot;
    return session;
}

void imap_session_owe(struct imap_sessions *sessions, struct imap_session *session, size_t bytes)
{
    sessions->owed += bytes - session->owed;
    session->owed = bytes;
}

size_t imap_account_owed(const struct imap_sessions *sessions, int64_t account)
{
    size_t owed = 0;
    for (size_t i = 0; i < sessions->live_count && owed < sessions->owed; i++) {
        const struct imap_session *session = sessions->slots[sessions->live[i]];
        owed += session->account == account ? session->owed : 0;
    }
    return owed;
}

void imap_session_unselect(struct imap_session *session)
{
    session->mailbox = 0;
    session->is_read_only = session->is_idle = false;
    imap_view_drop(&session->view);
    imap_session_save(session, NULL, 0);
}

void imap_session_save(struct imap_session *session, const uint32_t *uids, size_t count)
{
    free(session->saved);
    session->saved = NULL;
    session->saved_count = count;
    if (count == 0)
        return;
    session->saved = malloc(count * sizeof *uids);
    REQUIRE(session->saved != NULL);
    memcpy(session->saved, uids, count * sizeof *uids);
}

void imap_session_close(struct imap_sessions *sessions, struct imap_session *session)
{
    size_t slot = slot_of(session->handle);
    for (size_t i = 0; i < sessions->live_count; i++)
        if (sessions->live[i] == slot)
            sessions->live[i] = sessions->live[--sessions->live_count];
    sessions->slots[slot] = NULL;
    imap_session_owe(sessions, session, 0);
    imap_session_unselect(session);
    imap_running_drop(session);
    free(session->idle_tag);
    free(session);
}
