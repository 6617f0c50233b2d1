#include "service/accounting/receipt/batch_view.h"

#include "service/accounting/lang.h"

struct str batch_path(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/batches/%lld%s", (long long)id, rest);
}

enum text_key batch_state_name(enum batch_state state)
{
    static const enum text_key names[BATCH_STATES] = {
        T_accounting_batch_reading, T_accounting_batch_faulty, T_accounting_batch_ready, T_accounting_batch_making,
        T_accounting_batch_made, T_accounting_batch_stopped, T_accounting_batch_dropped};
    return names[state < BATCH_STATES ? state : BATCH_DROPPED];
}

enum spend_mood batch_state_mood(enum batch_state state)
{
    return state == BATCH_MADE ? SPEND_GOOD : state == BATCH_FAULTY || state == BATCH_STOPPED ? SPEND_BAD : SPEND_PLAIN;
}
