#include "proto/imap/imap_select.h"

static enum status refused(const char **ret_why, const char *why)
{
    *ret_why = why;
    return INVALID;
}

/* Known UIDs and the like hold numbers alone (RFC 7162 section 7, known-uids). */
static enum status read_set(const struct imap_arg *arg, struct arena *arena, struct imap_set *ret_set)
{
    if (arg->kind != IMAP_ATOM || imap_set_parse(arg->text, arena, ret_set) != OK || ret_set->is_saved)
        return INVALID;
    for (size_t i = 0; i < ret_set->count; i++)
        if (ret_set->ranges[i].from == IMAP_STAR || ret_set->ranges[i].to == IMAP_STAR)
            return INVALID;
    imap_set_resolve(ret_set, UINT32_MAX);
    return OK;
}

static enum status read_qresync(const struct imap_arg *arg, struct arena *arena, struct imap_select *select,
                                const char **ret_why)
{
    uint64_t validity;
    if (arg->kind != IMAP_LIST || arg->count < 2 || arg->count > 4 ||
        imap_arg_number(&arg->items[0], UINT32_MAX, &validity) != OK || validity == 0 ||
        imap_arg_number(&arg->items[1], INT64_MAX, &select->modseq) != OK || select->modseq == 0)
        return refused(ret_why, "QRESYNC needs a UIDVALIDITY and a mod-sequence");
    select->is_qresync = true;
    select->uidvalidity = (uint32_t)validity;
    size_t at = 2;
    if (at < arg->count && arg->items[at].kind == IMAP_ATOM &&
        read_set(&arg->items[at++], arena, &select->known_uids) != OK)
        return refused(ret_why, "Not a set of known UIDs");
    if (at == arg->count)
        return OK;
    const struct imap_arg *match = &arg->items[at];
    if (match->kind != IMAP_LIST || match->count != 2 || at + 1 != arg->count ||
        read_set(&match->items[0], arena, &select->match_numbers) != OK ||
        read_set(&match->items[1], arena, &select->match_uids) != OK)
        return refused(ret_why, "Not sequence match data");
    return OK;
}

enum status imap_select_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                              struct imap_select *ret_select, const char **ret_why)
{
    struct imap_select select = {0};
    if (count == 0 || count > 2 || imap_arg_astring(&args[0], &select.mailbox) != OK)
        return refused(ret_why, "Mailbox name is missing");
    if (count == 2 && args[1].kind != IMAP_LIST)
        return refused(ret_why, "Parameters stand in parentheses");
    const struct imap_arg *list = count == 2 ? &args[1] : NULL;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (imap_arg_is(&list->items[i], STR("CONDSTORE"))) {
            select.is_condstore = true;
        } else if (imap_arg_is(&list->items[i], STR("QRESYNC")) && i + 1 < list->count) {
            TRY(read_qresync(&list->items[++i], arena, &select, ret_why));
        } else {
            return refused(ret_why, "Unknown parameter");
        }
    }
    *ret_select = select;
    return OK;
}
