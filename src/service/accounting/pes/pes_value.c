/* Whether a value is of its field's type. Each type has its pattern in the schemas (data/README.md). */
#include "base/dates.h"
#include "base/utf8.h"
#include "service/accounting/pes/pes_read.h"

enum {
    WANTED_MAX = 32,
    RATE_MAX = 99999, /* hundredths: 5 digits, 2 of them decimals */
    BIC_SHORT = 8,
    BIC_LONG = 11,
    IBAN_HEAD = 4,
    IBAN_LONGEST = 34,
    FILE_NAME_MAX = 100,
    ENDING_MIN = 2, /* R48 */
    ENDING_MAX = 4,
    YEAR_DIGITS = 4,
};

struct value {
    struct faults *faults;
    const struct pes_field *field;
    const struct pes_at *at;
    struct str text;
};

/* By the field's own rule, or that of its type. */
static void is_wrong(const struct value *value, const char *rule, struct str wanted)
{
    const char *own = value->field->wrong;
    pes_fault(value->faults, own != NULL ? own : rule, value->at, NULL, value->text, wanted);
}

static bool is_letter(char c)
{
    return ascii_is_digit(c) || ascii_is_alpha(c);
}

static bool are_letters(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_letter(text.at[i]))
            return false;
    return true;
}

static bool are_digits(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.at[i]))
            return false;
    return true;
}

static bool are_capitals(struct str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!(ascii_is_digit(text.at[i]) || (text.at[i] >= 'A' && text.at[i] <= 'Z')))
            return false;
    return true;
}

/* ---- texts ---- */

static void check_length(const struct value *value)
{
    struct buf wanted BUF_SCOPE = BUF_INIT(WANTED_MAX);
    size_t count = utf8_count(value->text);
    if (count >= value->field->least && count <= value->field->most)
        return;
    buf_add_format(&wanted, "%zu-%zu", value->field->least, value->field->most);
    is_wrong(value, "pes.length", buf_str(&wanted));
}

/* R38: what says nothing is no text. */
static bool says_nothing(struct str text)
{
    bool has_other = false;
    for (size_t i = 0; i < text.len; i++)
        has_other = has_other || text.at[i] != '0';
    return !has_other || str_eq(text, STR(".")) || str_eq(text, STR(" ")) || str_eq(text, STR("nc"));
}

static void check_text(const struct value *value)
{
    if (says_nothing(value->text))
        pes_fault(value->faults, "R38", value->at, NULL, value->text, STR(""));
    else if (value->field->type == PES_LETTERS && !are_letters(value->text))
        is_wrong(value, "pes.form", STR("A-Z a-z 0-9"));
    else
        check_length(value);
}

static void check_word(const struct value *value)
{
    if (!are_letters(value->text))
        is_wrong(value, "pes.form", STR("A-Z a-z 0-9"));
    else
        check_length(value);
}

static void check_sepa(const struct value *value)
{
    const struct str also = STR("/?:().,-+' ");
    for (size_t i = 0; i < value->text.len; i++)
        if (!is_letter(value->text.at[i]) && str_find_byte(also, value->text.at[i]) == SIZE_MAX) {
            is_wrong(value, "pes.form", STR("A-Z a-z 0-9 / ? : ( ) . , - + '"));
            return;
        }
    check_length(value);
}

/* ---- numbers ---- */

static struct str without_zeros(struct str digits)
{
    while (digits.len > 0 && digits.at[0] == '0')
        digits = str_after(digits, 1);
    return digits;
}

static void check_count(const struct value *value)
{
    struct buf wanted BUF_SCOPE = BUF_INIT(WANTED_MAX);
    struct str number = without_zeros(value->text);
    if (are_digits(value->text) && number.len > 0 && number.len <= value->field->most)
        return;
    buf_add_literal(&wanted, "1-");
    for (size_t i = 0; i < value->field->most; i++)
        buf_add_byte(&wanted, '9');
    is_wrong(value, "pes.number", buf_str(&wanted));
}

