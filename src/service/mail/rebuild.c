#include "service/mail/rebuild.h"

#include "service/mail/account_sql.h"
#include "service/mail/facts.h"
#include "service/mail/rebuild_sql.h"
#include "service/mail/store.h"

static enum status set_facts(struct ctx *ctx, const struct sql_rebuild_emails_row *row)
{
    struct str message;
    struct facts facts;
    struct arena *arena ARENA_SCOPE = arena_create((size_t)row->size * 2 + (64 << 20));
    struct ctx one = *ctx;
    one.arena = arena;
    enum status read = store_message(&one, row->body, &message);
    if (read == CORRUPT || read == NOT_FOUND)
        return OK;
    TRY(read);
    TRY(facts_read(arena, message, (struct instant){row->received_ms}, &facts));
    return sql_rebuild_email_set(ctx->db, (struct sql_rebuild_email_set){.id = row->id,
                                                                         .sent_ms = facts.sent.ms,
                                                                         .has_attachment = facts.has_attachment,
                                                                         .message_id = facts.message_id,
                                                                         .reference_ids = facts.reference_ids,
                                                                         .base_subject = facts.base_subject,
                                                                         .subject = facts.subject,
                                                                         .from_text = facts.from_text,
                                                                         .to_text = facts.to_text,
                                                                         .preview = facts.preview,
                                                                         .envelope = facts.envelope,
                                                                         .structure = facts.structure});
}

static enum status facts_step(struct ctx *ctx, struct rebuild_walk *walk)
{
    struct sql_rebuild_emails_row *rows;
    size_t count;
    int64_t bytes = 0;
    TRY(sql_rebuild_emails(ctx->db, ctx->arena, (struct sql_rebuild_emails){.last = walk->last}, &rows, &count));
    for (size_t i = 0; i < count && bytes < REBUILD_STEP_BYTES; i++) {
        TRY(set_facts(ctx, &rows[i]));
        bytes += rows[i].size;
        walk->last = rows[i].id;
        walk->emails++;
    }
    return count > 0 ? OK : NOT_FOUND;
}

static enum status mailbox_step(struct ctx *ctx, struct rebuild_walk *walk)
{
    struct sql_rebuild_next_mailbox_row next;
    TRY(sql_rebuild_next_mailbox(ctx->db, ctx->arena, (struct sql_rebuild_next_mailbox){.last = walk->last}, &next));
    TRY(sql_rebuild_mailbox(ctx->db, (struct sql_rebuild_mailbox){.id = next.id}));
    TRY(sql_rebuild_conversation_drop(ctx->db, (struct sql_rebuild_conversation_drop){.mailbox = next.id}));
    TRY(sql_rebuild_conversation_make(ctx->db, (struct sql_rebuild_conversation_make){.mailbox = next.id}));
    walk->last = next.id;
    walk->mailboxes++;
    return OK;
}

static enum status account_step(struct ctx *ctx)
{
    TRY(sql_account_recount(ctx->db));
    TRY(sql_rebuild_conversation_lost(ctx->db));
    return NOT_FOUND;
}

static enum status step(struct ctx *ctx, struct rebuild_walk *walk)
{
    switch (walk->phase) {
    case REBUILD_FACTS:
        return facts_step(ctx, walk);
    case REBUILD_MAILBOXES:
        return mailbox_step(ctx, walk);
    case REBUILD_ACCOUNTS:
        return account_step(ctx);
    default:
        return NOT_FOUND;
    }
}

enum status mail_rebuild(struct ctx *ctx, struct rebuild_walk *walk)
{
    if (walk->total == 0) {
        struct sql_rebuild_count_row all;
        TRY(sql_rebuild_count(ctx->db, ctx->arena, &all));
        walk->total = all.number + 1;
    }
    if (walk->phase == REBUILD_ENDED)
        return NOT_FOUND;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    enum status done = step(ctx, walk);
    walk->done = walk->emails + walk->mailboxes;
    if (done != NOT_FOUND)
        return done;
    walk->phase++;
    walk->last = 0;
    return OK;
}
