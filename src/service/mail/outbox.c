#include "service/mail/outbox.h"

#include "service/mail/accept.h"
#include "service/mail/bounce.h"
#include "service/mail/lang.h"
#include "service/mail/store.h"

enum { LINES_MAX = OUTBOX_RECIPIENTS_MAX * 320 };

static struct str domain_of(struct str address)
{
    size_t at = str_find_byte_last(address, '@');
    return at == SIZE_MAX ? STR("") : str_after(address, at + 1);
}

bool outbox_is_local(const struct town *town, struct str address)
{
    for (size_t i = 0; i < town->domain_count; i++)
        if (str_eq_nocase(town->domains[i], domain_of(address)))
            return true;
    return false;
}

/* ---- putting and taking back ---- */

static size_t count_lines(struct str lines)
{
    size_t count = 0;
    while (lines.len > 0)
        count += str_cut(&lines, '\n').len > 0;
    return count;
}

static enum status insert(struct ctx *ctx, const struct outbox_put *put, struct str destination,
                          struct str recipients, int64_t created_ms, int64_t *ret_row)
{
    struct sql_outbox_insert_row row;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_outbox_insert(ctx->db, ctx->arena,
                          (struct sql_outbox_insert){.body = put->body,
                                                     .account = put->account,
                                                     .sender = put->sender,
                                                     .destination = destination,
                                                     .recipients = recipients,
                                                     .next_ms = put->leaves.ms,
                                                     .created_ms = created_ms,
                                                     .draft = put->draft},
                          &row));
    *ret_row = row.id;
    return OK;
}

enum status outbox_put(struct ctx *ctx, const struct outbox_put *put, int64_t *ret_row)
{
    if (count_lines(put->recipients) > OUTBOX_RECIPIENTS_MAX)
        return refuse(ctx, LIMIT, "mail.send.recipients", T_mail_send_recipients);
    return insert(ctx, put, STR(""), put->recipients, ctx->now.ms, ret_row);
}

enum status outbox_get(struct ctx *ctx, int64_t id, outbox_row *ret_row)
{
    return sql_outbox_get(ctx->db, ctx->arena, (struct sql_outbox_get){.id = id}, ret_row);
}

enum status outbox_take_back(struct ctx *ctx, int64_t account, int64_t row, outbox_row *ret_row)
{
    outbox_row found;
    TRY(outbox_get(ctx, row, &found));
    if (found.account != account)
        return NOT_FOUND;
    if (found.destination.len > 0 || found.next_ms <= ctx->now.ms)
        return GONE;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_outbox_delete(ctx->db, (struct sql_outbox_delete){.id = row}));
    *ret_row = found;
    return OK;
}

enum status outbox_queues(struct ctx *ctx, outbox_queue **ret_queues, size_t *ret_count)
{
    return sql_outbox_queues(ctx->db, ctx->arena, ret_queues, ret_count);
}

enum status outbox_due(struct ctx *ctx, struct sql_outbox_due_row **ret_rows, size_t *ret_count)
{
    return sql_outbox_due(ctx->db, ctx->arena, (struct sql_outbox_due){.now_ms = ctx->now.ms}, ret_rows, ret_count);
}

enum status outbox_next(struct ctx *ctx, int64_t *ret_ms)
{
    struct sql_outbox_next_row row;
    struct sql_outbox_next in = {.after_ms = ctx->now.ms};
    enum status found = sql_outbox_next(ctx->db, ctx->arena, in, &row);
    *ret_ms = found == OK ? row.next_ms : INT64_MAX;
    return found == NOT_FOUND ? OK : found;
}

struct str outbox_key(struct ctx *ctx, const outbox_row *row)
{
    return str_format(ctx->arena, "%lld.%lld.%lld", (long long)ctx->town->member, (long long)row->body,
                      (long long)row->created_ms);
}

/* ---- answers ---- */

/* What statuses say of each recipient: who is to be tried again, and who is refused for good. */
struct sorted {
    struct buf again;
    struct bounce bounce;
};

static void sort_one(struct sorted *sorted, struct str recipient, struct str line, bool is_last_try)
{
    struct str word = str_cut(&line, ' ');
    enum bounce_cause cause = BOUNCE_LATE;
    if (str_eq(word, STR("ok")))
        return;
    if (str_eq(word, STR("not_found")))
        cause = BOUNCE_UNKNOWN;
    else if (str_eq(word, STR("invalid")) || str_eq(word, STR("denied")))
        cause = BOUNCE_REFUSED;
    else if (!is_last_try) {
        buf_add(&sorted->again, recipient);
        buf_add_byte(&sorted->again, '\n');
        return;
    }
    bounce_add(&sorted->bounce, recipient, cause);
}

/* One status for all, or a line for each. A line that is missing counts as "not now". */
static void sort(struct sorted *sorted, const outbox_row *row, enum status status, struct str statuses,
                 bool is_last_try)
{
    for (struct str rest = row->recipients; rest.len > 0;) {
        struct str recipient = str_cut(&rest, '\n');
        if (recipient.len == 0)
            continue;
        struct str line = status != OK       ? str_of(status_name(status))
                          : statuses.len > 0 ? str_cut(&statuses, '\n')
                                             : STR("busy");
        sort_one(sorted, recipient, line, is_last_try);
    }
}