static void check_digits(const struct value *value)
{
    if (!are_digits(value->text))
        is_wrong(value, "pes.form", STR("0-9"));
    else
        check_length(value);
}

static void check_amount(const struct value *value)
{
    struct money money;
    bool may_be_nothing = value->field->type == PES_AMOUNT_ZERO;
    if (money_parse(value->text, &money) != OK)
        pes_fault(value->faults, "R39", value->at, NULL, value->text, STR("1234.50"));
    else if (money.cents < 0 || (money.cents == 0 && !may_be_nothing))
        is_wrong(value, "R39", may_be_nothing ? STR("0.00") : STR("0.01"));
}

static void check_rate(const struct value *value)
{
    struct money hundredths;
    if (money_parse(value->text, &hundredths) != OK || hundredths.cents <= 0 || hundredths.cents > RATE_MAX)
        is_wrong(value, "pes.rate", STR("7.05"));
}

/* ---- the rest ---- */

static void check_flag(const struct value *value)
{
    static const char *const words[] = {"0", "1", "true", "false"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(value->text, str_of(words[i])))
            return;
    is_wrong(value, "pes.flag", STR(""));
}

static void check_date(const struct value *value)
{
    struct date date;
    if (date_parse(value->text, &date) != OK)
        is_wrong(value, "pes.date", STR("2026-03-31"));
}

static void check_year(const struct value *value)
{
    if (value->text.len != YEAR_DIGITS || !are_digits(value->text) || value->text.at[0] == '0')
        is_wrong(value, "pes.year", STR("2026"));
}

static void check_code(const struct value *value)
{
    for (size_t i = 0; i < value->field->code_count; i++)
        if (str_eq(value->text, value->field->codes[i]))
            return;
    is_wrong(value, "pes.code", value->field->list);
}

static void check_bic(const struct value *value)
{
    struct str text = value->text;
    if ((text.len != BIC_SHORT && text.len != BIC_LONG) || !are_capitals(text, 0, text.len))
        is_wrong(value, "pes.form", STR("AGRIFRPPXXX"));
}

bool pes_iban_has_form(struct str iban)
{
    return iban.len > IBAN_HEAD && iban.len <= IBAN_LONGEST && are_capitals(iban, 0, IBAN_HEAD) && are_letters(iban);
}

/* Whether it is right is R37 or R22, by how it is paid. */
static void check_iban(const struct value *value)
{
    if (!pes_iban_has_form(value->text))
        is_wrong(value, "pes.form", STR("FR76…"));
}

static void check_file_name(const struct value *value)
{
    struct str text = value->text;
    size_t dot = str_find_byte_last(text, '.');
    struct str ending = dot == SIZE_MAX ? STR("") : str_after(text, dot + 1);
    if (dot == 0 || ending.len < ENDING_MIN || ending.len > ENDING_MAX || !are_letters(ending) ||
        utf8_count(text) > FILE_NAME_MAX)
        is_wrong(value, "pes.form", STR("facture.pdf"));
}

static void pass(const struct value *value)
{
    (void)value; /* blocks have no value, and what a document is R49 looks at */
}

void pes_value(struct faults *faults, const struct pes_field *field, const struct pes_at *at, struct str text)
{
    static void (*const checks[])(const struct value *) = {
        [PES_BLOCK] = pass,           [PES_TEXT] = check_text,     [PES_LETTERS] = check_text, [PES_WORD] = check_word,
        [PES_COUNT] = check_count,    [PES_DIGITS] = check_digits, [PES_AMOUNT] = check_amount,
        [PES_AMOUNT_ZERO] = check_amount, [PES_RATE] = check_rate, [PES_FLAG] = check_flag,    [PES_DATE] = check_date,
        [PES_YEAR] = check_year,      [PES_CODE] = check_code,     [PES_SEPA] = check_sepa,    [PES_BIC] = check_bic,
        [PES_IBAN] = check_iban,      [PES_FILE_NAME] = check_file_name, [PES_FILE] = pass};
    const struct value value = {faults, field, at, text};
    checks[field->type](&value);
}
