#include "service/accounting/debt/loan_view.h"

#include "service/accounting/lang.h"

struct str loan_path(struct ctx *ctx, const struct credit_year *year, int64_t loan, const char *rest)
{
    return str_format(ctx->arena, "/accounting/years/%lld/%d/loans/%lld%s", (long long)year->budget, year->year,
                      (long long)loan, rest);
}

struct str loan_rate_words(struct ctx *ctx, int64_t rate)
{
    enum { PERCENT = 10000 };
    char point = ctx->language == LANGUAGE_FR ? ',' : '.';
    return str_format(ctx->arena, "%lld%c%04lld", (long long)(rate / PERCENT), point, (long long)(rate % PERCENT));
}

enum status loan_read_rate(struct str text, int64_t *ret_rate)
{
    enum { DECIMALS = 4, WHOLE_MAX = 100 };
    uint64_t whole, part = 0;
    struct str rest = str_trim(text);
    size_t comma = str_find_byte(rest, ',') == SIZE_MAX ? str_find_byte(rest, '.') : str_find_byte(rest, ',');
    struct str digits = comma == SIZE_MAX ? STR("") : str_after(rest, comma + 1);
    struct str before = comma == SIZE_MAX ? rest : str_slice(rest, 0, comma);
    if (digits.len > DECIMALS || str_to_u64(before, WHOLE_MAX, &whole) != OK)
        return INVALID;
    if (digits.len > 0)
        TRY(str_to_u64(digits, UINT32_MAX, &part));
    for (size_t i = digits.len; i < DECIMALS; i++)
        part *= 10;
    *ret_rate = (int64_t)(whole * 10000 + part);
    return OK;
}

enum status loan_wrong(struct ctx *ctx)
{
    return refuse(ctx, INVALID, "accounting.loan_wrong", T_accounting_loan_wrong);
}