static int64_t back_off_ms(int64_t attempts)
{
    int64_t delay_ms = OUTBOX_FIRST_MS;
    for (int64_t i = 0; i < attempts && delay_ms < OUTBOX_LAST_MS; i++)
        delay_ms *= 2;
    return delay_ms < OUTBOX_LAST_MS ? delay_ms : OUTBOX_LAST_MS;
}

/* The row goes on with who is left, or goes. */
static enum status settle(struct ctx *ctx, const outbox_row *row, struct sorted *sorted, struct str failure)
{
    struct str again = buf_str(&sorted->again);
    TRY(buf_status(&sorted->again));
    if (sorted->bounce.count > 0)
        TRY(bounce_write(ctx, row, &sorted->bounce));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    if (again.len == 0)
        return sql_outbox_delete(ctx->db, (struct sql_outbox_delete){.id = row->id});
    return sql_outbox_put_off(ctx->db,
                              (struct sql_outbox_put_off){.id = row->id,
                                                          .recipients = again,
                                                          .next_ms = ctx->now.ms + back_off_ms(row->attempts),
                                                          .attempts = row->attempts + 1,
                                                          .last_failure = failure});
}

enum status outbox_answered(struct ctx *ctx, int64_t id, enum status status, struct str statuses)
{
    outbox_row row;
    enum status found = outbox_get(ctx, id, &row);
    if (found == NOT_FOUND)
        return OK; /* answered twice: the first answer was taken */
    TRY(found);
    struct sorted sorted = {.again = BUF_INIT(LINES_MAX)};
    bool is_last_try = ctx->now.ms - row.created_ms >= OUTBOX_LIFE_MS;
    sort(&sorted, &row, status, statuses, is_last_try);
    struct str failure = status != OK ? str_of(status_name(status)) : str_slice(statuses, 0, 200);
    enum status done = settle(ctx, &row, &sorted, failure);
    buf_finish(&sorted.again);
    return done;
}

enum status outbox_unanswered(struct ctx *ctx, int64_t id)
{
    outbox_row row;
    enum status found = outbox_get(ctx, id, &row);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    TRY(outbox_answered(ctx, id, BUSY, STR("")));
    return sql_outbox_wait(ctx->db, (struct sql_outbox_wait){.destination = row.destination,
                                                             .until_ms = ctx->now.ms + OUTBOX_SILENT_MS});
}

enum status outbox_deliver_here(struct ctx *ctx, int64_t id)
{
    outbox_row row;
    struct accept accept;
    struct buf statuses BUF_SCOPE = BUF_INIT(LINES_MAX);
    TRY(outbox_get(ctx, id, &row));
    accept = (struct accept){.key = outbox_key(ctx, &row), .sender = row.sender, .recipients = row.recipients};
    TRY(store_message(ctx, row.body, &accept.message));
    TRY(accept_mail(ctx, &accept, &statuses));
    return outbox_answered(ctx, id, OK, buf_str(&statuses));
}

/* ---- splitting ---- */

/* Moves the lines of one domain out of *rest; the domain is that of its first line. */
static struct str take_domain(struct ctx *ctx, struct str *rest, struct str *ret_domain)
{
    struct buf same BUF_SCOPE = BUF_INIT(LINES_MAX), other BUF_SCOPE = BUF_INIT(LINES_MAX);
    *ret_domain = STR_NONE;
    for (struct str lines = *rest; lines.len > 0;) {
        struct str address = str_cut(&lines, '\n');
        if (address.len == 0)
            continue;
        if (str_is_absent(*ret_domain))
            *ret_domain = domain_of(address);
        struct buf *to = str_eq_nocase(domain_of(address), *ret_domain) ? &same : &other;
        buf_add(to, address);
        buf_add_byte(to, '\n');
    }
    *rest = str_copy(ctx->arena, buf_str(&other));
    return str_copy(ctx->arena, buf_str(&same));
}

/* Up to ACCEPT_RECIPIENTS_MAX lines off *rest: what one town takes at once. */
static struct str take_lines(struct str *rest)
{
    struct str from = *rest;
    for (size_t count = 0; count < ACCEPT_RECIPIENTS_MAX && rest->len > 0; count++)
        (void)str_cut(rest, '\n');
    return str_is_absent(*rest) ? from : str_span(from.at, rest->at);
}

/* The rows keep when the message was put: the key of a delivery is the same when a split that was lost is made again.
 * */
static enum status split_domain(struct ctx *ctx, const outbox_row *row, struct str domain, struct str recipients)
{
    int64_t id;
    struct outbox_put put = {
        .account = row->account, .sender = row->sender, .body = row->body, .leaves = ctx->now};
    while (recipients.len > 0) {
        struct str some = take_lines(&recipients);
        TRY(insert(ctx, &put, domain, some, row->created_ms, &id));
    }
    return OK;
}

enum status outbox_split(struct ctx *ctx, int64_t id)
{
    outbox_row row;
    struct str domain;
    TRY(outbox_get(ctx, id, &row));
    for (struct str rest = row.recipients; rest.len > 0;) {
        struct str recipients = take_domain(ctx, &rest, &domain);
        if (str_is_absent(recipients) || str_is_absent(rest))
            return LIMIT;
        TRY(split_domain(ctx, &row, domain, recipients));
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_outbox_delete(ctx->db, (struct sql_outbox_delete){.id = id});
}
