/* A conversation as it is read: its messages with their bodies, attachments, neighbours. */
#include "base/utf8.h"
#include "proto/mime/address.h"
#include "proto/mime/header.h"
#include "proto/mime/section.h"
#include "proto/mime/text.h"
#include "service/mail/conversation.h"
#include "service/mail/draft_sql.h"
#include "service/mail/store.h"

enum { MESSAGE_ARENA = 256 << 20, TEXT_TOTAL_MAX = 4 << 20, CANDIDATES_MAX = 4000 };

struct spot {
    int64_t mailbox, email, flags, received_ms;
};
struct spot_list LIST_OF(struct spot);

/* ---- one message ---- */

/* What is shown is text, in whatever bytes an address was written. */
static struct str kept(struct ctx *ctx, struct str text)
{
    struct buf whole BUF_SCOPE = BUF_INIT(3 * text.len + 1);
    bool is_text = str_is_absent(text) || utf8_is_valid(text);
    if (!is_text)
        utf8_repair(&whole, text);
    struct str copy = str_copy(ctx->arena, str_is_absent(text) ? STR("") : is_text ? text : buf_str(&whole));
    return str_is_absent(copy) ? STR("") : copy;
}

static enum status people_text(struct ctx *ctx, struct arena *scratch, struct str header, const char *field,
                               struct str *ret_text)
{
    struct address_list list = {0};
    struct buf text BUF_SCOPE = BUF_INIT(MAIL_HEADER_TEXT_MAX);
    TRY(address_parse_field(scratch, header, str_of(field), &list));
    for (size_t i = 0; i < list.count && text.len < MAIL_HEADER_TEXT_MAX / 2; i++) {
        if (address_is_group_start(&list.at[i]) || address_is_group_end(&list.at[i]))
            continue;
        struct str name = address_name_text(scratch, &list.at[i]), address = address_text(scratch, &list.at[i]);
        bool has_name = !str_is_absent(name) && name.len > 0;
        if (text.len > 0)
            buf_add_literal(&text, ", ");
        if (has_name)
            buf_add(&text, name);
        buf_add_format(&text, has_name ? " <%.*s>" : "%.*s", STR_ARG(address));
    }
    *ret_text = kept(ctx, buf_str(&text));
    return OK;
}

static enum status read_header(struct ctx *ctx, struct arena *scratch, struct str header, struct mail_message *message)
{
    struct address_list from = {0};
    TRY(address_parse_field(scratch, header, STR("From"), &from));
    message->from_name = message->from_address = STR("");
    size_t first = 0; /* a group's name is nobody's: what stands in front of its mailboxes was not checked */
    while (first < from.count && (address_is_group_start(&from.at[first]) || address_is_group_end(&from.at[first])))
        first++;
    if (first < from.count) {
        message->from_name = kept(ctx, address_name_text(scratch, &from.at[first]));
        message->from_address = kept(ctx, address_text(scratch, &from.at[first]));
    }
    TRY(people_text(ctx, scratch, header, "To", &message->to));
    TRY(people_text(ctx, scratch, header, "Cc", &message->cc));
    TRY(people_text(ctx, scratch, header, "Bcc", &message->bcc));
    return people_text(ctx, scratch, header, "Reply-To", &message->reply_to);
}

