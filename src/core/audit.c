#include "core/audit.h"

#include <openssl/sha.h>

#include "core/shape.h"
#include "core/town.h"

/* What the hash covers beside the hash before: the entry, field by field (core/shape.h). */
struct content {
    int64_t id, at_ms, person, mandate;
    struct str actor, kind, subject, detail;
};
static const struct shape_field content_fields[] = {
    SHAPE_FIELD(content, id, SHAPE_INT, 0),      SHAPE_FIELD(content, at_ms, SHAPE_INT, 0),
    SHAPE_FIELD(content, person, SHAPE_INT, 0),  SHAPE_FIELD(content, mandate, SHAPE_INT, 0),
    SHAPE_FIELD(content, actor, SHAPE_TEXT, 0),  SHAPE_FIELD(content, kind, SHAPE_TEXT, 0),
    SHAPE_FIELD(content, subject, SHAPE_TEXT, 0), SHAPE_FIELD(content, detail, SHAPE_TEXT, 0),
};
static const struct shape content_shape = SHAPE_OF(content, content_fields);
enum { CONTENT_MAX = 64 << 10 };

static enum status hash_of(const unsigned char before[AUDIT_HASH_BYTES], const struct content *content,
                           unsigned char ret_hash[AUDIT_HASH_BYTES])
{
    struct buf bytes BUF_SCOPE = BUF_INIT(CONTENT_MAX);
    buf_add(&bytes, (struct str){(const char *)before, AUDIT_HASH_BYTES});
    shape_encode(&bytes, &content_shape, content);
    TRY(buf_status(&bytes));
    SHA256((const unsigned char *)bytes.at, bytes.len, ret_hash);
    return OK;
}

enum status audit_head(struct ctx *ctx, struct audit_head *ret_head)
{
    struct sql_audit_last_row last;
    *ret_head = (struct audit_head){0};
    enum status found = sql_audit_last(ctx->db, ctx->arena, &last);
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    if (last.hash.len != AUDIT_HASH_BYTES)
        return CORRUPT;
    ret_head->count = last.id;
    memcpy(ret_head->hash, last.hash.at, AUDIT_HASH_BYTES);
    return OK;
}

/* At a whole character, since the text must stay UTF-8. */
static struct str cut(struct str text)
{
    size_t length = text.len > AUDIT_TEXT_MAX ? AUDIT_TEXT_MAX : text.len;
    while (length < text.len && length > 0 && ((unsigned char)text.at[length] & 0xC0) == 0x80)
        length--;
    return str_slice(str_is_absent(text) ? STR("") : text, 0, length);
}

static struct str actor_of(const struct ctx *ctx)
{
    return cut(ctx->actor.address.len > 0 ? ctx->actor.address : STR("command"));
}

static enum status add(struct ctx *ctx, struct str kind, struct str subject, struct str detail)
{
    struct audit_head head;
    unsigned char hash[AUDIT_HASH_BYTES];
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(audit_head(ctx, &head));
    struct content content = {.id = head.count + 1, .at_ms = ctx->now.ms, .person = ctx->actor.person,
                              .mandate = ctx->actor.mandate, .actor = actor_of(ctx), .kind = kind,
                              .subject = cut(subject), .detail = cut(detail)};
    TRY(hash_of(head.hash, &content, hash));
    return sql_audit_add(ctx->db, (struct sql_audit_add){.id = content.id, .at_ms = content.at_ms,
                                                         .person = content.person, .mandate = content.mandate,
                                                         .actor = content.actor, .kind = content.kind,
                                                         .subject = content.subject, .detail = content.detail,
                                                         .hash = {(const char *)hash, sizeof hash}});
}

enum status audit_add(struct ctx *ctx, const char *kind, struct str subject, struct str detail)
{
    return add(ctx, str_of(kind), subject, detail);
}

enum status audit_told(struct ctx *ctx, struct str kind, struct str subject, struct str detail)
{
    struct sql_audit_same_row same;
    struct sql_audit_same in = {.kind = kind, .at_ms = ctx->now.ms, .actor = actor_of(ctx), .subject = cut(subject),
                                .detail = cut(detail)};
    TRY(sql_audit_same(ctx->db, ctx->arena, in, &same));
    return same.number > 0 ? OK : add(ctx, kind, subject, detail);
}

enum status audit_list(struct ctx *ctx, int64_t before, audit_row **ret_rows, size_t *ret_count)
{
    struct sql_audit_before in = {.before = before > 0 ? before : INT64_MAX};
    return sql_audit_before(ctx->db, ctx->arena, in, ret_rows, ret_count);
}

enum status audit_last_of(struct ctx *ctx, const char *kind, struct instant *ret_at)
{
    struct sql_audit_last_of_row row;
    TRY(sql_audit_last_of(ctx->db, ctx->arena, (struct sql_audit_last_of){.kind = str_of(kind)}, &row));
    ret_at->ms = row.at_ms;
    return OK;
}

struct walk {
    unsigned char hash[AUDIT_HASH_BYTES]; /* of the entry before */
    const unsigned char *known;
    int64_t id;
    bool is_known;
};

static enum status visit(void *with, const struct sql_audit_each_row *row)
{
    struct walk *walk = with;
    struct content content = {row->id, row->at_ms, row->person, row->mandate,
                              row->actor, row->kind, row->subject, row->detail};
    walk->id++;
    TRY(hash_of(walk->hash, &content, walk->hash));
    if (row->id != walk->id || !str_eq(row->hash, (struct str){(const char *)walk->hash, AUDIT_HASH_BYTES}))
        return CORRUPT;
    walk->is_known |= walk->known != NULL && memcmp(walk->known, walk->hash, AUDIT_HASH_BYTES) == 0;
    return OK;
}

enum status audit_verify(struct ctx *ctx, const unsigned char *known, int64_t *ret_entry)
{
    struct walk walk = {.known = known};
    enum status done = sql_audit_each(ctx->db, visit, &walk);
    *ret_entry = walk.id;
    TRY(done);
    return known == NULL || walk.is_known ? OK : NOT_FOUND;
}
