/* SELECT, EXAMINE, CLOSE, UNSELECT (RFC 9051 section 6.3.2; CONDSTORE and QRESYNC, RFC 7162). */
#include <stdio.h>

#include "base/list.h"
#include "proto/imap/imap_select.h"
#include "proto/imap/imap_write.h"
#include "service/mail/account_sql.h"
#include "service/mail/imap/session.h"

enum { CHANGED_MAX = 1 << 20 };

struct uid_list LIST_OF(uint32_t);

/* Somebody who looks at the same state shares its view. */
static struct imap_view *view_of_others(const struct imap_call *call, const mailbox_row *mailbox)
{
    const struct imap_sessions *sessions = call->sessions;
    for (size_t i = 0; i < sessions->live_count; i++) {
        const struct imap_session *other = sessions->slots[sessions->live[i]];
        if (other->mailbox == mailbox->id && other->modseq == mailbox->modseq &&
            other->gone_modseq == mailbox->modseq)
            return imap_view_share(other->view);
    }
    return NULL;
}

static enum status open_view(struct imap_call *call, const mailbox_row *mailbox, bool is_read_only)
{
    struct imap_session *session = call->session;
    struct imap_view *view = view_of_others(call, mailbox);
    if (view == NULL)
        TRY(imap_view_read(call->ctx, mailbox->id, &view));
    session->view = view;
    session->mailbox = mailbox->id;
    session->is_read_only = is_read_only;
    session->uid_validity = (uint32_t)mailbox->uid_validity;
    session->uid_next = (uint32_t)mailbox->uid_next;
    session->recent_from = (uint32_t)mailbox->recent_uid;
    session->modseq = session->gone_modseq = mailbox->modseq;
    return OK;
}

/* Messages that no session was told of are recent to this one alone (RFC 3501 section 2.3.2). */
static enum status take_recent(struct imap_call *call, const mailbox_row *mailbox)
{
    if (call->session->is_read_only || mailbox->recent_uid == mailbox->uid_next)
        return OK;
    TRY(writer_need(call->ctx->town->writer, SYNC_FULL));
    struct sql_mailbox_set_recent in = {.id = mailbox->id, .recent_uid = mailbox->uid_next};
    return sql_mailbox_set_recent(call->ctx->db, in);
}

static enum status write_flag_lists(struct imap_call *call)
{
    struct sql_account_keyword_list_row *rows;
    size_t count;
    struct buf *out = call->out;
    struct sql_account_keyword_list in = {.account = call->session->account};
    TRY(sql_account_keyword_list(call->ctx->db, call->ctx->arena, in, &rows, &count));
    for (int is_permanent = 0; is_permanent < 2; is_permanent++) {
        buf_add(out, is_permanent ? STR("* OK [PERMANENTFLAGS (")
                                  : STR("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft"));
        bool is_empty = is_permanent && call->session->is_read_only;
        if (is_permanent && !is_empty)
            buf_add_literal(out, "\\Answered \\Flagged \\Deleted \\Seen \\Draft");
        for (size_t i = 0; i < count && !is_empty; i++)
            buf_add_format(out, " %.*s", STR_ARG(rows[i].name));
        if (is_permanent && !is_empty && count < MESSAGE_KEYWORD_MAX)
            buf_add_literal(out, " \\*");
        buf_add(out, is_permanent ? STR(")] Flags kept\r\n") : STR(")\r\n"));
    }
    return OK;
}

static enum status write_state(struct imap_call *call, const mailbox_row *mailbox)
{
    struct imap_session *session = call->session;
    struct sql_message_first_unseen_row unseen;
    struct buf *out = call->out;
    bool is_rev2 = session->enabled & IMAP_REV2;
    buf_add_format(out, "* %u EXISTS\r\n", session->view->count);
    if (!is_rev2) {
        uint32_t recent = session->view->count + 1 - imap_view_from(session->view, session->recent_from);
        buf_add_format(out, "* %u RECENT\r\n", recent);
        struct sql_message_first_unseen in = {.mailbox = mailbox->id};
        enum status found = sql_message_first_unseen(call->ctx->db, call->ctx->arena, in, &unseen);
        if (found == OK)
            buf_add_format(out, "* OK [UNSEEN %u] First unseen\r\n",
                           imap_view_number(session->view, (uint32_t)unseen.uid));
        else if (found != NOT_FOUND)
            return found;
    }
    TRY(write_flag_lists(call));
    buf_add_format(out, "* OK [UIDVALIDITY %lld] UIDs are valid\r\n* OK [UIDNEXT %lld] Next UID\r\n",
                   (long long)mailbox->uid_validity, (long long)mailbox->uid_next);
    buf_add_format(out, "* OK [HIGHESTMODSEQ %lld] Highest mod-sequence\r\n* OK [MAILBOXID (F%lld)] Its id\r\n",
                   (long long)mailbox->modseq, (long long)mailbox->id);
    if (is_rev2) {
        buf_add_literal(out, "* LIST () \"/\" ");
        imap_write_mailbox(out, mailbox->name, true);
        buf_add_literal(out, "\r\n");
    }
    return OK;
}

