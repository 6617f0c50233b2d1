#include "service/mail/import.h"

#include <openssl/sha.h>

#include "core/shape.h"
#include "service/mail/deliver.h"
#include "service/mail/import_sql.h"
#include "service/mail/store.h"

static const struct shape_field item_fields[] = {
    SHAPE_FIELD(import_item, folder, SHAPE_TEXT, MAILBOX_NAME_MAX * 4),
    SHAPE_FIELD(import_item, flags, SHAPE_INT, MESSAGE_SYSTEM_FLAGS),
    SHAPE_FIELD(import_item, keywords, SHAPE_TEXT, IMPORT_KEYWORDS_MAX),
    SHAPE_FIELD(import_item, received_ms, SHAPE_INT, 0),
    SHAPE_FIELD(import_item, message, SHAPE_BYTES, DELIVER_SIZE_MAX),
};
static const struct shape item_shape = SHAPE_OF(import_item, item_fields);
enum { LENGTH_BYTES = 4 };

void import_add(struct buf *piece, const struct import_item *item)
{
    size_t at = piece->len;
    buf_add(piece, (struct str){"\0\0\0\0", LENGTH_BYTES});
    shape_encode(piece, &item_shape, item);
    if (piece->is_over)
        return;
    size_t length = piece->len - at - LENGTH_BYTES;
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        piece->at[at + i] = (char)(length >> 8 * i);
}

static enum status next_item(struct str *rest, struct import_item *ret_item)
{
    size_t length = 0;
    if (rest->len < LENGTH_BYTES)
        return INVALID;
    for (size_t i = 0; i < LENGTH_BYTES; i++)
        length |= (size_t)(unsigned char)rest->at[i] << 8 * i;
    *rest = str_after(*rest, LENGTH_BYTES);
    if (length > rest->len)
        return INVALID;
    struct str bytes = str_slice(*rest, 0, length);
    *rest = str_after(*rest, length);
    TRY(shape_decode(&item_shape, bytes, ret_item));
    bool is_whole = ret_item->flags >= 0 && !str_is_absent(ret_item->folder) && !str_is_absent(ret_item->message);
    return is_whole ? OK : INVALID;
}

static enum status folder_of(struct ctx *ctx, int64_t account, struct str name, mailbox_row *ret_mailbox)
{
    enum status found = mailbox_by_name(ctx, account, name, ret_mailbox);
    return found == NOT_FOUND ? mailbox_create(ctx, account, name, STR(""), ret_mailbox) : found;
}

/* One that the account may not have more of is left out: the message is worth more. */
static enum status keyword_bits(struct ctx *ctx, int64_t account, struct str words, int64_t *flags)
{
    while (words.len > 0) {
        int64_t bit;
        struct str word = str_cut(&words, ' ');
        enum status found = word.len > 0 ? message_keyword(ctx, account, word, true, &bit) : NOT_FOUND;
        if (found == OK)
            *flags |= INT64_C(1) << bit;
        else if (found != NOT_FOUND && found != LIMIT && found != INVALID)
            return found;
    }
    ctx->failure = (struct failure){0};
    return OK;
}

static enum status put_again(struct ctx *ctx, const mailbox_row *mailbox, const struct import_item *item, int64_t flags,
                             const struct sql_import_same_row *same)
{
    int64_t uid;
    struct message_put put = {.email = same->id, .thread = same->thread, .flags = flags,
                              .size = (int64_t)item->message.len, .received = {item->received_ms}};
    return message_put(ctx, mailbox, &put, SYNC_FULL, &uid);
}

static enum status take_item(struct ctx *ctx, int64_t account, const struct import_item *item,
                             struct import_count *count)
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    struct str hash = {(const char *)digest, sizeof digest};
    struct sql_import_there_row there;
    struct sql_import_same_row same;
    mailbox_row mailbox;
    int64_t flags = item->flags, body;
    SHA256((const unsigned char *)item->message.at, item->message.len, digest);
    TRY(folder_of(ctx, account, item->folder, &mailbox));
    TRY(sql_import_there(ctx->db, ctx->arena, (struct sql_import_there){.hash = hash, .mailbox = mailbox.id}, &there));
    if (there.number > 0) {
        count->there_already++;
        return OK;
    }
    count->added++;
    TRY(keyword_bits(ctx, account, item->keywords, &flags));
    struct sql_import_same in = {.hash = hash, .first = account << 32, .last = account << 32 | UINT32_MAX};
    enum status found = sql_import_same(ctx->db, ctx->arena, in, &same);
    if (found == OK)
        return put_again(ctx, &mailbox, item, flags, &same);
    struct store_target target = {.account = account, .mailbox = mailbox.id, .flags = flags};
    return found != NOT_FOUND ? found
                              : store_add(ctx, item->message, (struct instant){item->received_ms}, &target, 1, &body);
}

enum status import_take(struct ctx *ctx, int64_t account, struct str piece, struct import_count *count)
{
    /* Folders and keywords are not in the journal: the turn puts the tables on disk as well. */
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(mailbox_ensure_account(ctx, account));
    while (piece.len > 0) {
        struct import_item item;
        TRY(next_item(&piece, &item));
        TRY(take_item(ctx, account, &item, count));
    }
    return OK;
}
