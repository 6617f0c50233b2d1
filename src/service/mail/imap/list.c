/* LIST and LSUB (RFC 9051 section 6.3.9; LIST-EXTENDED, LIST-STATUS, SPECIAL-USE, CHILDREN). */
#include "base/utf8.h"
#include "proto/imap/imap_list.h"
#include "proto/imap/imap_utf7.h"
#include "proto/imap/imap_write.h"
#include "service/mail/imap/session.h"
#include "service/mail/imap/status.h"

enum { ENTRIES_MAX = 3000, PATTERN_ROOM = 4000 };

/* A name that may be listed: a mailbox, a subscription without one, or a level above one. */
struct entry {
    struct str name;
    const mailbox_row *mailbox; /* NULL: there is none */
    bool is_subscribed, has_children, has_subscribed_child;
};

struct entries {
    struct entry at[ENTRIES_MAX];
    size_t count;
};

static bool is_below(struct str parent, struct str name)
{
    return name.len > parent.len && name.at[parent.len] == '/' && str_starts(name, parent);
}

static struct entry *entry_of(struct entries *entries, struct str name)
{
    for (size_t i = 0; i < entries->count; i++)
        if (str_eq(entries->at[i].name, name))
            return &entries->at[i];
    if (entries->count == ENTRIES_MAX)
        return NULL;
    entries->at[entries->count] = (struct entry){.name = name};
    return &entries->at[entries->count++];
}

static enum status read_entries(struct imap_call *call, struct entries *entries)
{
    mailbox_row *boxes;
    struct sql_mailbox_subscription_list_row *names;
    size_t count;
    struct ctx *ctx = call->ctx;
    TRY(mailbox_list(ctx, call->session->account, &boxes, &count));
    for (size_t i = 0; i < count; i++)
        entries->at[entries->count++] = (struct entry){
            .name = boxes[i].name, .mailbox = &boxes[i], .is_subscribed = boxes[i].is_subscribed != 0};
    struct sql_mailbox_subscription_list in = {.account = call->session->account};
    TRY(sql_mailbox_subscription_list(ctx->db, ctx->arena, in, &names, &count));
    for (size_t i = 0; i < count; i++) {
        struct entry *entry = entry_of(entries, names[i].name);
        if (entry == NULL)
            return LIMIT;
        entry->is_subscribed = true;
    }
    for (size_t i = 0; i < entries->count; i++)
        for (size_t j = 0; j < entries->count; j++)
            if (is_below(entries->at[i].name, entries->at[j].name)) {
                entries->at[i].has_children |= entries->at[j].mailbox != NULL;
                entries->at[i].has_subscribed_child |= entries->at[j].is_subscribed;
            }
    return OK;
}

static struct str use_flag(struct str special_use)
{
    static const struct {
        struct str use, flag;
    } uses[] = {{STR_INIT("drafts"), STR_INIT("\\Drafts")},   {STR_INIT("sent"), STR_INIT("\\Sent")},
                {STR_INIT("archive"), STR_INIT("\\Archive")}, {STR_INIT("junk"), STR_INIT("\\Junk")},
                {STR_INIT("trash"), STR_INIT("\\Trash")}};
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++)
        if (str_eq(special_use, uses[i].use))
            return uses[i].flag;
    return STR("");
}

static void add_flag(struct buf *flags, struct str flag)
{
    if (flag.len == 0)
        return;
    if (flags->len > 0)
        buf_add_byte(flags, ' ');
    buf_add(flags, flag);
}

static void write_flags(struct imap_call *call, const struct imap_list *list, const struct entry *entry,
                        struct buf *flags)
{
    bool says_subscribed = (list->returns | list->selects) & IMAP_LIST_SUBSCRIBED;
    (void)call;
    if (entry->mailbox == NULL)
        add_flag(flags, list->is_extended ? STR("\\NonExistent") : STR("\\Noselect"));
    if (says_subscribed && entry->is_subscribed)
        add_flag(flags, STR("\\Subscribed"));
    /* Cheap to know, so always said (RFC 3348; RFC 9051 section 7.3.1). */
    add_flag(flags, entry->has_children ? STR("\\HasChildren") : STR("\\HasNoChildren"));
    if (entry->mailbox != NULL)
        add_flag(flags, use_flag(entry->mailbox->special_use));
}

static bool is_selected(const struct imap_list *list, const struct entry *entry)
{
    bool is_in = entry->mailbox != NULL || (list->selects & IMAP_LIST_SUBSCRIBED && entry->is_subscribed);
    if (list->selects & IMAP_LIST_SUBSCRIBED)
        is_in &= entry->is_subscribed;
    if (list->selects & IMAP_LIST_SPECIAL_USE)
        is_in &= entry->mailbox != NULL && use_flag(entry->mailbox->special_use).len > 0;
    return is_in;
}