/* ---- what a client that comes back has missed ---- */

struct missed {
    struct imap_call *call;
    const struct imap_set *known;
    struct uid_list gone;
};

static enum status gather_gone(void *with, const struct sql_message_expunged_each_row *row)
{
    struct missed *missed = with;
    if (!imap_set_is_empty(missed->known) && !imap_set_has(missed->known, (uint32_t)row->uid))
        return OK;
    uint32_t *uid = list_add(&missed->gone, missed->call->ctx->arena, CHANGED_MAX);
    if (uid == NULL)
        return LIMIT;
    *uid = (uint32_t)row->uid;
    return OK;
}

static enum status write_changed(void *with, const struct sql_message_changed_each_row *row)
{
    struct missed *missed = with;
    struct imap_session *session = missed->call->session;
    struct buf *out = missed->call->out;
    uint32_t number = imap_view_number(session->view, (uint32_t)row->uid);
    if (number == 0 || (!imap_set_is_empty(missed->known) && !imap_set_has(missed->known, (uint32_t)row->uid)))
        return OK;
    buf_add_format(out, "* %u FETCH (UID %lld FLAGS ", number, (long long)row->uid);
    TRY(imap_write_flags(missed->call->ctx, session, row->flags, row->uid, out));
    buf_add_format(out, " MODSEQ (%lld))\r\n", (long long)row->modseq);
    return OK;
}

static enum status write_missed(struct imap_call *call, const struct imap_select *select)
{
    struct imap_session *session = call->session;
    struct missed missed = {.call = call, .known = &select->known_uids};
    if (select->uidvalidity != session->uid_validity)
        return OK;
    struct sql_message_expunged_each gone = {.mailbox = session->mailbox, .since = (int64_t)select->modseq};
    TRY(sql_message_expunged_each(call->ctx->db, gone, gather_gone, &missed));
    if (missed.gone.count > 0) {
        buf_add_literal(call->out, "* VANISHED (EARLIER) ");
        imap_set_write_numbers(call->out, missed.gone.at, missed.gone.count);
        buf_add_literal(call->out, "\r\n");
    }
    struct sql_message_changed_each in = {.mailbox = session->mailbox, .since = (int64_t)select->modseq};
    return sql_message_changed_each(call->ctx->db, in, write_changed, &missed);
}

static void leave(struct imap_call *call)
{
    if (call->session->mailbox != 0 && call->session->enabled & (IMAP_QRESYNC | IMAP_REV2))
        buf_add_literal(call->out, "* OK [CLOSED] The mailbox before\r\n");
    imap_session_unselect(call->session);
}

static enum status open_mailbox(struct imap_call *call, bool is_read_only)
{
    struct imap_select select;
    mailbox_row mailbox;
    const struct imap_command *command = call->command;
    TRY(imap_select_parse(command->args, command->count, call->ctx->arena, &select, &call->why));
    if (select.is_qresync && !(call->session->enabled & IMAP_QRESYNC))
        return imap_call_bad(call, "QRESYNC was not enabled");
    leave(call);
    TRY(imap_mailbox(call, select.mailbox, &mailbox));
    if (select.is_condstore || select.is_qresync)
        call->session->enabled |= IMAP_CONDSTORE;
    TRY(open_view(call, &mailbox, is_read_only));
    TRY(take_recent(call, &mailbox));
    TRY(write_state(call, &mailbox));
    if (select.is_qresync)
        TRY(write_missed(call, &select));
    snprintf(call->ok, sizeof call->ok, "[READ-%s] %s completed", is_read_only ? "ONLY" : "WRITE",
             is_read_only ? "EXAMINE" : "SELECT");
    return OK;
}

enum status imap_select(struct imap_call *call)
{
    return open_mailbox(call, false);
}

enum status imap_examine(struct imap_call *call)
{
    return open_mailbox(call, true);
}

enum status imap_unselect(struct imap_call *call)
{
    if (call->command->count > 0)
        return imap_call_bad(call, "UNSELECT takes no arguments");
    imap_session_unselect(call->session);
    return OK;
}
