#include "proto/imap/imap_flags.h"

#include "base/list.h"
#include "proto/imap/imap_date.h"

struct keyword_list LIST_OF(struct str);

static const struct {
    struct str name;
    enum imap_flag bit;
} flags[] = {{STR_INIT("\\Answered"), IMAP_ANSWERED}, {STR_INIT("\\Flagged"), IMAP_FLAGGED},
             {STR_INIT("\\Deleted"), IMAP_DELETED},   {STR_INIT("\\Seen"), IMAP_SEEN},
             {STR_INIT("\\Draft"), IMAP_DRAFT}};
enum { FLAG_COUNT = sizeof flags / sizeof flags[0] };

static enum status refused(const char **ret_why, enum status status, const char *why)
{
    *ret_why = why;
    return status;
}

enum status imap_flag_parse(struct str text, unsigned *ret_bit)
{
    *ret_bit = 0;
    for (size_t i = 0; i < FLAG_COUNT; i++)
        if (str_eq_nocase(text, flags[i].name)) {
            *ret_bit = flags[i].bit;
            return OK;
        }
    for (size_t i = 0; i < text.len; i++)
        if (!imap_is_atom_char(text.at[i]))
            return INVALID;
    return text.len > 0 && text.len <= IMAP_KEYWORD_LENGTH ? OK : INVALID;
}

struct str imap_flag_name(enum imap_flag flag)
{
    for (size_t i = 0; i < FLAG_COUNT; i++)
        if (flags[i].bit == flag)
            return flags[i].name;
    return STR("");
}

static bool has_keyword(const struct keyword_list *keywords, struct str text)
{
    for (size_t i = 0; i < keywords->count; i++)
        if (str_eq_nocase(keywords->at[i], text))
            return true;
    return false;
}

static enum status add_flag(const struct imap_arg *arg, struct arena *arena, struct imap_flags *into,
                            struct keyword_list *keywords)
{
    unsigned bit;
    if (arg->kind != IMAP_ATOM)
        return INVALID;
    TRY(imap_flag_parse(arg->text, &bit));
    into->system |= bit;
    if (bit != 0 || has_keyword(keywords, arg->text))
        return OK;
    struct str *added = list_add(keywords, arena, IMAP_KEYWORD_MAX);
    if (added == NULL)
        return LIMIT;
    *added = arg->text;
    return OK;
}

enum status imap_flags_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                             struct imap_flags *ret_flags, const char **ret_why)
{
    struct imap_flags parsed = {0};
    struct keyword_list keywords = {0};
    if (count == 0)
        return refused(ret_why, INVALID, "Flags are missing");
    if (count == 1 && args[0].kind == IMAP_LIST) {
        count = args[0].count;
        args = args[0].items;
    }
    for (size_t i = 0; i < count; i++) {
        enum status done = add_flag(&args[i], arena, &parsed, &keywords);
        if (done != OK)
            return refused(ret_why, done, done == LIMIT ? "Too many flags" : "Not a flag");
    }
    parsed.keywords = keywords.at;
    parsed.keyword_count = keywords.count;
    *ret_flags = parsed;
    return OK;
}

void imap_flags_write(struct buf *out, const struct imap_flags *from)
{
    const char *space = "";
    buf_add_byte(out, '(');
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (!(from->system & flags[i].bit))
            continue;
        buf_add_format(out, "%s%.*s", space, STR_ARG(flags[i].name));
        space = " ";
    }
    for (size_t i = 0; i < from->keyword_count; i++, space = " ")
        buf_add_format(out, "%s%.*s", space, STR_ARG(from->keywords[i]));
    buf_add_byte(out, ')');
}

/* ---- STORE ---- */

static enum status store_modifiers(const struct imap_arg *arg, struct imap_store *store, const char **ret_why)
{
    bool is_known = arg->count == 2 && imap_arg_is(&arg->items[0], STR("UNCHANGEDSINCE"));
    if (!is_known || imap_arg_number(&arg->items[1], INT64_MAX, &store->unchanged_since) != OK)
        return refused(ret_why, INVALID, "Unknown STORE modifier");
    store->is_unchanged_since = true;
    return OK;
}

static enum status store_item(const struct imap_arg *arg, struct imap_store *store, const char **ret_why)
{
    if (arg == NULL || arg->kind != IMAP_ATOM)
        return refused(ret_why, INVALID, "Data item name is missing");
    struct str name = arg->text;
    store->how = IMAP_STORE_REPLACE;
    if (name.len > 0 && (name.at[0] == '+' || name.at[0] == '-')) {
        store->how = name.at[0] == '+' ? IMAP_STORE_ADD : IMAP_STORE_REMOVE;
        name = str_after(name, 1);
    }
    store->is_silent = str_eq_nocase(name, STR("FLAGS.SILENT"));
    if (!store->is_silent && !str_eq_nocase(name, STR("FLAGS")))
        return refused(ret_why, INVALID, "Unknown data item");
    return OK;
}

enum status imap_store_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                             struct imap_store *ret_store, const char **ret_why)
{
    struct imap_store store = {0};
    if (count > 0 && args[0].kind == IMAP_LIST) {
        TRY(store_modifiers(&args[0], &store, ret_why));
        args++;
        count--;
    }
    TRY(store_item(count > 0 ? args : NULL, &store, ret_why));
    TRY(imap_flags_parse(args + 1, count - 1, arena, &store.flags, ret_why));
    *ret_store = store;
    return OK;
}

/* ---- APPEND ---- */

static bool is_message(const struct imap_arg *arg)
{
    return arg->kind == IMAP_STRING || arg->kind == IMAP_STREAM;
}

/* "UTF8 (~{n}...)" (RFC 6855 section 4) or the message itself. */
static enum status append_message(const struct imap_arg *args, size_t count, struct imap_append *append)
{
    if (count == 2 && imap_arg_is(&args[0], STR("UTF8")) && args[1].kind == IMAP_LIST && args[1].count == 1) {
        append->is_utf8 = true;
        append->message = &args[1].items[0];
        return is_message(append->message) && append->message->is_literal8 ? OK : INVALID;
    }
    if (count != 1 || !is_message(&args[0]))
        return INVALID;
    append->message = &args[0];
    return OK;
}

enum status imap_append_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                              struct imap_append *ret_append, const char **ret_why)
{
    struct imap_append append = {0};
    if (count == 0 || imap_arg_astring(&args[0], &append.mailbox) != OK)
        return refused(ret_why, INVALID, "Mailbox name is missing");
    args++;
    count--;
    if (count > 0 && args[0].kind == IMAP_LIST) {
        TRY(imap_flags_parse(args, 1, arena, &append.flags, ret_why));
        args++;
        count--;
    }
    if (count > 1 && args[0].kind == IMAP_STRING) {
        if (imap_datetime_parse(args[0].text, &append.date, &append.offset_minutes) != OK)
            return refused(ret_why, INVALID, "Not a date-time");
        append.is_dated = true;
        args++;
        count--;
    }
    if (append_message(args, count, &append) != OK)
        return refused(ret_why, INVALID, "Exactly one message literal is expected");
    *ret_append = append;
    return OK;
}
