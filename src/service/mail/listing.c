/* Lists of conversations: a folder's by its derived rows, what is flagged, what was deleted for good. */
#include "base/utf8.h"
#include "service/mail/conversation.h"

enum { PEOPLE_MAX = 300 };
#define NEWEST_MS (INT64_C(1) << 62)

/* What one place of a list stands for. */
struct spot {
    int64_t thread, at_ms, mailbox;
};

/* ---- one conversation ---- */

static bool has_name(struct str names, struct str name)
{
    while (!str_is_absent(names))
        if (str_eq(str_trim(str_cut(&names, ',')), name))
            return true;
    return false;
}

static void add_names(struct buf *people, struct str names)
{
    while (names.len > 0 && people->len < PEOPLE_MAX) {
        struct str name = str_trim(str_cut(&names, ','));
        if (name.len == 0 || has_name(buf_str(people), name))
            continue;
        if (people->len > 0)
            buf_add_literal(people, ", ");
        buf_add(people, utf8_prefix(name, PEOPLE_MAX));
    }
}

static enum status excerpt_of(struct ctx *ctx, struct str preview, struct mail_conversation *conversation)
{
    conversation->excerpt = arena_array(ctx->arena, struct mail_span, 1);
    if (conversation->excerpt == NULL)
        return LIMIT;
    conversation->excerpt[0] = (struct mail_span){.text = preview};
    conversation->excerpt_count = 1;
    return OK;
}

static enum status count_in(struct ctx *ctx, int64_t mailbox, int64_t thread, int64_t *ret_messages)
{
    struct sql_conversation_get_row row;
    struct sql_conversation_get in = {.mailbox = mailbox, .thread = thread};
    enum status found = sql_conversation_get(ctx->db, ctx->arena, in, &row);
    *ret_messages = found == OK ? row.messages : 0;
    return found == NOT_FOUND ? OK : found;
}

struct lister {
    int64_t account, sent;
    bool shows_recipients; /* Sent and Drafts */
    bool is_drafts;
};

