/* Amounts as people write them. */
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
