#include "service/mail/composing.h"

#include "base/utf8.h"
#include "core/town.h"
#include "proto/mime/header.h"
#include "proto/mime/message_id.h"

static bool is_entry(const struct address *address)
{
    return !address_is_group_start(address) && !address_is_group_end(address);
}

/* Somebody types ';' between addresses as other programs allow; RFC 5322 wants commas. */
static struct str with_commas(struct ctx *ctx, struct str typed)
{
    char *copy = str_c(ctx->arena, typed);
    bool is_quoted = false;
    for (size_t i = 0; copy != NULL && i < typed.len; i++) {
        is_quoted ^= copy[i] == '"';
        if (!is_quoted && (copy[i] == ';' || copy[i] == '\n' || copy[i] == '\r'))
            copy[i] = ',';
    }
    return copy != NULL ? (struct str){copy, typed.len} : STR_NONE;
}

enum status composing_addresses(struct ctx *ctx, struct str typed, struct address_list *list, struct str *bad)
{
    struct address_list all = {0};
    struct str text = with_commas(ctx, typed);
    if (str_is_absent(text) || typed.len > MAIL_HEADER_TEXT_MAX)
        return LIMIT;
    TRY(address_parse(ctx->arena, text, &all));
    for (size_t i = 0; i < all.count; i++) {
        struct address entry = all.at[i];
        if (!is_entry(&entry) || (entry.mailbox.len == 0 && entry.host.len == 0))
            continue;
        if (!address_is_deliverable(&entry)) {
            if (bad == NULL)
                continue;
            *bad = address_text(ctx->arena, &entry);
            return INVALID;
        }
        struct str name = address_name_text(ctx->arena, &entry);
        struct address *kept = list_add(list, ctx->arena, ADDRESSES_MAX);
        if (kept == NULL)
            return LIMIT;
        *kept = (struct address){.name = name.len > 0 ? name : STR_NONE, .mailbox = entry.mailbox, .host = entry.host};
    }
    return OK;
}

static struct address address_of(struct mail_identity identity)
{
    size_t at = str_find_byte_last(identity.address, '@');
    return (struct address){.name = identity.name.len > 0 ? identity.name : STR_NONE,
                            .mailbox = str_slice(identity.address, 0, at),
                            .host = str_after(identity.address, at + 1)};
}

/* What a reply follows: the answered message's ancestors, and itself (RFC 5322 section 3.6.4). */
static enum status follow(struct ctx *ctx, const struct mail_draft *draft, struct compose *compose)
{
    struct str bytes;
    struct thread_facts facts;
    if (draft->about == 0 || draft->kind == MAIL_NEW || draft->kind == MAIL_FORWARD)
        return OK;
    enum status found = mail_message_source(ctx, draft->about, &bytes);
    if (found != OK)
        return found == NOT_FOUND ? OK : found; /* it was deleted for good meanwhile */
    TRY(thread_facts_of(ctx->arena, str_slice(bytes, 0, header_length(bytes)), &facts));
    if (str_is_absent(facts.id) || facts.id.len == 0)
        return OK;
    size_t skipped = facts.references.count >= COMPOSE_REFERENCES_MAX
                         ? facts.references.count - (COMPOSE_REFERENCES_MAX - 1)
                         : 0;
    size_t count = facts.references.count - skipped;
    struct str *references = arena_array(ctx->arena, struct str, count + 1);
    if (references == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        references[i] = facts.references.at[skipped + i];
    references[count] = facts.id;
    compose->in_reply_to = facts.id;
    compose->references = references;
    compose->reference_count = count + 1;
    return OK;
}

enum status composing_write(struct ctx *ctx, const struct composing *from, struct buf *out)
{
    const struct mail_draft *draft = from->draft;
    struct compose compose = {
        .from = address_of(from->from), .to = from->to.at, .to_count = from->to.count, .cc = from->cc.at,
        .cc_count = from->cc.count, .bcc = from->bcc.at, .bcc_count = from->has_bcc ? from->bcc.count : 0,
        .subject = draft->subject, .date = {.instant = ctx->now}, .text = draft->text, .files = from->files,
        .file_count = from->file_count,
        /* Unique in this town: no draft is written twice in a millisecond. */
        .message_id = str_format(ctx->arena, "%lld.%lld.%lld@%.*s", (long long)ctx->now.ms, (long long)draft->id,
                                 (long long)ctx->actor.person, STR_ARG(ctx->town->domains[0]))};
    TRY(follow(ctx, draft, &compose));
    return compose_write(out, &compose);
}
