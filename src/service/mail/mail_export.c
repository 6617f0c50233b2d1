#include "service/mail/mail_export.h"

#include <openssl/sha.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "core/export_people.h"
#include "core/person.h"
#include "service/mail/account_sql.h"
#include "service/mail/deliver.h"
#include "service/mail/import_sql.h"
#include "service/mail/mail.h"
#include "service/mail/mail_export_sql.h"
#include "service/mail/mbox.h"
#include "service/mail/store.h"

/* ---- tables ---- */

EXPORT_EACH(mail_export_folder)
EXPORT_EACH(mail_export_subscription)
EXPORT_EACH(mail_export_settings)
EXPORT_EACH(mail_export_image)
EXPORT_EACH(mail_export_correspondent)

static bool is_use(struct str use)
{
    static const struct str uses[] = {STR_INIT(""),        STR_INIT("inbox"), STR_INIT("drafts"), STR_INIT("sent"),
                                      STR_INIT("archive"), STR_INIT("junk"),  STR_INIT("trash"),  STR_INIT("flagged")};
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++)
        if (str_eq(use, uses[i]))
            return true;
    return false;
}

/* The account is made with these folders and no others. */
static enum status add_account(struct ctx *ctx, int64_t account)
{
    struct sql_account_get_row row;
    enum status found = sql_account_get(ctx->db, ctx->arena, (struct sql_account_get){.person = account}, &row);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return found == NOT_FOUND ? sql_account_add(ctx->db, (struct sql_account_add){.person = account}) : found;
}

static enum status take_folder(struct ctx *ctx, const void *from)
{
    const struct sql_mail_export_folder_row *row = from;
    struct sql_mailbox_take_number_row number;
    struct str name;
    int64_t account;
    TRY(export_person(ctx, row->account, &account));
    TRY(mailbox_normalise(ctx, row->name, &name));
    if (!str_eq(name, row->name) || !is_use(row->special_use))
        return INVALID;
    TRY(add_account(ctx, account));
    TRY(sql_mailbox_take_number(ctx->db, ctx->arena, &number));
    return sql_mailbox_add(ctx->db, (struct sql_mailbox_add){.id = number.id, .account = account, .name = name,
                                                             .special_use = row->special_use,
                                                             .uid_validity = number.uid_validity,
                                                             .is_subscribed = row->is_subscribed != 0,
                                                             .created_ms = ctx->now.ms});
}

static enum status take_subscription(struct ctx *ctx, const void *from)
{
    const struct sql_mail_export_subscription_row *row = from;
    struct str name;
    int64_t account;
    TRY(export_person(ctx, row->account, &account));
    TRY(mailbox_normalise(ctx, row->name, &name));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_mail_export_add_subscription(
        ctx->db, (struct sql_mail_export_add_subscription){.account = account, .name = row->name});
}

