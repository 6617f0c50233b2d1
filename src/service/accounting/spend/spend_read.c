/* What stands in an address or was written in a form of spending. */
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/lang.h"
#include "service/accounting/spend/spend_view.h"

enum status spend_read_day(struct ctx *ctx, const struct web_request *request, const char *name, struct date *ret_day)
{
    return date_parse(web_text(request, name), ret_day) == OK
               ? OK
               : refuse(ctx, INVALID, "accounting.day", T_accounting_day_wrong);
}

enum status spend_read_money(struct ctx *ctx, const struct web_request *request, const char *name,
                             struct money *ret_money)
{
    return budget_amount_read(ctx->language, web_text(request, name), ret_money) == OK
               ? OK
               : refuse(ctx, INVALID, "accounting.amount", T_accounting_amount_wrong);
}

enum status spend_read_command(struct ctx *ctx, const struct web_request *request, unsigned char ret_id[ENTRY_ID_BYTES])
{
    return book_id_read(web_text(request, "command"), ret_id) == OK
               ? OK
               : refuse(ctx, INVALID, "accounting.command", T_accounting_command_wrong);
}

enum status spend_read_number(const struct web_request *request, size_t place, int64_t *ret_number)
{
    return str_to_i64(request->params[place], ret_number) == OK && *ret_number > 0 ? OK : NOT_FOUND;
}

enum status spend_read_year(struct ctx *ctx, const struct web_request *request, struct credit_year *ret_year)
{
    int64_t budget, year;
    TRY(spend_read_number(request, 0, &budget));
    TRY(spend_read_number(request, 1, &year));
    return year <= CELL_YEAR_LAST ? credit_year(ctx, budget, (int32_t)year, ret_year) : NOT_FOUND;
}
