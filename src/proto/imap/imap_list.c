#include "proto/imap/imap_list.h"


static const struct {
    struct str name;
    enum imap_list_option bit;
    bool is_select, is_return;
} options[] = {
    {STR_INIT("SUBSCRIBED"), IMAP_LIST_SUBSCRIBED, true, true},
    {STR_INIT("REMOTE"), IMAP_LIST_REMOTE, true, false},
    {STR_INIT("RECURSIVEMATCH"), IMAP_LIST_RECURSIVEMATCH, true, false},
    {STR_INIT("SPECIAL-USE"), IMAP_LIST_SPECIAL_USE, true, true},
    {STR_INIT("CHILDREN"), IMAP_LIST_CHILDREN, false, true},
};

static const struct {
    struct str name;
    enum imap_status_item bit;
} items[] = {
    {STR_INIT("MESSAGES"), IMAP_STATUS_MESSAGES},       {STR_INIT("RECENT"), IMAP_STATUS_RECENT},
    {STR_INIT("UIDNEXT"), IMAP_STATUS_UIDNEXT},         {STR_INIT("UIDVALIDITY"), IMAP_STATUS_UIDVALIDITY},
    {STR_INIT("UNSEEN"), IMAP_STATUS_UNSEEN},           {STR_INIT("DELETED"), IMAP_STATUS_DELETED},
    {STR_INIT("SIZE"), IMAP_STATUS_SIZE},               {STR_INIT("HIGHESTMODSEQ"), IMAP_STATUS_HIGHESTMODSEQ},
    {STR_INIT("MAILBOXID"), IMAP_STATUS_MAILBOXID},     {STR_INIT("APPENDLIMIT"), IMAP_STATUS_APPENDLIMIT},
    {STR_INIT("DELETED-STORAGE"), IMAP_STATUS_DELETED_STORAGE},
};

static enum status refused(const char **ret_why, const char *why)
{
    *ret_why = why;
    return INVALID;
}

struct str imap_status_name(enum imap_status_item item)
{
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
        if (items[i].bit == item)
            return items[i].name;
    return STR("");
}

enum status imap_status_parse(const struct imap_arg *arg, unsigned *ret_items, const char **ret_why)
{
    unsigned parsed = 0;
    if (arg == NULL || arg->kind != IMAP_LIST || arg->count == 0)
        return refused(ret_why, "Status items are missing");
    for (size_t i = 0; i < arg->count; i++) {
        unsigned bit = 0;
        for (size_t j = 0; j < sizeof items / sizeof items[0]; j++)
            if (imap_arg_is(&arg->items[i], items[j].name))
                bit = items[j].bit;
        if (bit == 0)
            return refused(ret_why, "Unknown status item");
        parsed |= bit;
    }
    *ret_items = parsed;
    return OK;
}

static unsigned option_of(const struct imap_arg *arg, bool is_return)
{
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (imap_arg_is(arg, options[i].name) && (is_return ? options[i].is_return : options[i].is_select))
            return options[i].bit;
    return 0;
}

static enum status selects(const struct imap_arg *list, struct imap_list *into, const char **ret_why)
{
    for (size_t i = 0; i < list->count; i++) {
        unsigned bit = option_of(&list->items[i], false);
        if (bit == 0)
            return refused(ret_why, "Unknown selection option");
        into->selects |= bit;
    }
    bool has_base = (into->selects & (IMAP_LIST_SUBSCRIBED | IMAP_LIST_SPECIAL_USE)) != 0;
    if (into->selects & IMAP_LIST_RECURSIVEMATCH && !has_base)
        return refused(ret_why, "RECURSIVEMATCH needs another option");
    return OK;
}

static enum status returns(const struct imap_arg *list, struct imap_list *into, const char **ret_why)
{
    for (size_t i = 0; i < list->count; i++) {
        if (imap_arg_is(&list->items[i], STR("STATUS"))) {
            const struct imap_arg *wanted = i + 1 < list->count ? &list->items[++i] : NULL;
            TRY(imap_status_parse(wanted, &into->status, ret_why));
            into->returns |= IMAP_LIST_STATUS;
            continue;
        }
        unsigned bit = option_of(&list->items[i], true);
        if (bit == 0)
            return refused(ret_why, "Unknown return option");
        into->returns |= bit;
    }
    return OK;
}

static enum status patterns(const struct imap_arg *arg, struct arena *arena, struct imap_list *into,
                            const char **ret_why)
{
    bool is_list = arg->kind == IMAP_LIST;
    size_t count = is_list ? arg->count : 1;
    if (count == 0 || count > IMAP_PATTERN_MAX)
        return refused(ret_why, "Too few or too many patterns");
    into->patterns = arena_array(arena, struct str, count);
    if (into->patterns == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (imap_arg_pattern(is_list ? &arg->items[i] : arg, &into->patterns[i]) != OK)
            return refused(ret_why, "Not a mailbox pattern");
    into->pattern_count = count;
    into->is_extended |= is_list;
    return OK;
}

enum status imap_list_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                            struct imap_list *ret_list, const char **ret_why)
{
    struct imap_list list = {0};
    *ret_why = "Command too large";
    if (count > 0 && args[0].kind == IMAP_LIST) {
        TRY(selects(&args[0], &list, ret_why));
        list.is_extended = true;
        args++;
        count--;
    }
    if (count < 2 || imap_arg_astring(&args[0], &list.reference) != OK)
        return refused(ret_why, "Reference name is missing");
    TRY(patterns(&args[1], arena, &list, ret_why));
    if (count > 2) {
        if (count != 4 || !imap_arg_is(&args[2], STR("RETURN")) || args[3].kind != IMAP_LIST)
            return refused(ret_why, "Not return options");
        TRY(returns(&args[3], &list, ret_why));
        list.is_extended = true;
    }
    *ret_list = list;
    return OK;
}

/* ---- matching ---- */

/* Where in `name` a match may have come to, one bit for each place: a wildcard keeps places alive, a character moves
 * them on. */
static void step(const bool *from, bool *to, struct str name, char c, char separator)
{
    bool is_alive = false;
    for (size_t i = 0; i <= name.len; i++) {
        is_alive = from[i] || (is_alive && c == '*') || (is_alive && c == '%' && name.at[i - 1] != separator);
        to[i] = is_alive;
    }
}

static void step_literal(const bool *from, bool *to, struct str name, char c, size_t inbox)
{
    to[0] = false;
    for (size_t i = 0; i < name.len; i++) {
        bool is_same = name.at[i] == c || (i < inbox && ascii_lower(name.at[i]) == ascii_lower(c));
        to[i + 1] = from[i] && is_same;
    }
}

bool imap_list_matches(struct str reference, struct str pattern, struct str name, char separator)
{
    bool rows[2][IMAP_NAME_MAX + 1] = {{false}};
    size_t inbox = str_starts_nocase(name, STR("INBOX")) && (name.len == 5 || name.at[5] == separator) ? 5 : 0;
    int row = 0;
    if (reference.len + pattern.len > IMAP_NAME_MAX || name.len > IMAP_NAME_MAX)
        return false;
    rows[0][0] = true;
    for (size_t i = 0; i < reference.len + pattern.len; i++) {
        bool is_literal = i < reference.len;
        char c = is_literal ? reference.at[i] : pattern.at[i - reference.len];
        if (!is_literal && (c == '*' || c == '%'))
            step(rows[row], rows[!row], name, c, separator);
        else
            step_literal(rows[row], rows[!row], name, c, inbox);
        row = !row;
    }
    return rows[row][name.len];
}