static enum status decoded(struct imap_call *call, struct str written, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(PATTERN_ROOM);
    if (imap_is_utf8(call->session)) {
        *ret_text = written;
        return OK;
    }
    if (imap_utf7_decode(&text, written) != OK)
        return INVALID; /* matches nothing */
    *ret_text = str_copy(call->ctx->arena, buf_str(&text));
    return OK;
}

static bool matches(struct imap_call *call, const struct imap_list *list, struct str name)
{
    struct str reference, pattern;
    if (decoded(call, list->reference, &reference) != OK)
        return false;
    for (size_t i = 0; i < list->pattern_count; i++)
        if (decoded(call, list->patterns[i], &pattern) == OK && imap_list_matches(reference, pattern, name, '/'))
            return true;
    return false;
}

static enum status write_entry(struct imap_call *call, const struct imap_list *list, const struct entry *entry,
                               bool is_recursive)
{
    struct buf flags BUF_SCOPE = BUF_INIT(500);
    write_flags(call, list, entry, &flags);
    buf_add_format(call->out, "* LIST (%.*s) \"/\" ", STR_ARG(buf_str(&flags)));
    imap_write_mailbox(call->out, entry->name, imap_is_utf8(call->session));
    if (is_recursive)
        buf_add_literal(call->out, " (CHILDINFO (\"SUBSCRIBED\"))");
    buf_add_literal(call->out, "\r\n");
    if (list->returns & IMAP_LIST_STATUS && entry->mailbox != NULL)
        return imap_status_write(call, entry->mailbox, list->status);
    return OK;
}

/* The bare reference asks for the separator (RFC 9051 section 6.3.9). */
static bool is_question(const struct imap_list *list)
{
    return !list->is_extended && list->pattern_count == 1 && list->patterns[0].len == 0;
}

/* RECURSIVEMATCH: a subscribed child that the patterns themselves do not show (RFC 5258 section 3.5). */
static bool hides_subscribed(struct imap_call *call, const struct imap_list *list, const struct entries *entries,
                             const struct entry *parent)
{
    if (!(list->selects & IMAP_LIST_RECURSIVEMATCH) || !(list->selects & IMAP_LIST_SUBSCRIBED) ||
        !parent->has_subscribed_child)
        return false;
    for (size_t i = 0; i < entries->count; i++)
        if (entries->at[i].is_subscribed && is_below(parent->name, entries->at[i].name) &&
            !matches(call, list, entries->at[i].name))
            return true;
    return false;
}

enum status imap_list(struct imap_call *call)
{
    struct imap_list list;
    struct entries *entries = arena_new(call->ctx->arena, struct entries);
    if (entries == NULL)
        return LIMIT;
    TRY(imap_list_parse(call->command->args, call->command->count, call->ctx->arena, &list, &call->why));
    if (is_question(&list)) {
        buf_add_literal(call->out, "* LIST (\\Noselect) \"/\" \"\"\r\n");
        return OK;
    }
    TRY(read_entries(call, entries));
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->at[i];
        bool is_recursive = hides_subscribed(call, &list, entries, entry);
        if ((is_selected(&list, entry) || is_recursive) && matches(call, &list, entry->name))
            TRY(write_entry(call, &list, entry, is_recursive));
    }
    return OK;
}

/* LSUB: a parent that matches '%' is shown for a subscribed child that does not (RFC 3501 section 6.3.9). */
enum status imap_lsub(struct imap_call *call)
{
    struct imap_list list;
    struct entries *entries = arena_new(call->ctx->arena, struct entries);
    if (entries == NULL)
        return LIMIT;
    TRY(imap_list_parse(call->command->args, call->command->count, call->ctx->arena, &list, &call->why));
    if (list.is_extended)
        return imap_call_bad(call, "LSUB takes a reference and a pattern");
    TRY(read_entries(call, entries));
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->at[i];
        bool is_parent = !entry->is_subscribed && entry->has_subscribed_child &&
                         str_find_byte(list.patterns[0], '%') != SIZE_MAX;
        if ((!entry->is_subscribed && !is_parent) || !matches(call, &list, entry->name))
            continue;
        buf_add_format(call->out, "* LSUB (%s) \"/\" ", is_parent ? "\\Noselect" : "");
        imap_write_mailbox(call->out, entry->name, imap_is_utf8(call->session));
        buf_add_literal(call->out, "\r\n");
    }
    return OK;
}
