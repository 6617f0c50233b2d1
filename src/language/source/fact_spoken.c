/* Numbers in words, months with their years: each one fact. */
#include "language/source/fact.h"

enum { WORDS_MAX = 20 };

/* 2 to 16, tens, 100, 1000...; 0: no number. "un" is mostly an article: takes_one tells. */
static int64_t small_of(struct str word)
{
    static const struct {
        struct str word;
        int64_t value;
    } numbers[] = {
        {STR_INIT("deux"), 2},      {STR_INIT("trois"), 3},     {STR_INIT("quatre"), 4},     {STR_INIT("cinq"), 5},
        {STR_INIT("six"), 6},       {STR_INIT("sept"), 7},      {STR_INIT("huit"), 8},       {STR_INIT("neuf"), 9},
        {STR_INIT("dix"), 10},      {STR_INIT("onze"), 11},     {STR_INIT("douze"), 12},     {STR_INIT("treize"), 13},
        {STR_INIT("quatorze"), 14}, {STR_INIT("quinze"), 15},   {STR_INIT("seize"), 16},     {STR_INIT("vingt"), 20},
        {STR_INIT("vingts"), 20},   {STR_INIT("trente"), 30},   {STR_INIT("quarante"), 40},
        {STR_INIT("cinquante"), 50},
        {STR_INIT("soixante"), 60}, {STR_INIT("septante"), 70}, {STR_INIT("huitante"), 80},  {STR_INIT("octante"), 80},
        {STR_INIT("nonante"), 90},  {STR_INIT("cent"), 100},    {STR_INIT("cents"), 100},    {STR_INIT("mille"), 1000},
        {STR_INIT("million"), 1000000},       {STR_INIT("millions"), 1000000},
        {STR_INIT("milliard"), 1000000000},   {STR_INIT("milliards"), 1000000000},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (str_eq(numbers[i].word, word))
            return numbers[i].value;
    return 0;
}

/* Parts, rough numbers and parts of a year: compared as they are written, in the singular. Absent: it is none. */
static struct str part_of(struct str word)
{
    static const struct str parts[] = {
        STR_INIT("zero"),      STR_INIT("moitie"),    STR_INIT("double"),       STR_INIT("triple"),
        STR_INIT("tiers"),     STR_INIT("quart"),     STR_INIT("demi"),         STR_INIT("demie"),
        STR_INIT("huitaine"),  STR_INIT("dizaine"),   STR_INIT("douzaine"),     STR_INIT("quinzaine"),
        STR_INIT("vingtaine"), STR_INIT("trentaine"), STR_INIT("quarantaine"),  STR_INIT("cinquantaine"),
        STR_INIT("soixantaine"), STR_INIT("centaine"), STR_INIT("millier"),     STR_INIT("trimestre"),
        STR_INIT("semestre")};
    struct str one = str_ends(word, STR("s")) ? str_slice(word, 0, word.len - 1) : word;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (str_eq(parts[i], word) || str_eq(parts[i], one))
            return parts[i];
    return STR_NONE;
}

/* "premier" is 1, "seconde" 2, "troisième" 3. */
static int64_t ordinal_of(struct str word)
{
    static const struct {
        struct str stem;
        int64_t value;
    } odd[] = {{STR_INIT("un"), 1},     {STR_INIT("quatr"), 4},  {STR_INIT("cinqu"), 5},    {STR_INIT("neuv"), 9},
               {STR_INIT("onz"), 11},
               {STR_INIT("douz"), 12}, {STR_INIT("treiz"), 13}, {STR_INIT("quatorz"), 14}, {STR_INIT("quinz"), 15},
               {STR_INIT("seiz"), 16}, {STR_INIT("trent"), 30}, {STR_INIT("quarant"), 40},
               {STR_INIT("cinquant"), 50}, {STR_INIT("soixant"), 60}, {STR_INIT("mill"), 1000}};
    if (str_ends(word, STR("s")))
        word = str_slice(word, 0, word.len - 1);
    if (str_eq(word, STR("premier")) || str_eq(word, STR("premiere")))
        return 1;
    if (str_eq(word, STR("second")) || str_eq(word, STR("seconde")))
        return 2;
    if (!str_ends(word, STR("ieme")))
        return 0;
    word = str_slice(word, 0, word.len - 4);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        if (str_eq(odd[i].stem, word))
            return odd[i].value;
    return small_of(word);
}

/* A number as its words come: of the group below a thousand, and of what is above. */
struct spoken {
    int64_t whole, group;
};

/* May it follow? "cent deux", "vingt-deux", "soixante-douze", "quatre-vingts", "trois cents", "deux mille". */
static bool attach(struct spoken *spoken, int64_t value)
{
    int64_t group = spoken->group, rest = group % 100;
    bool has_teens = rest == 60 || rest == 80;
    bool is_free = rest == 0 && (group > 0 || value < 1000);
    if (value >= 1000) {
        bool is_above = spoken->whole == 0 || spoken->whole % (value * 1000) == 0;
        if ((group == 0 && value > 1000) || !is_above || (group == 0 && spoken->whole > 0))
            return false;
        *spoken = (struct spoken){spoken->whole + (group > 0 ? group : 1) * value, 0};
        return true;
    }
    if (value == 100 && group < 10) {
        spoken->group = (group > 0 ? group : 1) * 100;
        return true;
    }
    if (value == 20 && rest == 4) {
        spoken->group += 76;
        return true;
    }
    bool is_unit = value < 10 && ((rest >= 20 && rest % 10 == 0) || (value >= 7 && rest == 10));
    bool is_teen = value >= 10 && value <= 16 && has_teens;
    if (value >= 100 || (!is_free && !is_unit && !is_teen))
        return false;
    spoken->group += value;
    return true;
}

static bool is_one(struct str folded)
{
    return str_eq(folded, STR("un")) || str_eq(folded, STR("une"));
}

/* The next word of the same number, over a blank or a hyphen; "et" before "un" and "onze". 0: it has ended. */
static int64_t next_word(const struct fact_text *text, const struct spoken *spoken, size_t *at)
{
    struct str whole = text->whole;
    size_t blank = fact_blanks(whole, *at), from = *at + (blank > 0 ? blank : 1), end;
    if (blank == 0 && (*at >= whole.len || whole.at[*at] != '-'))
        return 0;
    struct str word = fact_word_at(text, from, false, &end);
    struct str folded = str_is_absent(word) ? STR("") : fact_folded(text->arena, word);
    bool is_and = str_eq(folded, STR("et"));
    if (is_and) {
        blank = fact_blanks(whole, end);
        word = fact_word_at(text, end + (blank > 0 ? blank : 1), false, &end);
        folded = str_is_absent(word) ? STR("") : fact_folded(text->arena, word);
    }
    int64_t rest = spoken->group % 100;
    bool is_hundred = spoken->group > 0 && rest == 0; /* "cent un" */
    bool may_be_one = is_one(folded) && (rest >= 20 || (is_hundred && !is_and));
    int64_t value = may_be_one ? 1 : small_of(folded);
    if (value == 0 || (is_and && value != 1 && value != 11))
        return 0;
    *at = end;
    return value;
}

static enum status take_spoken(struct fact_text *text, size_t end, int64_t value)
{
    struct spoken spoken = {0};
    size_t from = text->at, next = end;
    if (!attach(&spoken, value))
        spoken.whole = value; /* "millions" alone */
    for (int words = 1; words < WORDS_MAX; words++) {
        value = next_word(text, &spoken, &next);
        if (value == 0 || !attach(&spoken, value))
            break;
        end = next;
    }
    text->at = end;
    long long number = spoken.whole + spoken.group;
    return fact_add_number(text, from, str_format(text->arena, "%lld", number));
}

/* "mars 2020": the year has the month for unit. */
static enum status take_month(struct fact_text *text, struct str month, size_t end)
{
    size_t from = text->at, behind;
    struct str where = str_slice(text->whole, from, end);
    if (!fact_has_year(text, end, &behind))
        return NOT_FOUND;
    struct fact fact = {.kind = FACT_NUMBER, .value = str_slice(text->whole, behind - 4, behind), .unit = month,
                        .where = str_slice(text->whole, from, behind)};
    text->at = behind;
    TRY(fact_add(text, fact));
    fact.unit = STR("");
    if (text->is_source)
        TRY(fact_add(text, fact));
    return fact_add_month(text, month, where);
}

/* The next word, folded; empty: none. *ret_end: behind it. */
static struct str next_folded(const struct fact_text *text, size_t at, size_t *ret_end)
{
    struct str word = fact_word_at(text, at, true, ret_end);
    struct str folded = str_is_absent(word) ? STR("") : fact_folded(text->arena, word);
    return str_is_absent(folded) ? STR("") : folded;
}

/* "un mois", "un seul mois", "un à deux mois", "un € ": one; "une demande": an article. *end: behind it. A second is
 * mostly the second of two. */
static bool takes_one(const struct fact_text *text, size_t *end)
{
    size_t after, behind, at = *end + fact_blanks(text->whole, *end);
    struct str rest = str_after(text->whole, at);
    if (at > *end && (str_starts(rest, STR("€")) || str_starts(rest, STR("%"))))
        return true;
    struct str next = next_folded(text, *end, &after);
    if (str_eq(next, STR("a")) || str_eq(next, STR("ou"))) {
        at = after + fact_blanks(text->whole, after);
        return fact_digits(text->whole, at) > 0 || small_of(next_folded(text, after, &behind)) > 0;
    }
    bool is_alone = str_eq(next, STR("seul")) || str_eq(next, STR("seule"));
    if (is_alone) {
        *end = after;
        next = next_folded(text, after, &behind);
    }
    struct str unit = fact_unit(next);
    return !str_is_absent(unit) && fact_month(unit) == 0 && !str_eq(unit, STR("seconde"));
}

/* "dans un premier temps", "en premier lieu": it only puts what is said in order. */
static bool is_order_of_speech(const struct fact_text *text, size_t at)
{
    size_t end;
    struct str next = next_folded(text, at, &end);
    return str_eq(next, STR("temps")) || str_eq(next, STR("lieu"));
}

static enum status take_value(struct fact_text *text, size_t end, struct str value)
{
    size_t from = text->at;
    text->at = end;
    return fact_add_number(text, from, value);
}

enum status fact_take_number_words(struct fact_text *text)
{
    size_t end;
    struct str run = fact_word_at(text, text->at, false, &end);
    if (str_is_absent(run))
        return NOT_FOUND;
    struct str word = fact_folded(text->arena, run);
    if (str_is_absent(word))
        return LIMIT;
    if (fact_month(word) > 0)
        return take_month(text, word, end);
    if (is_one(word))
        return takes_one(text, &end) ? take_value(text, end, STR("1")) : NOT_FOUND;
    int64_t value = small_of(word), ordinal = ordinal_of(word);
    if (value > 0)
        return take_spoken(text, end, value);
    if (ordinal > 0 && is_order_of_speech(text, end))
        return NOT_FOUND;
    if (ordinal > 0)
        return take_value(text, end, str_format(text->arena, "%lld", (long long)ordinal));
    struct str part = part_of(word);
    return str_is_absent(part) ? NOT_FOUND : take_value(text, end, part);
}
