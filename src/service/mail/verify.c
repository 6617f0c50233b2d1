#include "service/mail/verify.h"

#include "service/mail/lang.h"
#include "service/mail/search.h"
#include "service/mail/store.h"
#include "service/mail/verify_sql.h"

enum { RECORD_ARENA = 4 << 20 };

/* ---- rows ---- */

struct count {
    int64_t number, example;
};

/* One function of the same form for each rule. */
#define RULES(X)                                                                                                       \
    X(email_body)                                                                                                      \
    X(outbox_body)                                                                                                     \
    X(message_email)                                                                                                   \
    X(message_account)                                                                                                 \
    X(expunged_email)                                                                                                  \
    X(uid)                                                                                                             \
    X(uid_twice)                                                                                                       \
    X(mailbox_count)                                                                                                   \
    X(account_count)                                                                                                   \
    X(account_person)                                                                                                  \
    X(mailbox_account)                                                                                                 \
    X(next)                                                                                                            \
    X(place)                                                                                                           \
    X(conversation)

#define COUNT_RULE(name)                                                                                               \
    static enum status count_##name(struct ctx *ctx, struct count *ret_count)                                         \
    {                                                                                                                  \
        struct sql_verify_##name##_row row;                                                                            \
        TRY(sql_verify_##name(ctx->db, ctx->arena, &row));                                                             \
        *ret_count = (struct count){row.number, row.example};                                                          \
        return OK;                                                                                                     \
    }
RULES(COUNT_RULE)

#define LIST_RULE(name) {count_##name, T_mail_verify_##name},
static const struct {
    enum status (*count)(struct ctx *ctx, struct count *ret_count);
    enum text_key finding;
} rules[] = {RULES(LIST_RULE)};

/* A number that names something, without thousands. */
static struct str plain(struct ctx *ctx, int64_t number)
{
    struct str text = str_format(ctx->arena, "%lld", (long long)number);
    return str_is_absent(text) ? STR("") : text;
}

enum status mail_verify(struct ctx *ctx, struct buf *findings)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct count found;
        TRY(rules[i].count(ctx, &found));
        if (found.number == 0)
            continue;
        struct text_arg args[] = {NUMBER_ARG("number", found.number), TEXT_ARG("example", plain(ctx, found.example))};
        translate(findings, ctx->language, rules[i].finding, args, 2);
        buf_add_byte(findings, '\n');
    }
    TRY(search_verify(ctx, findings));
    return buf_status(findings);
}

/* ---- bodies ---- */

/* Which body, where, and whose mail it is: by number, never by content. */
static enum status say(struct ctx *ctx, const struct sql_verify_bodies_row *row, struct buf *findings)
{
    struct sql_verify_body_owner_row *owners;
    struct buf emails BUF_SCOPE = BUF_INIT(500);
    size_t count;
    TRY(sql_verify_body_owner(ctx->db, ctx->arena, (struct sql_verify_body_owner){.body = row->id}, &owners, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(&emails, "%s%lld/%lld", i > 0 ? ", " : "", (long long)(owners[i].id >> 32),
                       (long long)(owners[i].id & UINT32_MAX));
    struct text_arg args[] = {TEXT_ARG("body", plain(ctx, row->id)), TEXT_ARG("segment", plain(ctx, row->segment)),
                              TEXT_ARG("position", plain(ctx, row->position)),
                              TEXT_ARG("emails", emails.len > 0 ? buf_str(&emails) : STR("-"))};
    translate(findings, ctx->language, T_mail_verify_body, args, 4);
    buf_add_byte(findings, '\n');
    return buf_status(findings);
}

static enum status prove(struct ctx *ctx, const struct sql_verify_bodies_row *row, bool *ret_is_proven)
{
    struct segment_record record;
    struct arena *arena ARENA_SCOPE = arena_create(RECORD_ARENA);
    enum status read = store_record(ctx, arena, row->segment, row->position, &record);
    if (read != OK && read != CORRUPT && read != NOT_FOUND)
        return read;
    *ret_is_proven = read == OK && record.body == row->id && record.size == row->size &&
                     str_eq(row->hash, (struct str){(const char *)record.hash, SEGMENT_HASH});
    return OK;
}

static enum status walk_on(struct ctx *ctx, struct verify_walk *walk, struct buf *findings)
{
    struct sql_verify_bodies_row *rows;
    size_t count;
    int64_t bytes = 0;
    struct sql_verify_bodies in = {.segment = walk->segment, .position = walk->position};
    TRY(sql_verify_bodies(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count && bytes < VERIFY_STEP_BYTES; i++) {
        bool is_proven;
        TRY(prove(ctx, &rows[i], &is_proven));
        if (!is_proven)
            TRY(say(ctx, &rows[i], findings));
        bytes += rows[i].size;
        walk->segment = rows[i].segment;
        walk->position = rows[i].position;
        walk->bodies++;
    }
    return count > 0 ? OK : NOT_FOUND;
}

enum status mail_verify_bodies(struct ctx *ctx, struct verify_walk *walk, struct buf *findings)
{
    if (walk->bodies == 0 && walk->total == 0) {
        struct sql_verify_body_count_row all;
        TRY(sql_verify_body_count(ctx->db, ctx->arena, &all));
        walk->total = all.number;
        walk->position = -1;
    }
    return walk_on(ctx, walk, findings);
}
