/* Sending: a draft becomes a message in Sent and a row of the outbox that leaves when undo has passed. */
#include "core/person.h"
#include "service/mail/composing.h"
#include "service/mail/conversation.h"
#include "service/mail/deliver.h"
#include "service/mail/drafting.h"
#include "service/mail/lang.h"
#include "service/mail/outbox.h"
#include "service/mail/store.h"
#include "service/mail/submit.h"

#define DRAFT_KEPT_MS (86400 * INT64_C(1000)) /* of a sent one, for undo */

/* ---- who receives it ---- */

static enum status read_list(struct ctx *ctx, struct str typed, struct address_list *list)
{
    struct str bad = STR("");
    enum status done = composing_addresses(ctx, typed, list, &bad);
    if (done == INVALID)
        return refuse_with(ctx, INVALID, "mail.send.address", T_mail_send_address, "%.*s", STR_ARG(bad));
    return done;
}

static bool has_line(struct str lines, struct str wanted)
{
    while (lines.len > 0 && !str_is_absent(lines))
        if (str_eq_nocase(str_cut(&lines, '\n'), wanted))
            return true;
    return false;
}

/* Each address once, those of this town known to exist. */
static enum status add_recipients(struct ctx *ctx, const struct address_list *list, struct buf *lines, size_t *count)
{
    for (size_t i = 0; i < list->count; i++) {
        struct str address = address_text(ctx->arena, &list->at[i]);
        if (str_is_absent(address))
            return LIMIT;
        if (has_line(buf_str(lines), address))
            continue;
        if (outbox_is_local(ctx->town, address)) {
            enum status found = deliver_check(ctx, address, 0);
            if (found == NOT_FOUND)
                return refuse_with(ctx, NOT_FOUND, "mail.send.unknown", T_mail_send_unknown, "%.*s", STR_ARG(address));
            TRY(found);
        }
        if (++*count > MAIL_RECIPIENT_MAX)
            return refuse(ctx, LIMIT, "mail.send.recipients", T_mail_send_recipients);
        buf_add(lines, address);
        buf_add_byte(lines, '\n');
    }
    return buf_status(lines);
}

static enum status remember(struct ctx *ctx, const struct address_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct str address = str_lower(ctx->arena, address_text(ctx->arena, &list->at[i]));
        struct str name = list->at[i].name;
        TRY(sql_draft_recipient_count(ctx->db, (struct sql_draft_recipient_count){
                                                   .account = ctx->actor.person, .address = address,
                                                   .display_name = str_is_absent(name) ? STR("") : name,
                                                   .used_ms = ctx->now.ms}));
    }
    return OK;
}

/* ---- the message ---- */

static enum status gather_files(struct ctx *ctx, const struct mail_draft *draft, int64_t email,
                                struct compose_file **ret_files)
{
    struct compose_file *files = arena_array(ctx->arena, struct compose_file, draft->part_count + 1);
    if (files == NULL)
        return LIMIT;
    for (size_t i = 0; i < draft->part_count; i++) {
        struct mail_part part;
        struct str bytes;
        TRY(mail_part_get(ctx, email, draft->parts[i].number, &part, &bytes));
        files[i] = (struct compose_file){.name = part.file_name.len > 0 ? part.file_name : STR_NONE,
                                         .type = part.type, .content_id = STR_NONE, .bytes = bytes};
    }
    *ret_files = files;
    return OK;
}

static enum status file_copy(struct ctx *ctx, struct str bytes)
{
    mailbox_row sent;
    int64_t body;
    TRY(mailbox_by_use(ctx, ctx->actor.person, STR("sent"), &sent));
    struct store_target target = {
        .account = ctx->actor.person, .mailbox = sent.id, .flags = MESSAGE_SEEN | MESSAGE_HOUSE};
    return store_add(ctx, bytes, ctx->now, &target, 1, &body);
}

