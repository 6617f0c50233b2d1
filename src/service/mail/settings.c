/* A person's own settings, what they use, what is new, and who they may write as or to. */
#include "base/utf8.h"
#include "core/person.h"
#include "service/mail/account_sql.h"
#include "service/mail/conversation.h"
#include "service/mail/quota.h"
#include "service/mail/draft_sql.h"

enum { FOLDED_MAX = 4000 };

enum status mail_settings_get(struct ctx *ctx, struct mail_settings *ret_settings)
{
    struct sql_draft_settings_get_row row;
    struct sql_draft_settings_get in = {.person = ctx->actor.person};
    enum status found = sql_draft_settings_get(ctx->db, ctx->arena, in, &row);
    if (found == NOT_FOUND)
        row = (struct sql_draft_settings_get_row){.signature = STR(""), .page_size = 50, .undo_s = 10};
    else
        TRY(found);
    *ret_settings = (struct mail_settings){.signature = row.signature, .page_size = row.page_size,
                                           .undo_s = row.undo_s, .shows_images = row.shows_images != 0};
    return OK;
}

enum status mail_settings_set(struct ctx *ctx, const struct mail_settings *settings)
{
    bool is_size = settings->page_size == 25 || settings->page_size == 50 || settings->page_size == 100;
    if (settings->signature.len > MAIL_SIGNATURE_MAX || !is_size || settings->undo_s < 0 ||
        settings->undo_s > MAIL_UNDO_MAX_S || !utf8_is_valid(settings->signature))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_draft_settings_set(ctx->db, (struct sql_draft_settings_set){
                                               .person = ctx->actor.person, .signature = settings->signature,
                                               .page_size = settings->page_size, .undo_s = settings->undo_s,
                                               .shows_images = settings->shows_images});
}

enum status mail_usage_get(struct ctx *ctx, struct mail_usage *ret_usage)
{
    struct sql_account_get_row row;
    person_row person;
    int64_t account;
    TRY(conversation_account(ctx, &account));
    TRY(sql_account_get(ctx->db, ctx->arena, (struct sql_account_get){.person = account}, &row));
    TRY(person_get(ctx, account, &person));
    *ret_usage = (struct mail_usage){.used = row.used_bytes, .max = person.quota_bytes};
    return OK;
}

enum status mail_usage_of(struct ctx *ctx, int64_t person, struct mail_usage *ret_usage)
{
    struct quota quota;
    TRY(quota_get(ctx, person, &quota));
    *ret_usage = (struct mail_usage){.used = quota.used, .max = quota.limit, .messages = quota.messages};
    return OK;
}

enum status mail_usage_all(struct ctx *ctx, int64_t *ret_bytes)
{
    struct sql_account_used_row row;
    TRY(sql_account_used(ctx->db, ctx->arena, &row));
    *ret_bytes = row.bytes;
    return OK;
}

enum status mail_state_get(struct ctx *ctx, int64_t folder, int64_t since, struct mail_state *ret_state)
{
    mailbox_row mailbox;
    struct sql_conversation_changed_row row = {0};
    int64_t account;
    TRY(conversation_account(ctx, &account));
    TRY(mailbox_get(ctx, account, folder, &mailbox));
    struct sql_conversation_changed in = {.mailbox = folder, .since = since};
    if (since > 0)
        TRY(sql_conversation_changed(ctx->db, ctx->arena, in, &row));
    *ret_state = (struct mail_state){.mark = mailbox.modseq, .unread = mailbox.unseen_count, .came = row.number};
    return OK;
}

/* ---- addresses ---- */

enum status mail_identities(struct ctx *ctx, struct mail_identity **ret_identities, size_t *ret_count)
{
    person_row person;
    struct sql_draft_own_aliases_row *aliases;
    struct sql_draft_own_groups_row *groups;
    size_t alias_count, group_count, count = 0;
    TRY(person_get(ctx, ctx->actor.person, &person));
    TRY(sql_draft_own_aliases(ctx->db, ctx->arena, (struct sql_draft_own_aliases){.person = person.id}, &aliases,
                              &alias_count));
    TRY(sql_draft_own_groups(ctx->db, ctx->arena, (struct sql_draft_own_groups){.person = person.id}, &groups,
                             &group_count));
    struct mail_identity *list = arena_array(ctx->arena, struct mail_identity, 1 + alias_count + group_count);
    if (list == NULL)
        return LIMIT;
    list[count++] = (struct mail_identity){person.display_name, person.address};
    for (size_t i = 0; i < alias_count; i++)
        list[count++] = (struct mail_identity){person.display_name, aliases[i].address};
    for (size_t i = 0; i < group_count; i++)
        list[count++] = (struct mail_identity){groups[i].display_name, groups[i].address};
    *ret_identities = list;
    *ret_count = count;
    return OK;
}

struct found {
    struct mail_identity at[MAIL_COMPLETION_MAX];
    size_t count;
};

/* One of the words of the name, or the address, begins with what was typed. */
static bool begins(struct str name, struct str address, struct str folded)
{
    struct buf text BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    buf_add_byte(&text, ' ');
    utf8_fold(&text, name);
    buf_add_byte(&text, ' ');
    utf8_fold(&text, address);
    struct str rest = buf_str(&text);
    if (folded.len == 0)
        return true;
    for (size_t at = str_find(rest, folded); at != SIZE_MAX; at = str_find(rest, folded)) {
        if (at > 0 && strchr(" .-@'(", rest.at[at - 1]) != NULL)
            return true;
        rest = str_after(rest, at + 1);
    }
    return false;
}

static void offer(struct found *found, struct str name, struct str address, struct str folded)
{
    if (found->count == MAIL_COMPLETION_MAX || !begins(name, address, folded))
        return;
    for (size_t i = 0; i < found->count; i++)
        if (str_eq_nocase(found->at[i].address, address))
            return;
    found->at[found->count++] = (struct mail_identity){name, address};
}

static enum status offer_town(struct ctx *ctx, struct found *found, struct str folded)
{
    struct sql_draft_people_row *people;
    struct sql_draft_groups_row *groups;
    size_t count;
    TRY(sql_draft_people(ctx->db, ctx->arena, &people, &count));
    for (size_t i = 0; i < count; i++)
        offer(found, people[i].display_name, people[i].address, folded);
    TRY(sql_draft_groups(ctx->db, ctx->arena, &groups, &count));
    for (size_t i = 0; i < count; i++)
        offer(found, groups[i].display_name, groups[i].address, folded);
    return OK;
}

static enum status offer_known(struct ctx *ctx, struct found *found, struct str folded)
{
    struct sql_draft_recipients_row *rows;
    size_t count;
    struct sql_draft_recipients in = {.account = ctx->actor.person};
    TRY(sql_draft_recipients(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++)
        offer(found, rows[i].display_name, rows[i].address, folded);
    return OK;
}

enum status mail_complete(struct ctx *ctx, struct str text, struct mail_identity **ret_found, size_t *ret_count)
{
    struct buf folded BUF_SCOPE = BUF_INIT(4 * MAIL_QUERY_MAX);
    struct found *found = arena_new(ctx->arena, struct found);
    if (found == NULL || text.len > MAIL_QUERY_MAX)
        return LIMIT;
    utf8_fold(&folded, str_trim(text));
    /* Without a word typed, whom they write to most; with one, the town first. */
    if (folded.len == 0)
        TRY(offer_known(ctx, found, buf_str(&folded)));
    TRY(offer_town(ctx, found, buf_str(&folded)));
    TRY(offer_known(ctx, found, buf_str(&folded)));
    *ret_found = found->at;
    *ret_count = found->count;
    return OK;
}
