#include "core/identifier.h"

#include <string.h>

#include "base/utf8.h"

static bool are_digits(struct str text, size_t count)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.at[i]))
            return false;
    return text.len == count;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* From the right, every second digit counts twice, as the sum of the digits of that. */
static bool is_luhn(struct str digits)
{
    int sum = 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = (digits.at[digits.len - 1 - i] - '0') * (i % 2 == 0 ? 1 : 2);
        sum += digit / 10 + digit % 10;
    }
    return sum % 10 == 0;
}

static bool is_of_la_poste(struct str siret)
{
    int sum = 0;
    for (size_t i = 0; i < siret.len; i++)
        sum += siret.at[i] - '0';
    return str_starts(siret, STR("356000000")) && sum % 5 == 0;
}

bool siren_is_right(struct str siren)
{
    return are_digits(siren, SIREN_DIGITS) && is_luhn(siren);
}

bool siret_is_right(struct str siret)
{
    return are_digits(siret, SIRET_DIGITS) && siren_is_right(siret_siren(siret)) &&
           (is_luhn(siret) || is_of_la_poste(siret));
}

struct str siret_siren(struct str siret)
{
    return siret.len == SIRET_DIGITS ? str_slice(siret, 0, SIREN_DIGITS) : STR("");
}

/* ---- VAT number of France ---- */

static bool is_key(char c)
{
    return is_capital(c) || ascii_is_digit(c);
}

bool vat_is_right(struct str vat)
{
    struct str key = str_slice(vat, 2, 4), siren = str_after(vat, 4);
    int rest = 0;
    if (!str_starts(vat, STR("FR")) || !siren_is_right(siren))
        return false;
    for (size_t i = 0; i < siren.len; i++)
        rest = (rest * 10 + (siren.at[i] - '0')) % 97;
    rest = (12 + 3 * rest) % 97;
    bool is_number = are_digits(key, 2);
    return is_number ? key.at[0] == '0' + rest / 10 && key.at[1] == '0' + rest % 10
                     : is_key(key.at[0]) && is_key(key.at[1]);
}

/* ---- IBAN ---- */

/* The remainder once this character stands behind those before: A is 10, Z is 35. */
static int follow(int rest, char c)
{
    return ascii_is_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
}

static bool has_iban_form(struct str iban)
{
    if (iban.len < IBAN_MIN || iban.len > IBAN_MAX || !is_capital(iban.at[0]) || !is_capital(iban.at[1]))
        return false;
    if (!ascii_is_digit(iban.at[2]) || !ascii_is_digit(iban.at[3]))
        return false;
    for (size_t i = 4; i < iban.len; i++)
        if (!is_capital(iban.at[i]) && !ascii_is_digit(iban.at[i]))
            return false;
    bool is_french = str_starts(iban, STR("FR")) || str_starts(iban, STR("MC"));
    return !is_french || iban.len == IBAN_FR;
}

bool iban_is_right(struct str iban)
{
    int rest = 0;
    if (!has_iban_form(iban))
        return false;
    for (size_t i = 0; i < iban.len; i++) /* the country and its digits come last */
        rest = follow(rest, iban.at[(i + 4) % iban.len]);
    return rest == 1;
}

/* ---- RIB ---- */

enum { BANK = 5, BRANCH = 5, ACCOUNT = 11, KEY = 2, NO_DIGIT = -1 };

/* A and J are 1, B, K and S are 2, and so on to I, R and Z, which are 9. */
static int rib_digit(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    if (!is_capital(c))
        return NO_DIGIT;
    return c < 'S' ? (c - 'A') % 9 + 1 : c - 'S' + 2;
}

/* As a number in turn with what went before; NO_DIGIT: it is none of that length. */
static int64_t rib_number(struct str text, size_t count)
{
    int64_t number = 0;
    if (text.len != count)
        return NO_DIGIT;
    for (size_t i = 0; i < count; i++) {
        int digit = rib_digit(text.at[i]);
        if (digit == NO_DIGIT)
            return NO_DIGIT;
        number = number * 10 + digit;
    }
    return number;
}

bool rib_is_right(struct str bank, struct str branch, struct str account, struct str key)
{
    int64_t of_bank = rib_number(bank, BANK), of_branch = rib_number(branch, BRANCH);
    int64_t of_account = rib_number(account, ACCOUNT);
    if (of_bank < 0 || of_branch < 0 || of_account < 0 || !are_digits(key, KEY))
        return false;
    int64_t rest = (89 * of_bank + 15 * of_branch + 3 * of_account) % 97;
    return 97 - rest == rib_number(key, KEY);
}

/* ---- persons, hospitals ---- */

bool nir_is_right(struct str nir)
{
    int64_t number = 0;
    if (nir.len != NIR_DIGITS)
        return false;
    bool is_corsican = nir.at[5] == '2' && (nir.at[6] == 'A' || nir.at[6] == 'B');
    for (size_t i = 0; i < NIR_DIGITS; i++) {
        char c = is_corsican && i >= 5 && i <= 6 ? (i == 5 ? '1' : (nir.at[6] == 'A' ? '9' : '8')) : nir.at[i];
        if (!ascii_is_digit(c))
            return false;
        number = i < NIR_DIGITS - KEY ? number * 10 + (c - '0') : number;
    }
    return 97 - number % 97 == rib_number(str_after(nir, NIR_DIGITS - KEY), KEY);
}

bool finess_is_right(struct str finess)
{
    if (finess.len == SIREN_DIGITS && finess.at[0] == '2' && (finess.at[1] == 'A' || finess.at[1] == 'B'))
        return are_digits(str_after(finess, 2), SIREN_DIGITS - 2);
    return are_digits(finess, SIREN_DIGITS) && is_luhn(finess);
}

struct str identifier_plain(struct arena *arena, struct str text)
{
    char *plain = arena_array(arena, char, text.len + 1);
    size_t len = 0;
    if (plain == NULL)
        return STR_NONE;
    for (struct str rest = text; rest.len > 0;) {
        struct str before = rest;
        uint32_t point = utf8_next(&rest);
        if (point == ' ' || point == '\t' || point == 0xA0 || point == 0x202F)
            continue;
        size_t taken = before.len - rest.len;
        memcpy(plain + len, before.at, taken);
        if (taken == 1 && plain[len] >= 'a' && plain[len] <= 'z')
            plain[len] = (char)(plain[len] - 'a' + 'A');
        len += taken;
    }
    return (struct str){plain, len};
}