static enum status take_settings(struct ctx *ctx, const void *from)
{
    const struct sql_mail_export_settings_row *row = from;
    int64_t person;
    bool is_good = row->signature.len <= MAIL_SIGNATURE_MAX && row->page_size > 0 && row->page_size <= MAIL_PAGE_MAX &&
                   row->undo_s >= 0 && row->undo_s <= MAIL_UNDO_MAX_S;
    if (!is_good)
        return INVALID;
    TRY(export_person(ctx, row->account, &person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_mail_export_add_settings(
        ctx->db, (struct sql_mail_export_add_settings){.person = person, .signature = row->signature,
                                                       .page_size = row->page_size, .undo_s = row->undo_s,
                                                       .shows_images = row->shows_images != 0});
}

static enum status take_image(struct ctx *ctx, const void *from)
{
    const struct sql_mail_export_image_row *row = from;
    int64_t account;
    TRY(export_person(ctx, row->account, &account));
    if (row->sender.len == 0 || row->sender.len > PERSON_ADDRESS_MAX)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_mail_export_add_image(
        ctx->db, (struct sql_mail_export_add_image){.account = account, .sender = row->sender});
}

static enum status take_correspondent(struct ctx *ctx, const void *from)
{
    const struct sql_mail_export_correspondent_row *row = from;
    int64_t account;
    TRY(export_person(ctx, row->account, &account));
    if (row->address.len == 0 || row->address.len > PERSON_ADDRESS_MAX || row->name.len > PERSON_NAME_MAX * 5)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_mail_export_add_correspondent(
        ctx->db, (struct sql_mail_export_add_correspondent){.account = account, .address = row->address,
                                                            .name = row->name, .uses = row->uses,
                                                            .used_ms = row->used_ms});
}

const struct export_file mail_exports[MAIL_EXPORTS] = {
    {"mail/folders.csv", &sql_mail_export_folder_row_shape, each_mail_export_folder, take_folder},
    {"mail/subscriptions.csv", &sql_mail_export_subscription_row_shape, each_mail_export_subscription,
     take_subscription},
    {"mail/settings.jsonl", &sql_mail_export_settings_row_shape, each_mail_export_settings, take_settings},
    {"mail/image_senders.csv", &sql_mail_export_image_row_shape, each_mail_export_image, take_image},
    {"mail/correspondents.csv", &sql_mail_export_correspondent_row_shape, each_mail_export_correspondent,
     take_correspondent},
};

/* ---- messages out ---- */

static const struct {
    char letter;
    int64_t flag;
} letters[] = {{'A', MESSAGE_ANSWERED}, {'F', MESSAGE_FLAGGED}, {'D', MESSAGE_DELETED}, {'T', MESSAGE_DRAFT}};
enum { LETTERS = sizeof letters / sizeof letters[0], KEYWORDS_BUF = 8000 };

static int compare_texts(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* The names of the bits that are set, in the order of their bytes: bits are numbered as they came. */
static enum status keywords_of(struct ctx *ctx, int64_t account, int64_t flags, struct buf *out)
{
    struct sql_account_keyword_list_row *rows;
    struct str names[64];
    size_t count, set = 0;
    if (flags >> MESSAGE_KEYWORD_FIRST == 0)
        return OK;
    struct sql_account_keyword_list in = {.account = account};
    TRY(sql_account_keyword_list(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (flags >> rows[i].bit & 1)
            names[set++] = rows[i].name;
    qsort(names, set, sizeof names[0], compare_texts);
    for (size_t i = 0; i < set; i++)
        buf_add_format(out, " %.*s", STR_ARG(names[i]));
    return OK;
}

/* Are all its lines ended by CRLF, and is there no other CR or LF? */
static bool has_whole_lines(struct str message)
{
    for (size_t i = 0; i < message.len; i++) {
        bool is_pair = message.at[i] == '\r' && i + 1 < message.len && message.at[i + 1] == '\n';
        if (!is_pair && (message.at[i] == '\r' || message.at[i] == '\n'))
            return false;
        i += is_pair;
    }
    return str_ends(message, STR("\r\n"));
}

static const char *lines_word(struct str message)
{
    if (has_whole_lines(message))
        return "crlf";
    return str_ends(message, STR("\n")) ? "as-is" : "as-is-open";
}

static enum status write_message(struct ctx *ctx, int64_t account, const struct sql_mail_export_messages_row *row,
                                 struct buf *out)
{
    struct str message;
    struct buf keywords BUF_SCOPE = BUF_INIT(KEYWORDS_BUF);
    TRY(store_message(ctx, row->body, &message));
    TRY(keywords_of(ctx, account, row->flags, &keywords));
    mbox_from(out, (struct instant){row->received_ms});
    buf_add_c(out, row->flags & MESSAGE_SEEN ? "Status: RO\nX-Status: " : "Status: O\nX-Status: ");
    for (size_t i = 0; i < LETTERS; i++)
        if (row->flags & letters[i].flag)
            buf_add_byte(out, letters[i].letter);
    buf_add_format(out, "\nX-Keywords:%.*s\nX-Parvis-Received: %lld\nX-Parvis-Lines: %s\n",
                   STR_ARG(buf_str(&keywords)), (long long)row->received_ms, lines_word(message));
    mbox_quote(out, message, has_whole_lines(message));
    if (!str_ends(message, STR("\n")))
        buf_add_byte(out, '\n');
    buf_add_byte(out, '\n');
    return buf_status(out);
}

static enum status next_mailbox(struct ctx *ctx, struct mail_export_walk *walk)
{
    struct sql_mail_export_first_row first;
    struct sql_mail_export_after_row after;
    walk->uid = 0;
    if (walk->mailbox == 0) {
        TRY(sql_mail_export_first(ctx->db, ctx->arena, &first));
        walk->mailbox = first.id;
        return OK;
    }
    TRY(sql_mail_export_after(ctx->db, ctx->arena, (struct sql_mail_export_after){.mailbox = walk->mailbox}, &after));
    walk->mailbox = after.id;
    return OK;
}

/* uid -1: the folder is whole. */
static enum status write_piece(struct ctx *ctx, struct mail_export_walk *walk, int64_t account, struct buf *out)
{
    struct sql_mail_export_messages_row *rows;
    size_t count;
    struct sql_mail_export_messages in = {.mailbox = walk->mailbox, .uid = walk->uid};
    TRY(sql_mail_export_messages(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        walk->uid = -1;
    for (size_t i = 0; i < count && out->len < MAIL_EXPORT_PIECE; i++) {
        struct arena *arena ARENA_SCOPE = arena_create((size_t)rows[i].size + (1 << 20));
        struct ctx one = *ctx;
        one.arena = arena;
        TRY(write_message(&one, account, &rows[i], out));
        walk->uid = rows[i].uid;
    }
    return OK;
}

enum status mail_export_next(struct ctx *ctx, struct mail_export_walk *walk, struct str *ret_file, struct buf *out)
{
    struct sql_mail_export_place_row place;
    if (walk->mailbox == 0 || walk->uid < 0)
        TRY(next_mailbox(ctx, walk));
    struct sql_mail_export_place in = {.mailbox = walk->mailbox};
    TRY(sql_mail_export_place(ctx->db, ctx->arena, in, &place));
    *ret_file = str_format(ctx->arena, "mail/%.*s/%04lld.mbox", STR_ARG(place.address), (long long)place.number);
    return str_is_absent(*ret_file) ? LIMIT : write_piece(ctx, walk, place.account, out);
}

/* ---- messages in ---- */

enum status mail_export_piece(struct str *rest, struct str *ret_piece)
{
    struct str start = *rest, at = *rest;
    for (int i = 0; i < 50; i++) {
        struct mbox_entry entry;
        enum status done = mbox_next(&at, &entry);
        if (done == NOT_FOUND)
            break;
        TRY(done);
        size_t length = start.len - at.len;
        if (i > 0 && length > MAIL_EXPORT_PIECE)
            break;
        *rest = at;
    }
    *ret_piece = str_slice(start, 0, start.len - rest->len);
    return OK;
}

/* The value of the field that must come next; absent when another does. */
static struct str next_field(struct str *lines, struct str name)
{
    if (!str_starts(*lines, name))
        return STR_NONE;
    struct str line = str_after(str_cut(lines, '\n'), name.len);
    if (str_is_absent(*lines))
        *lines = STR("");
    return str_trim(line);
}

struct taken {
    int64_t flags, received_ms;
    struct str keywords, form;
    struct str lines; /* of the message */
};

static enum status read_fields(struct str lines, struct taken *ret_taken)
{
    struct taken taken = {.lines = lines};
    struct str status = next_field(&taken.lines, STR("Status: "));
    struct str more = next_field(&taken.lines, STR("X-Status: "));
    taken.keywords = next_field(&taken.lines, STR("X-Keywords:"));
    struct str received = next_field(&taken.lines, STR("X-Parvis-Received: "));
    taken.form = next_field(&taken.lines, STR("X-Parvis-Lines: "));
    if (str_is_absent(taken.form) || str_is_absent(more) || str_is_absent(taken.keywords))
        return INVALID;
    TRY(str_to_i64(received, &taken.received_ms));
    taken.flags = str_eq(status, STR("RO")) ? MESSAGE_SEEN : 0;
    for (size_t i = 0; i < LETTERS; i++)
        if (str_find_byte(more, letters[i].letter) != SIZE_MAX)
            taken.flags |= letters[i].flag;
    *ret_taken = taken;
    return OK;
}

static enum status message_of(const struct taken *taken, struct buf *out)
{
    struct str lines = taken->lines;
    bool is_open = str_eq(taken->form, STR("as-is-open"));
    if (str_eq(taken->form, STR("crlf")))
        return mbox_unquote(out, lines);
    if (!is_open && !str_eq(taken->form, STR("as-is")))
        return INVALID;
    mbox_unquote_as_is(out, lines);
    TRY(buf_status(out));
    if (is_open && out->len == 0)
        return INVALID;
    out->len -= is_open;
    return OK;
}

static enum status keyword_bits(struct ctx *ctx, int64_t account, struct str words, int64_t *flags)
{
    while (words.len > 0) {
        int64_t bit;
        struct str word = str_cut(&words, ' ');
        if (word.len == 0)
            continue;
        TRY(message_keyword(ctx, account, word, true, &bit));
        *flags |= INT64_C(1) << bit;
    }
    return OK;
}

/* One email for the same bytes of an account, however often they lie in its folders. */
static enum status add_message(struct ctx *ctx, int64_t account, int64_t mailbox, const struct taken *taken,
                               struct str message)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    struct sql_import_same_row same;
    mailbox_row into;
    int64_t flags = taken->flags, uid, body;
    TRY(keyword_bits(ctx, account, taken->keywords, &flags));
    SHA256((const unsigned char *)message.at, message.len, digest);
    struct sql_import_same in = {.hash = {(const char *)digest, sizeof digest}, .first = account << 32,
                                 .last = account << 32 | UINT32_MAX};
    enum status found = sql_import_same(ctx->db, ctx->arena, in, &same);
    if (found == NOT_FOUND) {
        struct store_target target = {.account = account, .mailbox = mailbox, .flags = flags};
        return store_add(ctx, message, (struct instant){taken->received_ms}, &target, 1, &body);
    }
    TRY(found);
    TRY(mailbox_get(ctx, account, mailbox, &into));
    struct message_put put = {.email = same.id, .thread = same.thread, .flags = flags, .size = (int64_t)message.len,
                              .received = {taken->received_ms}};
    return message_put(ctx, &into, &put, SYNC_FULL, &uid);
}

/* "mail/ADDRESS/0001.mbox" */
static enum status folder_of(struct ctx *ctx, struct str file, int64_t *ret_account, int64_t *ret_mailbox)
{
    struct sql_mail_export_by_number_row row = {0};
    struct str rest = str_after(file, 5), address = str_cut(&rest, '/');
    int64_t number;
    if (!str_starts(file, STR("mail/")) || !str_ends(rest, STR(".mbox")) ||
        str_to_i64(str_slice(rest, 0, rest.len - 5), &number) != OK)
        return INVALID;
    TRY(export_person(ctx, address, ret_account));
    struct sql_mail_export_by_number in = {.account = *ret_account, .number = number};
    enum status found = sql_mail_export_by_number(ctx->db, ctx->arena, in, &row);
    *ret_mailbox = row.id;
    return found == NOT_FOUND ? INVALID : found;
}

enum status mail_export_take(struct ctx *ctx, struct str file, struct str piece)
{
    int64_t account, mailbox = 0;
    struct mbox_entry entry;
    enum status next;
    TRY(folder_of(ctx, file, &account, &mailbox));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    while ((next = mbox_next(&piece, &entry)) == OK) {
        struct buf message BUF_SCOPE = BUF_INIT(DELIVER_SIZE_MAX);
        struct taken taken;
        TRY(read_fields(entry.lines, &taken));
        TRY(message_of(&taken, &message));
        TRY(add_message(ctx, account, mailbox, &taken, buf_str(&message)));
    }
    return next == NOT_FOUND ? OK : next;
}