static enum status write_and_file(struct ctx *ctx, struct composing *composing, int64_t *ret_body)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(48 << 20), kept BUF_SCOPE = BUF_INIT(48 << 20);
    TRY(composing_write(ctx, composing, &bytes));
    composing->has_bcc = true;
    TRY(composing_write(ctx, composing, &kept));
    TRY(file_copy(ctx, buf_str(&kept)));
    return store_add_body(ctx, buf_str(&bytes), ret_body);
}

/* The message answered is marked so. */
static enum status mark_answered(struct ctx *ctx, const struct mail_draft *draft)
{
    struct sql_message_of_email_row *rows;
    message_row message;
    size_t count;
    int64_t modseq;
    bool is_own = conversation_is_own(ctx->actor.person, draft->about);
    if (!is_own || (draft->kind != MAIL_REPLY && draft->kind != MAIL_REPLY_ALL))
        return OK;
    TRY(sql_message_of_email(ctx->db, ctx->arena, (struct sql_message_of_email){.email = draft->about}, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(message_get(ctx, rows[i].mailbox, rows[i].uid, &message));
        TRY(message_set_flags(ctx, &message, MESSAGE_ANSWERED, MESSAGE_ANSWERED, &modseq));
    }
    return OK;
}

static enum status leave(struct ctx *ctx, const struct mail_draft *draft, struct str recipients, int64_t body,
                         struct str sender, struct mail_sent *ret_sent)
{
    struct mail_settings settings;
    TRY(mail_settings_get(ctx, &settings));
    struct instant leaves = {ctx->now.ms + settings.undo_s * 1000};
    struct outbox_put put = {.account = ctx->actor.person, .sender = sender, .recipients = recipients, .body = body,
                             .leaves = leaves, .draft = draft->id};
    TRY(outbox_put(ctx, &put, &ret_sent->outgoing));
    ret_sent->until = leaves;
    return OK;
}

/* The copy in Drafts goes; the row stays for undo, and is swept a day later. */
static enum status hide_draft(struct ctx *ctx, const struct mail_draft *draft, int64_t email)
{
    struct sql_message_of_email_row *rows;
    message_row message;
    size_t count;
    if (draft->id >> 32 != 0 || email == 0)
        return OK;
    TRY(sql_message_of_email(ctx->db, ctx->arena, (struct sql_message_of_email){.email = email}, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(message_get(ctx, rows[i].mailbox, rows[i].uid, &message));
        if (message.flags & MESSAGE_DRAFT)
            TRY(message_expunge(ctx, &message));
    }
    return OK;
}

/* A second click, or a browser that asks again: the answer is the first one's. */
static enum status sent_already(struct ctx *ctx, int64_t id, struct mail_sent *ret_sent)
{
    struct sql_draft_sent_row row;
    struct sql_draft_sent in = {.id = id, .account = ctx->actor.person, .now_ms = ctx->now.ms};
    TRY(sql_draft_sent(ctx->db, ctx->arena, in, &row));
    if (row.draft != id)
        TRY(mail_draft_drop(ctx, id));
    *ret_sent = (struct mail_sent){.outgoing = row.outgoing, .until = {row.next_ms}};
    return OK;
}

enum status mail_send(struct ctx *ctx, int64_t id, struct mail_sent *ret_sent)
{
    enum status already = id >> 32 == 0 ? sent_already(ctx, id, ret_sent) : NOT_FOUND;
    if (already != NOT_FOUND)
        return already;
    struct mail_draft draft;
    drafting_row_type row;
    struct composing composing = {0};
    struct compose_file *files;
    struct buf lines BUF_SCOPE = BUF_INIT(MAIL_RECIPIENT_MAX * 400);
    size_t count = 0;
    int64_t body;
    TRY(drafting_row(ctx, id, &row));
    TRY(mail_draft_get(ctx, id, &draft));
    composing.draft = &draft;
    TRY(drafting_identity(ctx, draft.from, &composing.from));
    TRY(read_list(ctx, draft.to, &composing.to));
    TRY(read_list(ctx, draft.cc, &composing.cc));
    TRY(read_list(ctx, draft.bcc, &composing.bcc));
    TRY(add_recipients(ctx, &composing.to, &lines, &count));
    TRY(add_recipients(ctx, &composing.cc, &lines, &count));
    TRY(add_recipients(ctx, &composing.bcc, &lines, &count));
    if (count == 0)
        return refuse(ctx, INVALID, "mail.send.nobody", T_mail_send_nobody);
    TRY(gather_files(ctx, &draft, row.email, &files));
    composing.files = files;
    composing.file_count = draft.part_count;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_draft_sweep(ctx->db, (struct sql_draft_sweep){.account = ctx->actor.person,
                                                          .before_ms = ctx->now.ms - DRAFT_KEPT_MS}));
    TRY(write_and_file(ctx, &composing, &body));
    TRY(remember(ctx, &composing.to));
    TRY(remember(ctx, &composing.cc));
    TRY(mark_answered(ctx, &draft));
    TRY(leave(ctx, &draft, buf_str(&lines), body, composing.from.address, ret_sent));
    return hide_draft(ctx, &draft, row.email);
}

/* ---- undo ---- */

/* The copy in Sent that was filed with it: the newest of the same second. */
static enum status unfile(struct ctx *ctx, const outbox_row *out)
{
    mailbox_row sent;
    message_row message;
    TRY(mailbox_by_use(ctx, ctx->actor.person, STR("sent"), &sent));
    for (int64_t uid = sent.uid_next - 1; uid > 0 && uid > sent.uid_next - 20; uid--) {
        enum status found = message_get(ctx, sent.id, uid, &message);
        if (found == NOT_FOUND || (found == OK && message.received_ms != out->created_ms))
            continue;
        TRY(found);
        TRY(message_expunge(ctx, &message));
        struct sql_conversation_forget_expunged forget = {.mailbox = sent.id, .uid = uid};
        return sql_conversation_forget_expunged(ctx->db, forget);
    }
    return OK;
}

static enum status show_draft_again(struct ctx *ctx, const drafting_row_type *row)
{
    struct sql_conversation_expunged_row *rows;
    mailbox_row drafts;
    email_row email;
    size_t count;
    int64_t uid;
    struct sql_conversation_expunged in = {.email = row->email, .account = ctx->actor.person};
    TRY(sql_conversation_expunged(ctx->db, ctx->arena, in, &rows, &count));
    TRY(sql_message_email_get(ctx->db, ctx->arena, (struct sql_message_email_get){.id = row->email}, &email));
    TRY(mailbox_by_use(ctx, ctx->actor.person, STR("drafts"), &drafts));
    struct message_put put = {.email = row->email, .thread = email.thread, .flags = MESSAGE_DRAFT | MESSAGE_SEEN,
                              .size = email.size, .received = ctx->now};
    TRY(message_put(ctx, &drafts, &put, SYNC_FULL, &uid));
    for (size_t i = 0; i < count; i++)
        TRY(sql_conversation_forget_expunged(
            ctx->db, (struct sql_conversation_forget_expunged){.mailbox = rows[i].mailbox, .uid = rows[i].uid}));
    return OK;
}

enum status mail_send_undo(struct ctx *ctx, int64_t outgoing, int64_t *ret_draft)
{
    outbox_row out;
    drafting_row_type row;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    enum status done = outbox_take_back(ctx, ctx->actor.person, outgoing, &out);
    if (done == GONE || done == NOT_FOUND)
        return refuse(ctx, GONE, "mail.send.left", T_mail_send_left);
    TRY(done);
    TRY(drafting_row(ctx, out.draft, &row));
    TRY(unfile(ctx, &out));
    if (row.email != 0)
        TRY(show_draft_again(ctx, &row));
    *ret_draft = row.id;
    return OK;
}
