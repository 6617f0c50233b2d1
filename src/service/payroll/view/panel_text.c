/* Numbers, days and months as people read and write them. */
#include "service/payroll/lang.h"
#include "service/payroll/view/panel.h"

#define MILLION INT64_C(1000000)
#define NUMBER_MAX (INT64_C(100000000) * MILLION)
enum { DAY_BYTES = 16, MONTH_BYTES = 7, LETTERS_MAX = 40, DECIMALS_MAX = 6, RATE_MIN_DECIMALS = 2, RATE_DECIMALS = 4 };

/* ---- written ---- */

struct str panel_day(struct ctx *ctx, struct date day)
{
    return day.days == 0 ? STR("") : page_date(ctx, day);
}

struct str panel_month(struct ctx *ctx, struct date day)
{
    static const enum text_key names[] = {
        T_payroll_month_1, T_payroll_month_2, T_payroll_month_3, T_payroll_month_4,  T_payroll_month_5,
        T_payroll_month_6, T_payroll_month_7, T_payroll_month_8, T_payroll_month_9,  T_payroll_month_10,
        T_payroll_month_11, T_payroll_month_12};
    struct civil civil = civil_of_date(day);
    return str_format(ctx->arena, "%.*s %d", STR_ARG(text_of(ctx->language, names[civil.month - 1])), civil.year);
}

struct str panel_of_month(struct ctx *ctx, struct date day)
{
    int32_t month = civil_of_date(day).month;
    bool is_vowel = month == 4 || month == 8 || month == 10; /* avril, août, octobre */
    const struct text_arg name = TEXT_ARG("month", panel_month(ctx, day));
    return text_with(ctx->arena, ctx->language, is_vowel ? T_payroll_of_month_vowel : T_payroll_of_month, &name, 1);
}

struct str panel_iso(struct ctx *ctx, struct date day)
{
    struct civil civil = civil_of_date(day);
    return str_format(ctx->arena, "%04d-%02d", civil.year, civil.month);
}

struct str panel_number(struct ctx *ctx, int64_t number)
{
    return str_format(ctx->arena, "%lld", (long long)number);
}

struct str panel_rate(struct ctx *ctx, int64_t millionths)
{
    int64_t decimals = millionths % (MILLION / 100);
    int shown = RATE_DECIMALS;
    for (; shown > RATE_MIN_DECIMALS && decimals % 10 == 0; shown--)
        decimals /= 10;
    bool is_english = ctx->language == LANGUAGE_EN;
    return str_format(ctx->arena, is_english ? "%lld.%0*lld%%" : "%lld,%0*lld\xC2\xA0%%",
                      (long long)(millionths / (MILLION / 100)), shown, (long long)decimals);
}

struct str panel_euros(struct ctx *ctx, int64_t cents)
{
    return page_money(ctx, (struct money){cents});
}

/* ---- read ---- */

enum status panel_read_month(struct str text, struct date *ret_month)
{
    char day[] = "2026-01-01";
    struct date date;
    text = str_trim(text);
    if (text.len == MONTH_BYTES) {
        memcpy(day, text.at, MONTH_BYTES);
        text = str_of(day);
    }
    TRY(date_parse(text, &date));
    *ret_month = date_month_start(date);
    return OK;
}

/* Blanks between thousands: ' ', U+00A0, U+202F; U+2212 is a minus; a comma is a point. */
static char take_letter(struct str *text)
{
    static const struct {
        struct str bytes;
        char letter; /* 0: nothing */
    } known[] = {{STR_INIT(" "), 0}, {STR_INIT("\xC2\xA0"), 0}, {STR_INIT("\xE2\x80\xAF"), 0},
                 {STR_INIT("\xE2\x88\x92"), '-'}, {STR_INIT(","), '.'}};
    char letter = text->at[0];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(*text, known[i].bytes)) {
            *text = str_after(*text, known[i].bytes.len);
            return known[i].letter;
        }
    *text = str_after(*text, 1);
    return letter;
}

static enum status plain_of(struct str text, char letters[LETTERS_MAX], struct str *ret_plain)
{
    size_t len = 0;
    for (text = str_trim(text); text.len > 0;) {
        char letter = take_letter(&text);
        if (letter == 0)
            continue;
        if (len == LETTERS_MAX)
            return INVALID;
        letters[len++] = letter;
    }
    *ret_plain = (struct str){letters, len};
    return OK;
}

enum status panel_read_number(struct str text, int64_t *ret_millionths)
{
    char letters[LETTERS_MAX];
    struct str decimals;
    uint64_t whole, parts = 0;
    TRY(plain_of(text, letters, &decimals));
    bool is_negative = decimals.len > 0 && decimals.at[0] == '-';
    decimals = str_after(decimals, is_negative);
    TRY(str_to_u64(str_cut(&decimals, '.'), (uint64_t)(NUMBER_MAX / MILLION), &whole));
    if (!str_is_absent(decimals)) {
        if (decimals.len == 0 || decimals.len > DECIMALS_MAX)
            return INVALID;
        TRY(str_to_u64(decimals, (uint64_t)MILLION, &parts));
        for (size_t i = decimals.len; i < DECIMALS_MAX; i++)
            parts *= 10;
    }
    int64_t millionths = (int64_t)whole * MILLION + (int64_t)parts;
    *ret_millionths = is_negative ? -millionths : millionths;
    return OK;
}