static enum status read_parts(struct ctx *ctx, struct arena *scratch, const struct mime *mime,
                              struct mail_message *message)
{
    struct attachment_list list = {0};
    TRY(text_attachments(scratch, mime, &list));
    size_t count = list.count < MAIL_PART_SHOWN_MAX ? list.count : MAIL_PART_SHOWN_MAX;
    message->parts = arena_array(ctx->arena, struct mail_part, count + 1);
    if (message->parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        message->parts[i] = (struct mail_part){.number = (int64_t)i + 1, .file_name = kept(ctx, list.at[i].name),
                                               .type = kept(ctx, list.at[i].type), .size = (int64_t)list.at[i].size,
                                               .is_inline = list.at[i].is_inline};
    message->part_count = count;
    return OK;
}

static enum status read_body(struct ctx *ctx, struct arena *scratch, struct str bytes, struct mail_message *message)
{
    struct mime mime;
    struct str text, markup;
    TRY(mime_scan(scratch, bytes, &mime));
    TRY(read_header(ctx, scratch, str_slice(bytes, 0, header_length(bytes)), message));
    TRY(text_display(scratch, &mime, MAIL_TEXT_MAX, &text));
    TRY(text_markup(scratch, &mime, MAIL_HTML_MAX, &markup));
    message->text = kept(ctx, text);
    message->is_text_cut = text.len >= MAIL_TEXT_MAX;
    message->has_html = !str_is_absent(markup) && markup.len > 0;
    return read_parts(ctx, scratch, &mime, message);
}

/* A scratch arena for one message: bodies are never held together. */
static enum status read_message(struct ctx *ctx, const struct spot *place, struct mail_message *ret)
{
    struct arena *scratch ARENA_SCOPE = arena_create(MESSAGE_ARENA);
    struct ctx inner = *ctx;
    struct str bytes;
    email_row email;
    struct sql_draft_of_email_row draft = {0};
    inner.arena = scratch;
    TRY(sql_message_email_get(ctx->db, ctx->arena, (struct sql_message_email_get){.id = place->email}, &email));
    TRY(store_message(&inner, email.body, &bytes));
    *ret = (struct mail_message){
        .id = email.id, .folder = place->mailbox, .conversation = email.thread, .subject = email.subject,
        .at = {email.sent_ms}, .excerpt = email.preview, .size = email.size, .to_names = email.to_text,
        .proof = place->flags & (MESSAGE_HOUSE | MESSAGE_DRAFT) ? MAIL_PROOF_HOUSE : MAIL_PROOF_NONE,
        .is_unread = !(place->flags & MESSAGE_SEEN), .is_flagged = (place->flags & MESSAGE_FLAGGED) != 0,
        .is_answered = (place->flags & MESSAGE_ANSWERED) != 0, .is_draft = (place->flags & MESSAGE_DRAFT) != 0};
    if (ret->is_draft) {
        struct sql_draft_of_email in = {.email = email.id, .account = ctx->actor.person};
        enum status found = sql_draft_of_email(ctx->db, ctx->arena, in, &draft);
        if (found != OK && found != NOT_FOUND)
            return found;
        ret->draft = found == OK ? draft.id : email.id;
    }
    return read_body(ctx, scratch, bytes, ret);
}

/* ---- which messages ---- */

static bool has_email(const struct spot_list *places, int64_t email)
{
    for (size_t i = 0; i < places->count; i++)
        if (places->at[i].email == email)
            return true;
    return false;
}

static enum status add_mailbox(struct ctx *ctx, int64_t mailbox, int64_t thread, struct spot_list *places)
{
    struct sql_conversation_messages_row *rows;
    size_t count;
    struct sql_conversation_messages in = {.mailbox = mailbox, .thread = thread};
    TRY(sql_conversation_messages(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (has_email(places, rows[i].email))
            continue;
        struct spot *place = list_add(places, ctx->arena, CANDIDATES_MAX);
        if (place == NULL)
            return LIMIT;
        *place = (struct spot){mailbox, rows[i].email, rows[i].flags, rows[i].received_ms};
    }
    return OK;
}

/* The folder's own first; then, unless it is trash or junk, what lies elsewhere but there. */
static enum status places_of(struct ctx *ctx, int64_t account, int64_t folder, int64_t thread,
                             struct spot_list *places)
{
    mailbox_row *boxes;
    size_t count;
    enum mail_role role = MAIL_OWN;
    TRY(mailbox_list(ctx, account, &boxes, &count));
    for (size_t i = 0; i < count; i++)
        if (boxes[i].id == folder)
            role = conversation_role(boxes[i].special_use);
    if (folder > 0)
        TRY(add_mailbox(ctx, folder, thread, places));
    if (folder > 0 && places->count == 0)
        return NOT_FOUND;
    for (size_t i = 0; i < count && role != MAIL_TRASH && role != MAIL_JUNK; i++) {
        enum mail_role other = conversation_role(boxes[i].special_use);
        if (boxes[i].id != folder && other != MAIL_TRASH && other != MAIL_JUNK)
            TRY(add_mailbox(ctx, boxes[i].id, thread, places));
    }
    return places->count > 0 ? OK : NOT_FOUND;
}

static void sort_places(struct spot_list *places)
{
    for (size_t i = 1; i < places->count; i++) {
        struct spot moved = places->at[i];
        size_t at = i;
        for (; at > 0 && places->at[at - 1].received_ms > moved.received_ms; at--)
            places->at[at] = places->at[at - 1];
        places->at[at] = moved;
    }
}

static enum status read_all(struct ctx *ctx, const struct spot_list *places, struct mail_reading *reading)
{
    size_t from = places->count > MAIL_CONVERSATION_MAX ? places->count - MAIL_CONVERSATION_MAX : 0, total = 0;
    reading->at = arena_array(ctx->arena, struct mail_message, places->count - from + 1);
    if (reading->at == NULL)
        return LIMIT;
    reading->left_out = (int64_t)from;
    for (size_t i = from; i < places->count; i++) {
        struct mail_message *message = &reading->at[reading->count++];
        TRY(read_message(ctx, &places->at[i], message));
        total += message->text.len;
        if (total > TEXT_TOTAL_MAX) {
            message->text = STR("");
            message->is_text_cut = true;
        }
    }
    return OK;
}

static enum status find_neighbours(struct ctx *ctx, int64_t folder, int64_t thread, struct mail_reading *reading)
{
    struct sql_conversation_get_row here;
    struct sql_conversation_older_row *older;
    struct sql_conversation_newer_row *newer;
    size_t count;
    TRY(sql_conversation_get(ctx->db, ctx->arena, (struct sql_conversation_get){.mailbox = folder, .thread = thread},
                             &here));
    struct sql_conversation_older in = {.mailbox = folder, .at_ms = here.at_ms, .thread = thread, .limit = 1};
    TRY(sql_conversation_older(ctx->db, ctx->arena, in, &older, &count));
    reading->older = count > 0 ? older[0].thread : 0;
    struct sql_conversation_newer up = {.mailbox = folder, .at_ms = here.at_ms, .thread = thread, .limit = 1};
    TRY(sql_conversation_newer(ctx->db, ctx->arena, up, &newer, &count));
    reading->newer = count > 0 ? newer[0].thread : 0;
    return OK;
}

/* One message deleted for good; `id` is its email. */
static enum status deleted_place(struct ctx *ctx, int64_t account, int64_t id, struct spot_list *places)
{
    struct sql_conversation_expunged_row *rows;
    size_t count;
    struct sql_conversation_expunged in = {.email = id, .account = account};
    TRY(sql_conversation_expunged(ctx->db, ctx->arena, in, &rows, &count));
    struct spot *place = count > 0 ? list_add(places, ctx->arena, CANDIDATES_MAX) : NULL;
    if (place == NULL)
        return NOT_FOUND;
    *place = (struct spot){MAIL_FOLDER_DELETED, id, rows[0].flags | MESSAGE_SEEN, rows[0].received_ms};
    return OK;
}

enum status mail_read(struct ctx *ctx, int64_t conversation, int64_t folder, struct mail_reading *ret_reading)
{
    int64_t account;
    mailbox_row mailbox;
    struct spot_list places = {0};
    struct mail_reading reading = {0};
    TRY(conversation_account(ctx, &account));
    if (!conversation_is_own(account, conversation))
        return NOT_FOUND;
    if (folder > 0)
        TRY(mailbox_get(ctx, account, folder, &mailbox));
    if (folder == MAIL_FOLDER_DELETED)
        TRY(deleted_place(ctx, account, conversation, &places));
    else
        TRY(places_of(ctx, account, folder > 0 ? folder : 0, conversation, &places));
    sort_places(&places);
    TRY(read_all(ctx, &places, &reading));
    email_row newest;
    struct sql_message_email_get in = {.id = reading.at[reading.count - 1].id};
    TRY(sql_message_email_get(ctx->db, ctx->arena, in, &newest));
    reading.subject = newest.base_subject;
    if (folder > 0)
        TRY(find_neighbours(ctx, folder, conversation, &reading));
    *ret_reading = reading;
    return OK;
}

/* ---- by message ---- */

/* Of this account, in a mailbox or still restorable. */
static enum status own_place(struct ctx *ctx, int64_t message, struct spot *ret_place)
{
    int64_t account;
    struct sql_message_of_email_row *rows;
    struct spot_list places = {0};
    size_t count;
    TRY(conversation_account(ctx, &account));
    if (!conversation_is_own(account, message))
        return NOT_FOUND;
    TRY(sql_message_of_email(ctx->db, ctx->arena, (struct sql_message_of_email){.email = message}, &rows, &count));
    if (count > 0) {
        *ret_place = (struct spot){rows[0].mailbox, message, rows[0].flags, 0};
        return OK;
    }
    TRY(deleted_place(ctx, account, message, &places));
    *ret_place = places.at[0];
    return OK;
}

enum status mail_message_get(struct ctx *ctx, int64_t message, struct mail_message *ret_message)
{
    struct spot place;
    TRY(own_place(ctx, message, &place));
    return read_message(ctx, &place, ret_message);
}

enum status mail_message_source(struct ctx *ctx, int64_t message, struct str *ret_bytes)
{
    struct spot place;
    email_row email;
    TRY(own_place(ctx, message, &place));
    TRY(sql_message_email_get(ctx->db, ctx->arena, (struct sql_message_email_get){.id = message}, &email));
    return store_message(ctx, email.body, ret_bytes);
}

static enum status scan(struct ctx *ctx, int64_t message, struct mime *ret_mime)
{
    struct str bytes;
    TRY(mail_message_source(ctx, message, &bytes));
    return mime_scan(ctx->arena, bytes, ret_mime);
}

enum status mail_message_html(struct ctx *ctx, int64_t message, struct str *ret_html)
{
    struct mime mime;
    TRY(scan(ctx, message, &mime));
    TRY(text_markup(ctx->arena, &mime, MAIL_HTML_MAX, ret_html));
    return str_is_absent(*ret_html) || ret_html->len == 0 ? NOT_FOUND : OK;
}

enum status mail_part_get(struct ctx *ctx, int64_t message, int64_t number, struct mail_part *ret_part,
                          struct str *ret_bytes)
{
    struct mime mime;
    struct attachment_list list = {0};
    struct section section;
    struct buf bytes BUF_SCOPE = BUF_INIT(64 << 20);
    TRY(scan(ctx, message, &mime));
    TRY(text_attachments(ctx->arena, &mime, &list));
    if (number < 1 || (size_t)number > list.count)
        return NOT_FOUND;
    const struct attachment *found = &list.at[number - 1];
    TRY(section_parse(found->path, &section));
    enum status done = section_write_binary(&bytes, &mime, section.path, section.path_count);
    if (done != OK && done != INVALID)
        return done;
    *ret_part = (struct mail_part){.number = number, .file_name = str_is_absent(found->name) ? STR("") : found->name,
                                   .type = found->type, .size = (int64_t)bytes.len, .is_inline = found->is_inline};
    *ret_bytes = str_copy(ctx->arena, buf_str(&bytes));
    return str_is_absent(*ret_bytes) ? LIMIT : OK;
}

enum status mail_part_by_id(struct ctx *ctx, int64_t message, struct str content_id, int64_t *ret_number)
{
    struct mime mime;
    struct attachment_list list = {0};
    TRY(scan(ctx, message, &mime));
    TRY(text_attachments(ctx->arena, &mime, &list));
    for (size_t i = 0; i < list.count; i++)
        if (!str_is_absent(list.at[i].content_id) && str_eq(list.at[i].content_id, content_id)) {
            *ret_number = (int64_t)i + 1;
            return OK;
        }
    return NOT_FOUND;
}

enum status mail_images_allowed(struct ctx *ctx, struct str address, bool *ret_is_allowed)
{
    struct sql_draft_image_allowed_row row;
    struct sql_draft_image_allowed in = {.account = ctx->actor.person, .address = str_lower(ctx->arena, address)};
    TRY(sql_draft_image_allowed(ctx->db, ctx->arena, in, &row));
    *ret_is_allowed = row.number > 0;
    return OK;
}

enum status mail_images_allow(struct ctx *ctx, struct str address)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_draft_image_allow(ctx->db, (struct sql_draft_image_allow){
                                              .account = ctx->actor.person,
                                              .address = str_lower(ctx->arena, address)});
}
