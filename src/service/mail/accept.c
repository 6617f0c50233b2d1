#include "service/mail/accept.h"

#include <openssl/sha.h>

#include "base/list.h"
#include "service/mail/accept_sql.h"
#include "service/mail/deliver.h"
#include "service/mail/store.h"

/* The hash of one recipient of one row, and as it stands in the table. */
static struct str source_of(struct ctx *ctx, struct str key, struct str recipient, struct store_source *ret_source)
{
    struct buf text BUF_SCOPE = BUF_INIT(64);
    struct str whole = str_format(ctx->arena, "%.*s/%.*s", STR_ARG(key), STR_ARG(recipient));
    SHA256((const unsigned char *)whole.at, whole.len, ret_source->hash);
    for (size_t i = 0; i < 4; i++) {
        uint64_t part;
        memcpy(&part, ret_source->hash + 8 * i, 8);
        buf_add_format(&text, "%016llx", (unsigned long long)part);
    }
    return str_copy(ctx->arena, buf_str(&text));
}

static enum status is_known(struct ctx *ctx, struct str source, bool *ret_is)
{
    struct sql_accept_find_row row;
    enum status found = sql_accept_find(ctx->db, ctx->arena, (struct sql_accept_find){.source = source}, &row);
    *ret_is = found == OK;
    return found == NOT_FOUND ? OK : found;
}

/* What is to be delivered of one row. */
struct fresh {
    struct buf recipients;
    struct store_source sources[ACCEPT_RECIPIENTS_MAX];
    size_t count;
};

static enum status take_one(struct ctx *ctx, const struct accept *accept, struct str recipient, struct fresh *fresh,
                            struct buf *statuses)
{
    bool is_there;
    struct store_source source;
    struct str name = source_of(ctx, accept->key, recipient, &source);
    if (str_is_absent(name))
        return LIMIT;
    TRY(is_known(ctx, name, &is_there));
    enum status may = is_there ? OK : deliver_check(ctx, recipient, (int64_t)accept->message.len);
    if (may != OK) {
        if (may != NOT_FOUND && may != LIMIT)
            return may;
        buf_add_format(statuses, "%s %s\n", status_name(may), ctx->failure.code);
        return OK;
    }
    buf_add_literal(statuses, "ok\n");
    if (is_there)
        return OK;
    fresh->sources[fresh->count++] = source;
    buf_add(&fresh->recipients, recipient);
    buf_add_byte(&fresh->recipients, '\n');
    return OK;
}

static enum status take_all(struct ctx *ctx, const struct accept *accept, struct fresh *fresh, struct buf *statuses)
{
    size_t count = 0;
    for (struct str rest = accept->recipients; rest.len > 0;) {
        struct str recipient = str_cut(&rest, '\n');
        if (recipient.len == 0)
            continue;
        if (++count > ACCEPT_RECIPIENTS_MAX)
            return INVALID;
        TRY(take_one(ctx, accept, recipient, fresh, statuses));
    }
    TRY(buf_status(&fresh->recipients));
    TRY(buf_status(statuses));
    if (fresh->count == 0)
        return OK;
    return deliver_once(ctx, accept->sender, buf_str(&fresh->recipients), accept->message, fresh->sources,
                        fresh->count);
}

enum status accept_mail(struct ctx *ctx, const struct accept *accept, struct buf *statuses)
{
    struct fresh fresh = {.recipients = BUF_INIT(ACCEPT_RECIPIENTS_MAX * 256)};
    if (accept->key.len == 0 || accept->key.len > ACCEPT_KEY_MAX)
        return INVALID;
    enum status done = take_all(ctx, accept, &fresh, statuses);
    buf_finish(&fresh.recipients);
    return done;
}

enum status accept_own(struct ctx *ctx, int64_t account, struct str key, struct str message)
{
    mailbox_row inbox;
    struct store_source source;
    bool is_there;
    struct str name = source_of(ctx, key, STR(""), &source);
    if (str_is_absent(name))
        return LIMIT;
    TRY(is_known(ctx, name, &is_there));
    if (is_there)
        return OK;
    TRY(mailbox_ensure_account(ctx, account));
    TRY(mailbox_by_use(ctx, account, STR("inbox"), &inbox));
    struct store_target target = {.account = account, .mailbox = inbox.id};
    return store_add_once(ctx, message, &source, 1, &target, 1);
}

enum status accept_sweep(struct ctx *ctx)
{
    TRY(writer_need(ctx->town->writer, SYNC_LATER));
    return sql_accept_sweep(ctx->db, (struct sql_accept_sweep){.before_ms = ctx->now.ms - ACCEPT_KEPT_MS});
}
