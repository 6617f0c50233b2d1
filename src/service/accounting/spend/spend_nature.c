#include "service/accounting/spend/spend_nature.h"

#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_code.h"

static const struct {
    struct str code;
    enum text_key words;
} natures[] = {{STR_INIT(PES_ORDER_RETAINED), T_accounting_nature_retained},
               {STR_INIT(PES_ORDER_LAST), T_accounting_nature_last},
               {STR_INIT(PES_ORDER_ADVANCE), T_accounting_nature_advance}};
enum { NATURES = sizeof natures / sizeof *natures };

enum status spend_field_nature(struct spend_view *view, struct spend_page_action *action)
{
    struct spend_page_action_field *field =
        spend_field(view, action, "nature", T_accounting_nature, SPEND_WORDS, STR(""), false);
    spend_hint(view, field, T_accounting_nature_hint);
    TRY(spend_choices(view, field, NATURES));
    for (size_t i = 0; i < NATURES; i++)
        spend_choice(field, NATURES, natures[i].code, text_of(view->ctx->language, natures[i].words));
    return OK;
}

enum status spend_read_nature(const struct web_request *request, struct faults *faults, struct str *ret_nature)
{
    *ret_nature = str_trim(web_text(request, "nature"));
    if (ret_nature->len == 0)
        return OK;
    for (size_t i = 0; i < NATURES; i++)
        if (str_eq(natures[i].code, *ret_nature))
            return OK;
    return fault_refuse(faults, "piece.nature", "nature", *ret_nature, STR(""));
}
