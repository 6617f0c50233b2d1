/* What a client is told without asking: arrivals, flags, removals. */
#include "base/list.h"
#include "service/mail/account_sql.h"
#include "service/mail/imap/session.h"

enum { CHANGED_MAX = 1 << 20 };

struct uid_list LIST_OF(uint32_t);

/* ---- flags ---- */

static void add_word(struct buf *out, size_t from, struct str word)
{
    if (out->len > from)
        buf_add_byte(out, ' ');
    buf_add(out, word);
}

static enum status add_keywords(struct ctx *ctx, int64_t account, int64_t flags, size_t from, struct buf *out)
{
    struct sql_account_keyword_list_row *rows;
    size_t count;
    if (flags >> MESSAGE_KEYWORD_FIRST == 0)
        return OK;
    TRY(sql_account_keyword_list(ctx->db, ctx->arena, (struct sql_account_keyword_list){.account = account}, &rows,
                                 &count));
    for (size_t i = 0; i < count; i++)
        if (flags >> rows[i].bit & 1)
            add_word(out, from, rows[i].name);
    return OK;
}

enum status imap_write_flags(struct ctx *ctx, const struct imap_session *session, int64_t flags, int64_t uid,
                             struct buf *out)
{
    static const struct {
        int64_t flag;
        struct str name;
    } names[] = {{MESSAGE_ANSWERED, STR_INIT("\\Answered")}, {MESSAGE_FLAGGED, STR_INIT("\\Flagged")},
                 {MESSAGE_DELETED, STR_INIT("\\Deleted")},   {MESSAGE_SEEN, STR_INIT("\\Seen")},
                 {MESSAGE_DRAFT, STR_INIT("\\Draft")}};
    buf_add_byte(out, '(');
    size_t from = out->len;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (flags & names[i].flag)
            add_word(out, from, names[i].name);
    if (!(session->enabled & IMAP_REV2) && uid >= session->recent_from && session->recent_from > 0)
        add_word(out, from, STR("\\Recent"));
    TRY(add_keywords(ctx, session->account, flags, from, out));
    buf_add_byte(out, ')');
    return OK;
}

/* ---- removals ---- */

struct gathering {
    struct arena *arena;
    const struct imap_view *view;
    struct uid_list uids;
};

static enum status gather_gone(void *with, const struct sql_message_expunged_each_row *row)
{
    struct gathering *gathering = with;
    if (imap_view_number(gathering->view, (uint32_t)row->uid) == 0)
        return OK;
    uint32_t *uid = list_add(&gathering->uids, gathering->arena, CHANGED_MAX);
    if (uid == NULL)
        return LIMIT;
    *uid = (uint32_t)row->uid;
    return OK;
}

/* From the last to the first, so that each number is that of the moment (RFC 9051 section 7.5.1). */
static void write_gone(const struct imap_session *session, const struct uid_list *uids, struct buf *out)
{
    if (session->enabled & IMAP_QRESYNC) {
        buf_add_literal(out, "* VANISHED ");
        imap_set_write_numbers(out, uids->at, uids->count);
        buf_add_literal(out, "\r\n");
        return;
    }
    for (size_t i = uids->count; i > 0; i--)
        buf_add_format(out, "* %u EXPUNGE\r\n", imap_view_number(session->view, uids->at[i - 1]));
}

static enum status tell_gone(struct ctx *ctx, struct imap_session *session, int64_t modseq, struct buf *out)
{
    struct gathering gathering = {.arena = ctx->arena, .view = session->view};
    struct sql_message_expunged_each in = {.mailbox = session->mailbox, .since = session->gone_modseq};
    struct imap_set gone;
    TRY(sql_message_expunged_each(ctx->db, in, gather_gone, &gathering));
    session->gone_modseq = modseq;
    if (gathering.uids.count == 0)
        return OK;
    TRY(imap_set_of(gathering.uids.at, gathering.uids.count, ctx->arena, &gone));
    write_gone(session, &gathering.uids, out);
    session->view = imap_view_change(session->view, &gone, NULL, 0);
    return OK;
}

