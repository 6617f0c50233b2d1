#include "proto/mime/message_id.h"

#include "proto/mime/header.h"
#include "proto/mime/lex.h"

/* What stands between '<' and '>'; false when the '>' is missing or the id is too long. */
static bool take_id(struct str *rest, struct buf *out)
{
    buf_clear(out);
    while (true) {
        lex_skip(rest, NULL);
        if (rest->len == 0)
            return false;
        if (lex_byte(rest, '>'))
            return out->len > 0 && buf_status(out) == OK;
        if (rest->at[0] == '<') /* the one before was left open */
            return false;
        if (lex_quoted(rest, out))
            continue;
        struct str run = lex_until(rest, "\"<>(");
        buf_add(out, run);
        if (run.len == 0)
            *rest = str_after(*rest, 1);
    }
}

struct str message_id_next(struct arena *arena, struct str *rest)
{
    struct buf id BUF_SCOPE = BUF_INIT(MESSAGE_ID_MAX);
    while (rest->len > 0) {
        size_t open = str_find_byte(*rest, '<');
        *rest = str_after(*rest, open == SIZE_MAX ? rest->len : open + 1);
        if (open != SIZE_MAX && take_id(rest, &id))
            return str_copy(arena, buf_str(&id));
    }
    return STR_NONE;
}

/* Once the list is full the second oldest goes, so that the root and the newest ancestors stay. */
static enum status add_id(struct arena *arena, struct message_ids *ids, struct str id)
{
    if (ids->count == MESSAGE_IDS_MAX) {
        memmove(ids->at + 1, ids->at + 2, (ids->count - 2) * sizeof *ids->at);
        ids->at[ids->count - 1] = id;
        return OK;
    }
    struct str *added = list_add(ids, arena, MESSAGE_IDS_MAX);
    if (added == NULL)
        return LIMIT;
    *added = id;
    return OK;
}

static enum status add_all(struct arena *arena, struct str value, struct message_ids *ids)
{
    struct str rest = str_slice(value, 0, HEADER_VALUE_MAX);
    while (true) {
        struct str id = message_id_next(arena, &rest);
        if (str_is_absent(id))
            return rest.len > 0 ? LIMIT : OK;
        TRY(add_id(arena, ids, id));
    }
}

enum status thread_facts_of(struct arena *arena, struct str header, struct thread_facts *ret_facts)
{
    struct header_wanted wanted[] = {
        {.name = STR("Message-ID")}, {.name = STR("In-Reply-To")}, {.name = STR("References")}};
    struct thread_facts facts = {.id = STR_NONE};
    header_collect(header, wanted, sizeof wanted / sizeof *wanted);
    facts.id = message_id_next(arena, &wanted[0].value);
    struct str answered = str_slice(wanted[1].value, 0, HEADER_VALUE_MAX);
    facts.in_reply_to = message_id_next(arena, &answered);
    TRY(add_all(arena, wanted[2].value, &facts.references));
    if (facts.references.count == 0 && !str_is_absent(facts.in_reply_to))
        TRY(add_id(arena, &facts.references, facts.in_reply_to));
    *ret_facts = facts;
    return OK;
}
