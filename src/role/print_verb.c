#include "role/print_verb.h"

/* What is still to be printed. */
struct printing {
    struct str rest;
    enum status end;
};

enum status print_keep(struct verb_call *call, struct str bytes, enum status end)
{
    struct printing *printing = arena_new(call->always, struct printing);
    if (printing == NULL || str_is_absent(printing->rest = str_copy(call->always, bytes)))
        return LIMIT;
    printing->end = end;
    *call->kept = printing;
    return OK;
}

enum status print_go(struct ctx *ctx, struct verb_call *call)
{
    struct printing *printing = *call->kept;
    (void)ctx;
    buf_add(call->out, str_slice(printing->rest, 0, VERB_OUT_MAX));
    printing->rest = str_after(printing->rest, VERB_OUT_MAX);
    if (printing->rest.len > 0) {
        call->next--;
        return OK;
    }
    call->is_told = printing->end != OK;
    return printing->end;
}