static enum status fill(struct ctx *ctx, const struct lister *lister, const struct spot *place,
                        struct mail_conversation *ret)
{
    struct sql_conversation_messages_row *rows;
    size_t count;
    struct buf people BUF_SCOPE = BUF_INIT(2 * PEOPLE_MAX + 100);
    struct sql_conversation_messages in = {.mailbox = place->mailbox, .thread = place->thread};
    TRY(sql_conversation_messages(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        return CORRUPT; /* a derived row without messages: `town rebuild` makes them again */
    const struct sql_conversation_messages_row *newest = &rows[count - 1];
    *ret = (struct mail_conversation){.id = place->thread, .message = newest->email, .folder = place->mailbox,
                                      .subject = newest->base_subject, .at = {place->at_ms},
                                      .messages = (int64_t)count, .is_draft = lister->is_drafts};
    for (size_t i = 0; i < count; i++) {
        add_names(&people, lister->shows_recipients ? rows[i].to_text : rows[i].from_text);
        ret->is_unread |= !(rows[i].flags & MESSAGE_SEEN);
        ret->is_flagged |= (rows[i].flags & MESSAGE_FLAGGED) != 0;
        ret->has_attachment |= rows[i].has_attachment != 0;
    }
    if (place->mailbox != lister->sent) {
        int64_t sent = 0;
        TRY(count_in(ctx, lister->sent, place->thread, &sent));
        ret->messages += sent;
    }
    ret->people = str_copy(ctx->arena, buf_str(&people));
    return excerpt_of(ctx, newest->preview, ret);
}

static enum status fill_all(struct ctx *ctx, const struct lister *lister, const struct spot *places, size_t count,
                            struct mail_page *page)
{
    page->at = arena_array(ctx->arena, struct mail_conversation, count + 1);
    if (page->at == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(fill(ctx, lister, &places[i], &page->at[page->count++]));
    return OK;
}

/* ---- a folder ---- */

/* The page's places, newest first, and whether there are more behind it on that side. */
static enum status older(struct ctx *ctx, const struct mail_page_ask *ask, struct spot *places, size_t *ret_count)
{
    struct sql_conversation_older_row *rows;
    bool is_first = ask->cursor.at_ms == 0 && ask->cursor.id == 0;
    struct sql_conversation_older in = {.mailbox = ask->folder, .at_ms = is_first ? NEWEST_MS : ask->cursor.at_ms,
                                        .thread = ask->cursor.id, .limit = ask->limit + 1};
    TRY(sql_conversation_older(ctx->db, ctx->arena, in, &rows, ret_count));
    for (size_t i = 0; i < *ret_count; i++)
        places[i] = (struct spot){rows[i].thread, rows[i].at_ms, ask->folder};
    return OK;
}

static enum status newer(struct ctx *ctx, const struct mail_page_ask *ask, struct spot *places, size_t *ret_count)
{
    struct sql_conversation_newer_row *rows;
    struct sql_conversation_newer in = {
        .mailbox = ask->folder, .at_ms = ask->cursor.at_ms, .thread = ask->cursor.id, .limit = ask->limit + 1};
    TRY(sql_conversation_newer(ctx->db, ctx->arena, in, &rows, ret_count));
    for (size_t i = 0; i < *ret_count; i++)
        places[*ret_count - 1 - i] = (struct spot){rows[i].thread, rows[i].at_ms, ask->folder};
    return OK;
}

static enum status count_page(struct ctx *ctx, int64_t mailbox, const struct spot *first, struct mail_page *page)
{
    struct sql_conversation_count_row total;
    struct sql_conversation_before_row before = {0};
    TRY(sql_conversation_count(ctx->db, ctx->arena, (struct sql_conversation_count){.mailbox = mailbox}, &total));
    if (first != NULL) {
        struct sql_conversation_before in = {.mailbox = mailbox, .at_ms = first->at_ms, .thread = first->thread};
        TRY(sql_conversation_before(ctx->db, ctx->arena, in, &before));
    }
    page->total = total.number;
    page->before = before.number;
    return OK;
}

static enum status list_folder(struct ctx *ctx, const struct mail_page_ask *ask, struct lister *lister,
                               struct mail_page *page)
{
    mailbox_row mailbox;
    size_t count, limit = (size_t)ask->limit;
    struct spot *places = arena_array(ctx->arena, struct spot, limit + 2), *first = places;
    if (places == NULL)
        return LIMIT;
    TRY(mailbox_get(ctx, lister->account, ask->folder, &mailbox));
    enum mail_role role = conversation_role(mailbox.special_use);
    lister->is_drafts = role == MAIL_DRAFTS;
    lister->shows_recipients = role == MAIL_DRAFTS || role == MAIL_SENT;
    TRY(ask->is_newer ? newer(ctx, ask, places, &count) : older(ctx, ask, places, &count));
    bool has_more = count > limit;
    if (has_more && ask->is_newer)
        first++;
    count = has_more ? limit : count;
    TRY(count_page(ctx, mailbox.id, count > 0 ? first : NULL, page));
    TRY(fill_all(ctx, lister, first, count, page));
    page->unread = mailbox.unseen_count;
    page->has_newer = page->before > 0;
    page->has_older = page->before + (int64_t)count < page->total;
    return OK;
}

/* ---- lists that are no folder ---- */

/* A page of places that are all known: at most a thousand. */
static enum status cut_page(struct ctx *ctx, const struct mail_page_ask *ask, const struct lister *lister,
                            const struct spot *places, size_t count, struct mail_page *page)
{
    size_t from = 0, limit = (size_t)ask->limit;
    while (ask->cursor.id != 0 && from < count && places[from].thread != ask->cursor.id)
        from++;
    if (ask->cursor.id != 0 && ask->is_newer)
        from = from > limit ? from - limit : 0;
    else if (ask->cursor.id != 0)
        from++;
    size_t shown = from < count ? count - from : 0;
    if (shown > limit)
        shown = limit;
    TRY(fill_all(ctx, lister, places + from, shown, page));
    page->total = (int64_t)count;
    page->before = (int64_t)from;
    page->has_newer = from > 0;
    page->has_older = from + shown < count;
    return OK;
}

static bool has_thread(const struct spot *places, size_t count, int64_t thread)
{
    for (size_t i = 0; i < count; i++)
        if (places[i].thread == thread)
            return true;
    return false;
}

static enum status list_flagged(struct ctx *ctx, const struct mail_page_ask *ask, const struct lister *lister,
                                struct mail_page *page)
{
    struct sql_conversation_flagged_row *rows;
    size_t count, kept = 0;
    TRY(sql_conversation_flagged(ctx->db, ctx->arena, (struct sql_conversation_flagged){.account = lister->account},
                                 &rows, &count));
    struct spot *places = arena_array(ctx->arena, struct spot, count + 1);
    if (places == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (!has_thread(places, kept, rows[i].thread))
            places[kept++] = (struct spot){rows[i].thread, rows[i].at_ms, rows[i].mailbox};
    return cut_page(ctx, ask, lister, places, kept, page);
}

/* Each message for itself: `id` is its email. */
static enum status deleted_one(struct ctx *ctx, const struct sql_conversation_deleted_row *row,
                               struct mail_conversation *ret)
{
    email_row email;
    TRY(sql_message_email_get(ctx->db, ctx->arena, (struct sql_message_email_get){.id = row->email}, &email));
    *ret = (struct mail_conversation){.id = row->email, .message = row->email, .folder = MAIL_FOLDER_DELETED,
                                      .people = email.from_text, .subject = email.base_subject,
                                      .at = {row->expunged_ms}, .messages = 1,
                                      .has_attachment = email.has_attachment != 0};
    return excerpt_of(ctx, email.preview, ret);
}

static enum status list_deleted(struct ctx *ctx, const struct mail_page_ask *ask, int64_t account,
                                struct mail_page *page)
{
    struct sql_conversation_deleted_row *rows;
    size_t count, from = 0;
    struct sql_conversation_deleted in = {.account = account, .since_ms = ctx->now.ms - CONVERSATION_KEPT_MS};
    TRY(sql_conversation_deleted(ctx->db, ctx->arena, in, &rows, &count));
    while (ask->cursor.id != 0 && from < count && rows[from].email != ask->cursor.id)
        from++;
    if (ask->cursor.id != 0)
        from = !ask->is_newer ? from + 1 : from > (size_t)ask->limit ? from - (size_t)ask->limit : 0;
    page->at = arena_array(ctx->arena, struct mail_conversation, (size_t)ask->limit);
    if (page->at == NULL)
        return LIMIT;
    for (size_t i = from; i < count && page->count < (size_t)ask->limit; i++)
        TRY(deleted_one(ctx, &rows[i], &page->at[page->count++]));
    page->total = (int64_t)count;
    page->before = (int64_t)from;
    page->has_newer = from > 0;
    page->has_older = from + page->count < count;
    return OK;
}

static enum status lister_of(struct ctx *ctx, struct lister *ret_lister)
{
    mailbox_row sent;
    *ret_lister = (struct lister){0};
    TRY(conversation_account(ctx, &ret_lister->account));
    TRY(mailbox_by_use(ctx, ret_lister->account, STR("sent"), &sent));
    ret_lister->sent = sent.id;
    return OK;
}

enum status mail_list(struct ctx *ctx, const struct mail_page_ask *ask, struct mail_page *ret_page)
{
    struct lister lister;
    struct mail_page page = {0};
    if (ask->limit < 1 || ask->limit > MAIL_PAGE_MAX)
        return INVALID;
    TRY(lister_of(ctx, &lister));
    if (ask->folder == MAIL_FOLDER_FLAGGED)
        TRY(list_flagged(ctx, ask, &lister, &page));
    else if (ask->folder == MAIL_FOLDER_DELETED)
        TRY(list_deleted(ctx, ask, lister.account, &page));
    else
        TRY(list_folder(ctx, ask, &lister, &page));
    *ret_page = page;
    return OK;
}
