/* Drafts: kept as typed in their own row, with a copy in Drafts for mail programs. */
#include "base/utf8.h"
#include "core/page.h"
#include "core/person.h"
#include "proto/mime/header.h"
#include "proto/mime/reply.h"
#include "service/mail/composing.h"
#include "service/mail/conversation.h"
#include "service/mail/draft_sql.h"
#include "service/mail/drafting.h"
#include "service/mail/lang.h"
#include "service/mail/store.h"

enum { QUOTED_MAX = 128 << 10 };

/* ---- beginning ---- */

static enum status own_addresses(struct ctx *ctx, struct str **ret_own, size_t *ret_count)
{
    struct mail_identity *identities;
    TRY(mail_identities(ctx, &identities, ret_count));
    struct str *own = arena_array(ctx->arena, struct str, *ret_count + 1);
    if (own == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        own[i] = identities[i].address;
    *ret_own = own;
    return OK;
}

static struct str list_text(struct ctx *ctx, const struct address_list *list)
{
    struct buf text BUF_SCOPE = BUF_INIT(MAIL_HEADER_TEXT_MAX);
    for (size_t i = 0; i < list->count && text.len < MAIL_HEADER_TEXT_MAX - 1000; i++) {
        struct str name = address_name_text(ctx->arena, &list->at[i]);
        struct str address = address_text(ctx->arena, &list->at[i]);
        bool is_plain = name.len == 0 || str_find_byte(name, ',') != SIZE_MAX || str_find_byte(name, '"') != SIZE_MAX;
        buf_add_format(&text, "%s", text.len > 0 ? ", " : "");
        if (!is_plain)
            buf_add_format(&text, "%.*s <%.*s>", STR_ARG(name), STR_ARG(address));
        else
            buf_add(&text, address);
    }
    return str_copy(ctx->arena, buf_str(&text));
}

static struct str words_with(struct ctx *ctx, enum text_key key, struct str at, struct str from)
{
    struct buf text BUF_SCOPE = BUF_INIT(2000);
    struct text_arg args[] = {TEXT_ARG("at", at), TEXT_ARG("from", from)};
    translate(&text, ctx->language, key, args, 2);
    return str_copy(ctx->arena, buf_str(&text));
}

/* The answer is written above, the signature under it, what is answered below. */
static void add_signature(struct buf *text, struct str signature)
{
    buf_add_literal(text, "\n");
    if (signature.len > 0) {
        buf_add_literal(text, "\n-- \n");
        buf_add(text, signature);
        buf_add_literal(text, "\n");
    }
}

static void quote(struct ctx *ctx, const struct mail_message *about, struct buf *text)
{
    bool has_name = about->from_name.len > 0;
    struct str introduction = words_with(ctx, T_mail_quote_introduction, page_moment(ctx, about->at),
                                         has_name ? about->from_name : about->from_address);
    buf_add_literal(text, "\n");
    reply_quote(text, introduction,
                str_slice(about->text, 0, about->text.len < QUOTED_MAX ? about->text.len : QUOTED_MAX));
}

static void pass_on(struct ctx *ctx, const struct mail_message *about, struct buf *text)
{
    enum language l = ctx->language;
    struct reply_labels labels = {.title = text_of(l, T_mail_forwarded_title),
                                  .from = text_of(l, T_mail_forwarded_from),
                                  .date = text_of(l, T_mail_forwarded_date),
                                  .subject = text_of(l, T_mail_forwarded_subject),
                                  .to = text_of(l, T_mail_forwarded_to),
                                  .cc = text_of(l, T_mail_forwarded_cc)};
    struct reply_original original = {.from = about->from_name.len > 0 ? about->from_name : about->from_address,
                                      .date = page_moment(ctx, about->at), .subject = about->subject, .to = about->to,
                                      .cc = about->cc.len > 0 ? about->cc : STR_NONE, .text = about->text};
    buf_add_literal(text, "\n");
    reply_forward(text, &labels, &original);
}

static enum status fill_people(struct ctx *ctx, struct mail_draft *draft)
{
    struct str bytes, *own;
    struct reply_people people;
    size_t own_count;
    TRY(mail_message_source(ctx, draft->about, &bytes));
    TRY(own_addresses(ctx, &own, &own_count));
    TRY(reply_people_of(ctx->arena, str_slice(bytes, 0, header_length(bytes)), own, own_count,
                        draft->kind == MAIL_REPLY_ALL, &people));
    draft->to = list_text(ctx, &people.to);
    draft->cc = list_text(ctx, &people.cc);
    return OK;
}

enum status mail_draft_begin(struct ctx *ctx, enum mail_draft_kind kind, int64_t about, struct mail_draft *ret_draft)
{
    struct mail_settings settings;
    struct mail_message message = {0};
    struct buf text BUF_SCOPE = BUF_INIT(MAIL_TEXT_MAX);
    struct mail_draft draft = {.kind = kind, .about = about, .from = STR(""), .to = STR(""), .cc = STR(""),
                               .bcc = STR(""), .subject = STR("")};
    TRY(mail_settings_get(ctx, &settings));
    if (kind != MAIL_NEW) {
        TRY(mail_message_get(ctx, about, &message));
        enum text_key prefix = kind == MAIL_FORWARD ? T_mail_forward_prefix : T_mail_reply_prefix;
        struct str mark = str_format(ctx->arena, "%.*s ", STR_ARG(text_of(ctx->language, prefix)));
        draft.subject = reply_subject(ctx->arena, mark, message.subject);
    }
    if (kind == MAIL_REPLY || kind == MAIL_REPLY_ALL)
        TRY(fill_people(ctx, &draft));
    add_signature(&text, settings.signature);
    if (kind == MAIL_REPLY || kind == MAIL_REPLY_ALL)
        quote(ctx, &message, &text);
    if (kind == MAIL_FORWARD)
        pass_on(ctx, &message, &text);
    draft.parts = message.parts;
    draft.part_count = kind == MAIL_FORWARD ? message.part_count : 0;
    draft.text = str_copy(ctx->arena, utf8_prefix(buf_str(&text), MAIL_TEXT_MAX - 1));
    *ret_draft = draft;
    return str_is_absent(draft.text) || str_is_absent(draft.subject) ? LIMIT : OK;
}

/* ---- keeping ---- */

/* One begun in a mail program: its message is the draft, numbered as its email. */
static enum status foreign_draft(struct ctx *ctx, int64_t email, struct mail_draft *ret_draft)
{
    struct mail_message message;
    TRY(mail_message_get(ctx, email, &message));
    if (!message.is_draft)
        return NOT_FOUND;
    *ret_draft = (struct mail_draft){.id = email, .kind = MAIL_NEW, .from = message.from_address, .to = message.to,
                                     .cc = message.cc, .bcc = message.bcc, .subject = message.subject,
                                     .text = message.text, .parts = message.parts, .part_count = message.part_count,
                                     .saved = message.at};
    return OK;
}

enum status drafting_row(struct ctx *ctx, int64_t id, drafting_row_type *ret_row)
{
    return sql_draft_get(ctx->db, ctx->arena, (struct sql_draft_get){.id = id, .account = ctx->actor.person}, ret_row);
}

enum status mail_draft_get(struct ctx *ctx, int64_t id, struct mail_draft *ret_draft)
{
    drafting_row_type row;
    struct mail_message message = {0};
    if (id >> 32 != 0)
        return foreign_draft(ctx, id, ret_draft);
    TRY(drafting_row(ctx, id, &row));
    if (row.email != 0)
        TRY(mail_message_get(ctx, row.email, &message));
    *ret_draft = (struct mail_draft){.id = row.id, .kind = (enum mail_draft_kind)row.kind, .about = row.about,
                                     .from = row.sender, .to = row.to_text, .cc = row.cc_text, .bcc = row.bcc_text,
                                     .subject = row.subject, .text = row.words, .parts = message.parts,
                                     .part_count = message.part_count, .saved = {row.saved_ms}};
    return OK;
}

/* Removes the copy in Drafts for good: an old state of a draft is nothing to restore. */
static enum status drop_copy(struct ctx *ctx, int64_t email)
{
    struct sql_message_of_email_row *rows;
    size_t count;
    message_row message;
    TRY(sql_message_of_email(ctx->db, ctx->arena, (struct sql_message_of_email){.email = email}, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(message_get(ctx, rows[i].mailbox, rows[i].uid, &message));
        if (!(message.flags & MESSAGE_DRAFT))
            continue;
        TRY(message_expunge(ctx, &message));
        struct sql_conversation_forget_expunged forget = {.mailbox = message.mailbox, .uid = message.uid};
        TRY(sql_conversation_forget_expunged(ctx->db, forget));
    }
    return OK;
}

struct files {
    struct compose_file *at;
    size_t count, room;
    int64_t bytes;
};

static enum status add_file(struct files *files, struct str name, struct str type, struct str bytes)
{
    files->bytes += (int64_t)bytes.len;
    if (files->count == files->room || files->bytes > MAIL_ATTACHMENT_MAX)
        return LIMIT;
    files->at[files->count++] = (struct compose_file){.name = name.len > 0 ? name : STR_NONE, .type = type,
                                                      .content_id = STR_NONE, .bytes = bytes};
    return OK;
}

/* Parts kept come from the draft's last copy, or, of a first save of a forward, from what is passed on. */
static enum status keep_parts(struct ctx *ctx, const struct mail_draft *draft, int64_t source, struct files *files)
{
    for (size_t i = 0; i < draft->part_count; i++) {
        struct mail_part part;
        struct str bytes;
        enum status found = source == 0 ? NOT_FOUND
                                        : mail_part_get(ctx, source, draft->parts[i].number, &part, &bytes);
        if (found == NOT_FOUND)
            continue;
        TRY(found);
        TRY(add_file(files, part.file_name, part.type, bytes));
    }
    return OK;
}

static struct str type_of(struct str type)
{
    size_t slash = str_find_byte(type, '/');
    bool is_type = slash != SIZE_MAX && slash > 0 && slash + 1 < type.len && type.len < 100;
    for (size_t i = 0; is_type && i < type.len; i++)
        is_type = ascii_is_alpha(type.at[i]) || ascii_is_digit(type.at[i]) || strchr("/.+-_", type.at[i]) != NULL;
    return is_type ? type : STR("application/octet-stream");
}

static enum status gather_files(struct ctx *ctx, const struct mail_draft *draft, int64_t source,
                                const struct mail_file *files, size_t file_count, struct files *ret_files)
{
    *ret_files = (struct files){.room = draft->part_count + file_count};
    ret_files->at = arena_array(ctx->arena, struct compose_file, ret_files->room + 1);
    if (ret_files->at == NULL)
        return LIMIT;
    TRY(keep_parts(ctx, draft, source, ret_files));
    for (size_t i = 0; i < file_count; i++)
        TRY(add_file(ret_files, files[i].name, type_of(files[i].type), files[i].bytes));
    return OK;
}

enum status drafting_identity(struct ctx *ctx, struct str from, struct mail_identity *ret_identity)
{
    struct mail_identity *identities;
    size_t count;
    TRY(mail_identities(ctx, &identities, &count));
    *ret_identity = identities[0];
    for (size_t i = 0; i < count; i++) {
        if (!str_eq_nocase(identities[i].address, from))
            continue;
        *ret_identity = identities[i];
        return OK;
    }
    return from.len == 0 ? OK : refuse(ctx, DENIED, "mail.send.from", T_mail_send_from);
}

/* A subject on one line. */
static struct str one_line(struct ctx *ctx, struct str text)
{
    char *copy = str_c(ctx->arena, utf8_prefix(text, MAIL_SUBJECT_MAX));
    if (copy == NULL)
        return STR("");
    for (char *at = copy; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = ' ';
    return str_of(copy);
}

static enum status write_copy(struct ctx *ctx, const struct mail_draft *draft, const struct files *files,
                              int64_t *ret_email)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(48 << 20);
    struct composing composing = {.draft = draft, .files = files->at, .file_count = files->count, .has_bcc = true};
    mailbox_row drafts;
    message_row message;
    int64_t body;
    if (drafting_identity(ctx, draft->from, &composing.from) != OK)
        TRY(drafting_identity(ctx, STR(""), &composing.from));
    TRY(composing_addresses(ctx, draft->to, &composing.to, NULL));
    TRY(composing_addresses(ctx, draft->cc, &composing.cc, NULL));
    TRY(composing_addresses(ctx, draft->bcc, &composing.bcc, NULL));
    TRY(composing_write(ctx, &composing, &bytes));
    TRY(mailbox_by_use(ctx, ctx->actor.person, STR("drafts"), &drafts));
    struct store_target target = {.account = ctx->actor.person, .mailbox = drafts.id,
                                  .flags = MESSAGE_DRAFT | MESSAGE_SEEN};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(store_add(ctx, buf_str(&bytes), ctx->now, &target, 1, &body));
    TRY(message_get(ctx, drafts.id, target.uid, &message));
    *ret_email = message.email;
    return OK;
}

/* The row as it was, or a new one. *ret_source: the email its parts lie in. */
static enum status find_row(struct ctx *ctx, const struct mail_draft *draft, drafting_row_type *ret_row,
                            int64_t *ret_source)
{
    *ret_row = (drafting_row_type){.kind = draft->kind, .about = draft->about};
    *ret_source = draft->kind == MAIL_FORWARD ? draft->about : 0;
    if (draft->id >> 32 != 0) {
        struct mail_draft foreign;
        TRY(foreign_draft(ctx, draft->id, &foreign));
        ret_row->email = *ret_source = draft->id;
        return OK;
    }
    if (draft->id == 0)
        return OK;
    TRY(drafting_row(ctx, draft->id, ret_row));
    *ret_source = ret_row->email != 0 ? ret_row->email : *ret_source;
    return OK;
}

static enum status put_row(struct ctx *ctx, const struct mail_draft *draft, drafting_row_type *row)
{
    struct sql_draft_add_row added;
    if (row->id != 0)
        return sql_draft_set(ctx->db, (struct sql_draft_set){
                                          .id = row->id, .account = ctx->actor.person, .email = row->email,
                                          .sender = draft->from, .to_text = draft->to, .cc_text = draft->cc,
                                          .bcc_text = draft->bcc, .subject = draft->subject, .words = draft->text,
                                          .saved_ms = ctx->now.ms});
    TRY(sql_draft_add(ctx->db, ctx->arena,
                      (struct sql_draft_add){.account = ctx->actor.person, .email = row->email, .kind = row->kind,
                                             .about = row->about, .sender = draft->from, .to_text = draft->to,
                                             .cc_text = draft->cc, .bcc_text = draft->bcc,
                                             .subject = draft->subject, .words = draft->text,
                                             .saved_ms = ctx->now.ms},
                      &added));
    row->id = added.id;
    return OK;
}

enum status mail_draft_save(struct ctx *ctx, const struct mail_draft *draft, const struct mail_file *files,
                            size_t file_count, int64_t *ret_draft)
{
    struct mail_draft kept = *draft;
    drafting_row_type row;
    struct files gathered;
    int64_t account, source, old;
    if (draft->text.len > MAIL_TEXT_MAX || draft->to.len > MAIL_HEADER_TEXT_MAX ||
        draft->cc.len > MAIL_HEADER_TEXT_MAX || draft->bcc.len > MAIL_HEADER_TEXT_MAX ||
        file_count > MAIL_PART_SHOWN_MAX)
        return LIMIT;
    TRY(conversation_account(ctx, &account));
    TRY(find_row(ctx, draft, &row, &source));
    old = row.email;
    kept.subject = one_line(ctx, draft->subject);
    kept.kind = (enum mail_draft_kind)row.kind;
    kept.about = row.about;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(put_row(ctx, &kept, &row));
    kept.id = row.id;
    enum status fits = gather_files(ctx, &kept, source, files, file_count, &gathered);
    if (fits == LIMIT)
        TRY(gather_files(ctx, &kept, source, NULL, 0, &gathered));
    else
        TRY(fits);
    TRY(write_copy(ctx, &kept, &gathered, &row.email));
    TRY(put_row(ctx, &kept, &row));
    if (old != 0)
        TRY(drop_copy(ctx, old));
    *ret_draft = row.id;
    return fits == LIMIT ? refuse(ctx, LIMIT, "mail.draft.attachments", T_mail_draft_attachments) : OK;
}

enum status mail_draft_drop(struct ctx *ctx, int64_t id)
{
    drafting_row_type row;
    struct mail_draft foreign;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    if (id >> 32 != 0) {
        TRY(foreign_draft(ctx, id, &foreign));
        return drop_copy(ctx, id);
    }
    TRY(drafting_row(ctx, id, &row));
    if (row.email != 0)
        TRY(drop_copy(ctx, row.email));
    return sql_draft_drop(ctx->db, (struct sql_draft_drop){.id = id, .account = ctx->actor.person});
}
