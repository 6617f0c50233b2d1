#include "service/accounting/receipt/regie_view.h"

#include "service/accounting/lang.h"

enum { MONTH_LETTERS = sizeof "2026-11" - 1 };

const enum text_key regie_kind_words[REGIE_KINDS] = {[REGIE_RECEIPTS] = T_accounting_regie_receipts,
                                                     [REGIE_ADVANCE] = T_accounting_regie_advance,
                                                     [REGIE_BOTH] = T_accounting_regie_both};
const enum text_key regie_means_words[REGIE_MEANS] = {[REGIE_CASH] = T_accounting_means_cash,
                                                       [REGIE_CHEQUE] = T_accounting_means_cheque,
                                                       [REGIE_CARD] = T_accounting_means_card,
                                                       [REGIE_ONLINE] = T_accounting_means_online};

struct str regie_path(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/regies/%lld%s", (long long)id, rest);
}

struct str regie_month_text(struct ctx *ctx, struct date day)
{
    return str_slice(spend_iso(ctx, day), 0, MONTH_LETTERS);
}

/* ---- choices ---- */

enum status regie_add_choice(struct spend_view *view, struct spend_page_action *action, const char *name,
                             enum text_key label, const enum text_key *words, size_t count)
{
    struct spend_page_action_field *field = spend_field(view, action, name, label, SPEND_WORDS,
                                                        text_of(view->ctx->language, words[1]), true);
    TRY(spend_choices(view, field, count));
    for (size_t i = 1; i < count; i++)
        spend_choice(field, count, text_of(view->ctx->language, words[i]), STR(""));
    return OK;
}

size_t regie_chosen(struct ctx *ctx, const struct web_request *request, const char *name, const enum text_key *words,
                    size_t count)
{
    struct str text = str_trim(web_text(request, name));
    for (size_t i = 1; i < count; i++)
        if (str_eq_nocase(text, text_of(ctx->language, words[i])))
            return i;
    return 0;
}
