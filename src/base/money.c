#include "base/money.h"

enum { DECIMALS_MAX = 2 };

static enum status add_digit(int64_t *cents, char digit)
{
    *cents = *cents * 10 + (digit - '0');
    return *cents > MONEY_MAX ? LIMIT : OK;
}

static bool are_digits(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.at[i]))
            return false;
    return text.len > 0;
}

enum status money_parse(struct str text, struct money *ret_money)
{
    bool is_negative = text.len > 0 && text.at[0] == '-';
    struct str decimals = str_after(text, is_negative);
    struct str whole = str_cut(&decimals, '.');
    bool has_point = !str_is_absent(decimals);
    int64_t cents = 0;
    if (!are_digits(whole) || (has_point && (!are_digits(decimals) || decimals.len > DECIMALS_MAX)))
        return INVALID;
    for (size_t i = 0; i < whole.len; i++)
        TRY(add_digit(&cents, whole.at[i]));
    for (size_t i = 0; i < DECIMALS_MAX; i++)
        TRY(add_digit(&cents, i < decimals.len ? decimals.at[i] : '0'));
    if (is_negative && cents == 0)
        return INVALID;
    *ret_money = (struct money){is_negative ? -cents : cents};
    return OK;
}

void money_write(struct buf *out, struct money money)
{
    int64_t cents = money.cents < 0 ? -money.cents : money.cents;
    buf_add_format(out, "%s%lld.%02lld", money.cents < 0 ? "-" : "", (long long)(cents / 100),
                   (long long)(cents % 100));
}

enum status money_share(struct money amount, int64_t by, int64_t of, struct money *ret_money)
{
    REQUIRE(of > 0);
    __int128 product = (__int128)amount.cents * by, half = of / 2;
    __int128 twice = product < 0 ? -product : product;
    __int128 whole = twice / of, rest = twice % of;
    whole += rest > half || (of % 2 == 0 && rest == half);
    if (whole > MONEY_MAX)
        return LIMIT;
    *ret_money = (struct money){(int64_t)(product < 0 ? -whole : whole)};
    return OK;
}
