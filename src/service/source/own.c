#include "service/source/own.h"

#include "core/audit.h"
#include "service/source/lang.h"

enum status own_check(struct ctx *ctx, const struct document *document, enum own_replace replace)
{
    struct document standing;
    enum status found = document_by_key(ctx, DOCUMENT_OWN, document->title, &standing);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    if (standing.withdrawn.ms != 0)
        return str_eq(standing.reason, DOCUMENT_REMOVED)
                   ? OK
                   : refuse(ctx, CONFLICT, "source.taken_back", T_source_taken_back);
    if (standing.readers == DOCUMENT_AGENTS && document->readers == DOCUMENT_PUBLIC && replace != OWN_OPEN)
        return refuse(ctx, CONFLICT, "source.title_agents", T_source_title_agents);
    return replace == OWN_KEEP ? refuse(ctx, CONFLICT, "source.title_taken", T_source_title_taken) : OK;
}

enum status own_put(struct ctx *ctx, const struct document_text *given, enum own_replace replace,
                    enum document_change *ret_change, int64_t *ret_id)
{
    struct document_text text = *given;
    text.document.collection = DOCUMENT_OWN;
    text.document.key = text.document.title;
    TRY(document_check(ctx, &text));
    enum status same = document_same(ctx, &text, ret_id);
    if (same == OK) {
        *ret_change = DOCUMENT_SAME;
        return OK;
    }
    if (same != NOT_FOUND)
        return same;
    TRY(own_check(ctx, &text.document, replace));
    return document_put_again(ctx, &text, ret_change, ret_id);
}

enum status own_audit(struct ctx *ctx, const struct document *document, enum document_change change)
{
    return audit_add(ctx, change == DOCUMENT_CHANGED ? "source.replace" : "source.add", document->title,
                     document->licence);
}
