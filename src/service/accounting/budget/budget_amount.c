/* Amounts and days as people write them. */
#include "service/accounting/budget/budget_draft.h"

enum { AMOUNT_MAX = 40 };

/* Blanks between thousands: ' ', U+00A0, U+202F; U+2212 is a minus. */
static char take_letter(enum language language, struct str *text)
{
    static const struct {
        struct str bytes;
        char letter; /* 0: nothing */
    } known[] = {{STR_INIT(" "), 0}, {STR_INIT("\xC2\xA0"), 0}, {STR_INIT("\xE2\x80\xAF"), 0},
                 {STR_INIT("\xE2\x88\x92"), '-'}};
    char letter = text->at[0];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(*text, known[i].bytes)) {
            *text = str_after(*text, known[i].bytes.len);
            return known[i].letter;
        }
    *text = str_after(*text, 1);
    return letter != ',' ? letter : language == LANGUAGE_EN ? 0 : '.';
}

enum status budget_amount_read(enum language language, struct str text, struct money *ret_money)
{
    char letters[AMOUNT_MAX];
    size_t len = 0;
    for (text = str_trim(text); text.len > 0;) {
        char letter = take_letter(language, &text);
        if (letter == 0)
            continue;
        if (len == AMOUNT_MAX)
            return INVALID;
        letters[len++] = letter;
    }
    return money_parse((struct str){letters, len}, ret_money);
}

/* "12/3/2026" */
static enum status slashed(struct str text, struct date *ret_day)
{
    enum { PARTS = 3, PART_MAX = 9999 };
    uint64_t parts[PARTS];
    struct instant at;
    for (size_t i = 0; i < PARTS; i++)
        TRY(str_to_u64(i < PARTS - 1 ? str_cut(&text, '/') : text, PART_MAX, &parts[i]));
    struct civil civil = {.year = (int32_t)parts[2], .month = (int32_t)parts[1], .day = (int32_t)parts[0]};
    TRY(instant_of_civil(civil, &at));
    *ret_day = date_of_instant(at);
    return OK;
}

enum status budget_day_read(struct str text, struct date *ret_day)
{
    return date_parse(text, ret_day) == OK ? OK : slashed(text, ret_day);
}