/* ---- arrivals ---- */

static enum status gather_come(void *with, const struct sql_message_uid_each_row *row)
{
    struct gathering *gathering = with;
    uint32_t *uid = list_add(&gathering->uids, gathering->arena, CHANGED_MAX);
    if (uid == NULL)
        return LIMIT;
    *uid = (uint32_t)row->uid;
    return OK;
}

static uint32_t recent_in(const struct imap_session *session)
{
    return session->recent_from == 0
               ? 0
               : session->view->count + 1 - imap_view_from(session->view, session->recent_from);
}

static enum status tell_come(struct ctx *ctx, struct imap_session *session, uint32_t uid_next, struct buf *out)
{
    struct gathering gathering = {.arena = ctx->arena};
    struct sql_message_uid_each in = {.mailbox = session->mailbox, .first = session->uid_next};
    if (uid_next == session->uid_next)
        return OK;
    TRY(sql_message_uid_each(ctx->db, in, gather_come, &gathering));
    session->uid_next = uid_next;
    if (gathering.uids.count == 0)
        return OK;
    session->view = imap_view_change(session->view, NULL, gathering.uids.at, gathering.uids.count);
    buf_add_format(out, "* %u EXISTS\r\n", session->view->count);
    if (!(session->enabled & IMAP_REV2))
        buf_add_format(out, "* %u RECENT\r\n", recent_in(session));
    return OK;
}

/* ---- flags of what is there ---- */

struct telling {
    struct ctx *ctx;
    const struct imap_session *session;
    struct buf *out;
    uint32_t known; /* UIDs from here on have only just come */
};

static enum status tell_flags(void *with, const struct sql_message_changed_each_row *row)
{
    struct telling *telling = with;
    const struct imap_session *session = telling->session;
    uint32_t number = imap_view_number(session->view, (uint32_t)row->uid);
    if (number == 0 || row->uid >= telling->known)
        return OK;
    buf_add_format(telling->out, "* %u FETCH (UID %lld FLAGS ", number, (long long)row->uid);
    TRY(imap_write_flags(telling->ctx, session, row->flags, row->uid, telling->out));
    if (session->enabled & (IMAP_CONDSTORE | IMAP_QRESYNC))
        buf_add_format(telling->out, " MODSEQ (%lld)", (long long)row->modseq);
    buf_add_literal(telling->out, ")\r\n");
    return OK;
}

enum status imap_pass_over(struct ctx *ctx, struct imap_session *session)
{
    mailbox_row mailbox;
    TRY(mailbox_get(ctx, session->account, session->mailbox, &mailbox));
    session->modseq = mailbox.modseq;
    return OK;
}

enum status imap_sync(struct ctx *ctx, struct imap_session *session, bool may_expunge, struct buf *out)
{
    mailbox_row mailbox;
    if (session->mailbox == 0)
        return OK;
    enum status found = mailbox_get(ctx, session->account, session->mailbox, &mailbox);
    if (found == NOT_FOUND) { /* deleted by somebody else: all its messages are gone */
        mailbox = (mailbox_row){.modseq = INT64_MAX, .uid_next = session->uid_next};
        found = OK;
    }
    TRY(found);
    if (may_expunge && mailbox.modseq > session->gone_modseq)
        TRY(tell_gone(ctx, session, mailbox.modseq, out));
    if (mailbox.modseq == session->modseq)
        return OK;
    struct telling telling = {.ctx = ctx, .session = session, .out = out, .known = session->uid_next};
    struct sql_message_changed_each in = {.mailbox = session->mailbox, .since = session->modseq};
    TRY(tell_come(ctx, session, (uint32_t)mailbox.uid_next, out));
    TRY(sql_message_changed_each(ctx->db, in, tell_flags, &telling));
    session->modseq = mailbox.modseq;
    return OK;
}
