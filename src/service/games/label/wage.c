#include "service/games/label/wage.h"

enum { HOUR = 3600, EURO = 1000 /* tenths of a cent */ };

struct str wage_euros(struct ctx *ctx, int64_t tenths_of_cents)
{
    bool is_french = ctx->language == LANGUAGE_FR, is_small = tenths_of_cents < EURO;
    int64_t whole = is_small ? tenths_of_cents : (tenths_of_cents + 5) / 10, unit = is_small ? EURO : EURO / 10;
    return str_format(ctx->arena, "%s%lld%s%0*lld%s", is_french ? "" : "\u20ac", (long long)(whole / unit),
                      is_french ? "," : ".", is_small ? 3 : 2, (long long)(whole % unit),
                      is_french ? "\u00A0\u20ac" : "");
}

int64_t wage_tenths(int64_t seconds, int64_t cents_an_hour)
{
    return (seconds * cents_an_hour * 10 + HOUR / 2) / HOUR;
}
