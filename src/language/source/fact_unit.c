/* What stands behind a number and belongs to it: its unit; of a day, its month and year. */
#include "language/source/fact.h"

int fact_month(struct str word)
{
    static const struct str months[] = {STR_INIT("janvier"), STR_INIT("fevrier"),   STR_INIT("mars"),
                                        STR_INIT("avril"),   STR_INIT("mai"),       STR_INIT("juin"),
                                        STR_INIT("juillet"), STR_INIT("aout"),      STR_INIT("septembre"),
                                        STR_INIT("octobre"), STR_INIT("novembre"),  STR_INIT("decembre")};
    for (int i = 0; i < 12; i++)
        if (str_eq(months[i], word))
            return i + 1;
    return 0;
}

struct str fact_unit(struct str word)
{
    static const struct {
        struct str word, unit;
    } units[] = {
        {STR_INIT("euro"), STR_INIT("euro")},         {STR_INIT("euros"), STR_INIT("euro")},
        {STR_INIT("eur"), STR_INIT("euro")},          {STR_INIT("centime"), STR_INIT("centime")},
        {STR_INIT("centimes"), STR_INIT("centime")},  {STR_INIT("jour"), STR_INIT("jour")},
        {STR_INIT("jours"), STR_INIT("jour")},        {STR_INIT("semaine"), STR_INIT("semaine")},
        {STR_INIT("semaines"), STR_INIT("semaine")},  {STR_INIT("mois"), STR_INIT("mois")},
        {STR_INIT("an"), STR_INIT("an")},             {STR_INIT("ans"), STR_INIT("an")},
        {STR_INIT("annee"), STR_INIT("an")},          {STR_INIT("annees"), STR_INIT("an")},
        {STR_INIT("heure"), STR_INIT("heure")},       {STR_INIT("heures"), STR_INIT("heure")},
        {STR_INIT("h"), STR_INIT("heure")},           {STR_INIT("minute"), STR_INIT("minute")},
        {STR_INIT("minutes"), STR_INIT("minute")},    {STR_INIT("min"), STR_INIT("minute")},
        {STR_INIT("trimestre"), STR_INIT("trimestre")}, {STR_INIT("trimestres"), STR_INIT("trimestre")},
        {STR_INIT("semestre"), STR_INIT("semestre")}, {STR_INIT("semestres"), STR_INIT("semestre")},
        {STR_INIT("journee"), STR_INIT("jour")},      {STR_INIT("journees"), STR_INIT("jour")},
        {STR_INIT("seconde"), STR_INIT("seconde")},   {STR_INIT("secondes"), STR_INIT("seconde")},
        {STR_INIT("km"), STR_INIT("km")},             {STR_INIT("m"), STR_INIT("m")},
        {STR_INIT("kg"), STR_INIT("kg")},
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(units[i].word, word))
            return units[i].unit;
    return fact_month(word) > 0 ? word : STR_NONE;
}

size_t fact_digits(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && ascii_is_digit(text.at[end]))
        end++;
    return end - at;
}

bool fact_has_year(const struct fact_text *text, size_t at, size_t *ret_end)
{
    size_t blank = fact_blanks(text->whole, at);
    *ret_end = at + blank + 4;
    return blank > 0 && fact_digits(text->whole, at + blank) == 4;
}

/* Behind the number: the unit, over blanks; *end moves behind it. "pour cent" is "%". */
static struct str unit_behind(const struct fact_text *text, size_t *end)
{
    size_t after, at = *end + fact_blanks(text->whole, *end);
    struct str rest = str_after(text->whole, at);
    if (str_starts(rest, STR("€")) || str_starts(rest, STR("%"))) {
        *end = at + (rest.at[0] == '%' ? 1 : STR("€").len);
        return rest.at[0] == '%' ? STR("%") : STR("euro");
    }
    struct str word = fact_word_at(text, at, true, &after);
    if (str_is_absent(word))
        return STR("");
    struct str folded = fact_folded(text->arena, word);
    if (str_eq(folded, STR("pour"))) {
        size_t behind;
        struct str next = fact_word_at(text, after, true, &behind);
        if (!str_is_absent(next) && str_eq(fact_folded(text->arena, next), STR("cent"))) {
            *end = behind;
            return STR("%");
        }
    }
    struct str unit = fact_unit(folded);
    if (str_is_absent(unit))
        return STR("");
    *end = after;
    return unit;
}

enum status fact_add_date(struct fact_text *text, struct str day, struct str month, struct str year, struct str where)
{
    struct str both = year.len > 0 ? str_format(text->arena, "%.*s %.*s", STR_ARG(month), STR_ARG(year)) : month;
    struct fact fact = {.kind = FACT_NUMBER, .value = day, .unit = both, .where = where};
    TRY(fact_add(text, fact));
    if (!text->is_source || year.len == 0)
        return OK;
    fact.unit = month;
    TRY(fact_add(text, fact));
    fact.value = year;
    TRY(fact_add(text, fact));
    fact.unit = STR("");
    return fact_add(text, fact);
}

enum status fact_add_month(struct fact_text *text, struct str month, struct str where)
{
    if (!text->is_source)
        return OK;
    return fact_add(text, (struct fact){.kind = FACT_WORD, .value = month, .where = where});
}

/* A source that counts quarters or halves of a year has said the word, which alone is a fact too. */
static enum status add_quarter(struct fact_text *text, struct str unit, struct str where)
{
    if (!text->is_source || !(str_eq(unit, STR("trimestre")) || str_eq(unit, STR("semestre"))))
        return OK;
    return fact_add(text, (struct fact){.kind = FACT_NUMBER, .value = unit, .where = where});
}

enum status fact_add_number(struct fact_text *text, size_t from, struct str value)
{
    size_t end = text->at, behind;
    struct str unit = unit_behind(text, &end), year = STR("");
    if (fact_month(unit) > 0 && fact_has_year(text, end, &behind)) {
        year = str_slice(text->whole, behind - 4, behind);
        end = behind;
    }
    if (unit.len > 0)
        text->at = end;
    struct str where = str_slice(text->whole, from, text->at);
    if (fact_month(unit) == 0) {
        TRY(add_quarter(text, unit, where));
        return fact_add(text, (struct fact){.kind = FACT_NUMBER, .value = value, .unit = unit, .where = where});
    }
    TRY(fact_add_date(text, value, unit, year, where));
    return fact_add_month(text, unit, where);
}
