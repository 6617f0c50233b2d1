#include "service/mail/import.h"

#include <openssl/sha.h>

#include "proto/mime/header.h"
#include "proto/mime/mail_date.h"
#include "service/mail/deliver.h"
#include "service/mail/store.h"

/* Takes the next message off *rest, its "From " line dropped; absent at the end. */
static struct str next_message(struct str *rest)
{
    if (!str_starts(*rest, STR("From ")))
        return STR_NONE;
    struct str line = str_cut(rest, '\n');
    (void)line;
    if (str_is_absent(*rest))
        return STR_NONE;
    size_t end = str_starts(*rest, STR("From ")) ? 0 : str_find(*rest, STR("\nFrom "));
    struct str message = end == SIZE_MAX ? *rest : str_slice(*rest, 0, end == 0 ? 0 : end + 1);
    *rest = end == SIZE_MAX ? STR_NONE : str_after(*rest, message.len);
    /* The empty line before the next "From " belongs to the file. */
    if (str_ends(message, STR("\n\n")))
        message.len--;
    return message;
}

static bool is_quoted_from(struct str line)
{
    size_t marks = 0;
    while (marks < line.len && line.at[marks] == '>')
        marks++;
    return marks > 0 && str_starts(str_after(line, marks), STR("From "));
}

/* Lines as mail has them: CRLF, ">From " one mark shorter. */
static enum status as_mail(struct buf *out, struct str message)
{
    while (!str_is_absent(message) && message.len > 0) {
        struct str line = str_cut(&message, '\n');
        if (str_ends(line, STR("\r")))
            line.len--;
        buf_add(out, is_quoted_from(line) ? str_after(line, 1) : line);
        buf_add_literal(out, "\r\n");
    }
    return buf_status(out);
}

static enum status is_there(struct ctx *ctx, int64_t account, struct str message, bool *ret_is_there)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    struct sql_message_count_body_row row;
    SHA256((const unsigned char *)message.at, message.len, hash);
    TRY(sql_message_count_body(ctx->db, ctx->arena,
                               (struct sql_message_count_body){.hash = {(const char *)hash, sizeof hash},
                                                               .first = account << 32,
                                                               .last = account << 32 | UINT32_MAX},
                               &row));
    *ret_is_there = row.number > 0;
    return OK;
}

static struct instant arrival_of(const struct ctx *ctx, struct str message)
{
    struct mail_date date;
    struct str written = header_find(str_slice(message, 0, header_length(message)), STR("Date"));
    bool is_dated = !str_is_absent(written) && mail_date_parse(written, &date) == OK && date.instant.ms <= ctx->now.ms;
    return is_dated ? date.instant : ctx->now;
}

static enum status import_one(struct ctx *ctx, int64_t account, int64_t mailbox, struct str raw,
                              struct import_count *count)
{
    struct buf message BUF_SCOPE = BUF_INIT(DELIVER_SIZE_MAX);
    struct store_target target = {.account = account, .mailbox = mailbox};
    int64_t body;
    bool there;
    TRY(as_mail(&message, raw));
    TRY(is_there(ctx, account, buf_str(&message), &there));
    if (there) {
        count->there_already++;
        return OK;
    }
    count->added++;
    return store_add(ctx, buf_str(&message), arrival_of(ctx, buf_str(&message)), &target, 1, &body);
}

enum status import_take(struct ctx *ctx, int64_t account, struct str piece, struct import_count *count)
{
    mailbox_row inbox;
    TRY(mailbox_ensure_account(ctx, account));
    TRY(mailbox_by_use(ctx, account, STR("inbox"), &inbox));
    while (piece.len > 0) {
        struct str message = next_message(&piece);
        if (str_is_absent(message))
            return INVALID;
        TRY(import_one(ctx, account, inbox.id, message, count));
    }
    return OK;
}

struct str import_piece(struct str mbox, size_t max)
{
    struct str rest = mbox;
    size_t taken = 0;
    for (int i = 0; i < IMPORT_BATCH && rest.len > 0; i++) {
        if (str_is_absent(next_message(&rest)))
            return str_slice(mbox, 0, taken > 0 ? taken : mbox.len);
        size_t end = str_is_absent(rest) ? mbox.len : (size_t)(rest.at - mbox.at);
        if (taken > 0 && end > max)
            break;
        taken = end;
    }
    return str_slice(mbox, 0, taken);
}
