/* Numbers in figures and in words, dates, hours and telephone numbers: each one fact. */
#include "base/buf.h"
#include "language/source/fact.h"

enum { FIGURES_MAX = 60, GROUP = 3, WORDS_MAX = 20 };

/* ---- units ---- */

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

/* What a unit is called here, or absent. */
static struct str unit_of(struct str word)
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
        {STR_INIT("km"), STR_INIT("km")},             {STR_INIT("m"), STR_INIT("m")},
        {STR_INIT("kg"), STR_INIT("kg")},
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(units[i].word, word))
            return units[i].unit;
    return fact_month(word) > 0 ? word : STR_NONE;
}

static size_t digits_from(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && ascii_is_digit(text.at[end]))
        end++;
    return end - at;
}

/* "mars 2020" behind a day or alone: four figures over blanks. *ret_end: behind them. */
static bool has_year(const struct fact_text *text, size_t at, size_t *ret_end)
{
    size_t blank = fact_blanks(text->whole, at);
    *ret_end = at + blank + 4;
    return blank > 0 && digits_from(text->whole, at + blank) == 4;
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
    struct str unit = unit_of(folded);
    if (str_is_absent(unit))
        return STR("");
    *end = after;
    return unit;
}

/* A day has its month and, where it is told, its year; of a source the date without its year, and the year, are facts
 * too. */
static enum status add_date(struct fact_text *text, struct str day, struct str month, struct str year, struct str where)
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

/* A source that names a month has said the word. */
static enum status add_month(struct fact_text *text, struct str month, struct str where)
{
    if (!text->is_source)
        return OK;
    return fact_add(text, (struct fact){.kind = FACT_WORD, .value = month, .where = where});
}

/* Takes the unit behind text->at and, of a day, the year. */
static enum status add_number(struct fact_text *text, size_t from, struct str value)
{
    size_t end = text->at, behind;
    struct str unit = unit_behind(text, &end), year = STR("");
    if (fact_month(unit) > 0 && has_year(text, end, &behind)) {
        year = str_slice(text->whole, behind - 4, behind);
        end = behind;
    }
    if (unit.len > 0)
        text->at = end;
    struct str where = str_slice(text->whole, from, text->at);
    if (fact_month(unit) == 0)
        return fact_add(text, (struct fact){.kind = FACT_NUMBER, .value = value, .unit = unit, .where = where});
    TRY(add_date(text, value, unit, year, where));
    return add_month(text, unit, where);
}

/* ---- figures ---- */

static struct str plain_figures(struct str figures)
{
    while (figures.len > 1 && figures.at[0] == '0')
        figures = str_after(figures, 1);
    return figures;
}

/* "12/03/2020", "12.03.2020", "2020-03-12": a day, a month of twelve, a year. False: none begins here. */
static bool reads_date(struct fact_text *text, struct str ret_parts[3], size_t *ret_end)
{
    struct str whole = text->whole;
    size_t at = text->at;
    for (size_t i = 0; i < 3; i++) {
        size_t count = digits_from(whole, at);
        if (count == 0 || count > 4)
            return false;
        ret_parts[i] = str_slice(whole, at, at + count);
        at += count;
        if (i < 2 && (at >= whole.len || memchr("/.-", whole.at[at], 3) == NULL ||
                      (i == 1 && whole.at[at] != whole.at[at - count - 1])))
            return false;
        at += i < 2;
    }
    if (ret_parts[0].len == 4) { /* the year first (ISO 8601) */
        struct str year = ret_parts[0];
        ret_parts[0] = ret_parts[2];
        ret_parts[2] = year;
    }
    *ret_end = at;
    return ret_parts[0].len <= 2 && ret_parts[1].len <= 2 && ret_parts[2].len == 4;
}

static enum status take_date(struct fact_text *text, const struct str parts[3], size_t end)
{
    static const char *const names[] = {"janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
                                        "juillet", "aout",    "septembre", "octobre", "novembre", "decembre"};
    struct str where = str_slice(text->whole, text->at, end);
    uint64_t month = 0;
    if (str_to_u64(parts[1], 12, &month) != OK || month == 0)
        return NOT_FOUND;
    text->at = end;
    struct str name = str_of(names[month - 1]);
    TRY(add_date(text, plain_figures(parts[0]), name, parts[2], where));
    return add_month(text, name, where);
}

/* "8h30", "8 h 30", "8:30": one value. NOT_FOUND: no minutes. */
static enum status take_hour(struct fact_text *text, size_t hour_len)
{
    struct str whole = text->whole, hour = plain_figures(str_slice(whole, text->at, text->at + hour_len));
    size_t at = text->at + hour_len;
    bool is_clock = at < whole.len && whole.at[at] == ':';
    if (!is_clock)
        at += fact_blanks(whole, at);
    if (!is_clock && str_starts_nocase(str_after(whole, at), STR("heures")))
        at += 6;
    else if (is_clock || (at < whole.len && ascii_lower(whole.at[at]) == 'h'))
        at++;
    else
        return NOT_FOUND;
    at += is_clock ? 0 : fact_blanks(whole, at);
    if (hour_len > 2 || digits_from(whole, at) != 2)
        return NOT_FOUND;
    struct str where = str_slice(whole, text->at, at + 2);
    text->at = at + 2;
    return fact_add(text, (struct fact){.kind = FACT_NUMBER, .where = where, .unit = STR("heure"),
                                        .value = str_format(text->arena, "%.*sh%.*s", STR_ARG(hour),
                                                            STR_ARG(str_slice(whole, at, at + 2)))});
}

/* "01 23 45 67 89": pairs of figures, four or more. NOT_FOUND: fewer. */
static enum status take_telephone(struct fact_text *text)
{
    struct buf figures BUF_SCOPE = BUF_INIT(FIGURES_MAX);
    struct str whole = text->whole;
    size_t at = text->at, end = at, pairs = 0;
    while (digits_from(whole, at) == 2 && figures.len < FIGURES_MAX - 2) {
        buf_add(&figures, str_slice(whole, at, at + 2));
        pairs++;
        end = at + 2;
        size_t blank = fact_blanks(whole, end);
        bool has_dot = blank == 0 && end < whole.len && (whole.at[end] == '.' || whole.at[end] == '-');
        if (blank == 0 && !has_dot)
            break;
        at = end + (has_dot ? 1 : blank);
    }
    if (pairs < 4)
        return NOT_FOUND;
    struct str where = str_slice(whole, text->at, end);
    text->at = end;
    return fact_add(text, (struct fact){.kind = FACT_NUMBER, .where = where,
                                        .value = str_copy(text->arena, buf_str(&figures))});
}

/* The separator of thousands here: a blank, or a dot before three figures. 0: none. */
static size_t separator_at(struct str whole, size_t at, bool *is_dotted)
{
    size_t blank = fact_blanks(whole, at), size = blank > 0 ? blank : 1;
    bool has_dot = blank == 0 && at < whole.len && whole.at[at] == '.';
    if ((blank == 0 && !has_dot) || digits_from(whole, at + size) != GROUP)
        return 0;
    *is_dotted = has_dot;
    return size;
}

/* Decimals that say nothing: "50,00" is 50. Three of them might be thousands: they stay. */
static size_t add_decimals(struct buf *figures, struct str whole, size_t at)
{
    if (at + 1 >= whole.len || (whole.at[at] != ',' && whole.at[at] != '.') || digits_from(whole, at + 1) == 0)
        return 0;
    size_t count = digits_from(whole, at + 1), kept = count;
    while (kept > 0 && count != GROUP && whole.at[at + kept] == '0')
        kept--;
    if (kept > 0)
        buf_add_byte(figures, ',');
    buf_add(figures, str_slice(whole, at + 1, at + 1 + kept));
    return 1 + count;
}

/* "er", "re", "e", "ème" behind a figure say the place of something. */
static size_t ordinal_end(const struct fact_text *text, size_t at)
{
    static const struct str ends[] = {STR_INIT("er"), STR_INIT("ere"), STR_INIT("re"),  STR_INIT("e"),
                                      STR_INIT("eme"), STR_INIT("nd"), STR_INIT("nde"), STR_INIT("emes")};
    size_t end;
    struct str word = fact_word_at(text, at, false, &end);
    if (str_is_absent(word))
        return at;
    word = fact_folded(text->arena, word);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (str_eq(ends[i], word))
            return end;
    return at;
}

/* Zeros for "millions" behind whole figures; *at moves behind the word. */
static int zeros_behind(const struct fact_text *text, size_t *at)
{
    size_t end;
    struct str word = fact_word_at(text, *at, true, &end);
    struct str folded = str_is_absent(word) ? STR("") : fact_folded(text->arena, word);
    bool is_million = str_eq(folded, STR("million")) || str_eq(folded, STR("millions"));
    bool is_milliard = str_eq(folded, STR("milliard")) || str_eq(folded, STR("milliards"));
    if (is_million || is_milliard)
        *at = end;
    return is_million ? 6 : is_milliard ? 9 : 0;
}

static enum status take_quantity(struct fact_text *text)
{
    struct buf figures BUF_SCOPE = BUF_INIT(FACT_TEXT_MAX);
    struct str whole = text->whole;
    size_t from = text->at, count = digits_from(whole, from), at = from + count, size;
    bool is_dotted = false;
    buf_add(&figures, str_slice(whole, from, at));
    while (count <= GROUP && figures.len <= 15 && (size = separator_at(whole, at, &is_dotted)) > 0) {
        buf_add(&figures, str_slice(whole, at + size, at + size + GROUP));
        at += size + GROUP;
    }
    bool is_whole = add_decimals(&figures, whole, at) == 0;
    if (!is_whole)
        at += 1 + digits_from(whole, at + 1);
    else
        at = ordinal_end(text, at);
    for (int zeros = is_whole ? zeros_behind(text, &at) : 0; zeros > 0; zeros--)
        buf_add_byte(&figures, '0');
    text->at = at;
    return add_number(text, from, str_copy(text->arena, plain_figures(buf_str(&figures))));
}

enum status fact_take_figures(struct fact_text *text)
{
    struct str parts[3];
    size_t end, count = digits_from(text->whole, text->at);
    enum status done = reads_date(text, parts, &end) ? take_date(text, parts, end) : NOT_FOUND;
    if (done == NOT_FOUND)
        done = take_telephone(text);
    if (done == NOT_FOUND)
        done = take_hour(text, count);
    return done == NOT_FOUND ? take_quantity(text) : done;
}

/* ---- words ---- */

/* 2 to 16, tens, 100, 1000...; 0: no number. "un" is mostly an article. */
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

/* Parts and rough numbers: compared as they are written. */
static bool is_part(struct str word)
{
    static const struct str parts[] = {
        STR_INIT("zero"),  STR_INIT("moitie"), STR_INIT("double"), STR_INIT("triple"),    STR_INIT("tiers"),
        STR_INIT("quart"), STR_INIT("quarts"), STR_INIT("demi"),   STR_INIT("demie"),     STR_INIT("dizaine"),
        STR_INIT("dizaines"), STR_INIT("douzaine"), STR_INIT("quinzaine"), STR_INIT("vingtaine"),
        STR_INIT("trentaine"), STR_INIT("cinquantaine"), STR_INIT("centaine"), STR_INIT("centaines"),
        STR_INIT("millier"), STR_INIT("milliers")};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (str_eq(parts[i], word))
            return true;
    return false;
}

/* "troisième" is 3. */
static int64_t ordinal_of(struct str word)
{
    static const struct {
        struct str stem;
        int64_t value;
    } odd[] = {{STR_INIT("quatr"), 4}, {STR_INIT("cinqu"), 5}, {STR_INIT("neuv"), 9},   {STR_INIT("onz"), 11},
               {STR_INIT("douz"), 12}, {STR_INIT("treiz"), 13}, {STR_INIT("quatorz"), 14}, {STR_INIT("quinz"), 15},
               {STR_INIT("seiz"), 16}, {STR_INIT("trent"), 30}, {STR_INIT("quarant"), 40},
               {STR_INIT("cinquant"), 50}, {STR_INIT("soixant"), 60}, {STR_INIT("mill"), 1000}};
    if (str_ends(word, STR("s")))
        word = str_slice(word, 0, word.len - 1);
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
    bool is_one = str_eq(folded, STR("un")) || str_eq(folded, STR("une"));
    bool may_be_one = is_one && spoken->group % 100 >= 20;
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
    return add_number(text, from, str_format(text->arena, "%lld", number));
}

/* "mars 2020": the year has the month for unit. */
static enum status take_month(struct fact_text *text, struct str month, size_t end)
{
    size_t from = text->at, behind;
    struct str where = str_slice(text->whole, from, end);
    if (!has_year(text, end, &behind))
        return NOT_FOUND;
    struct fact fact = {.kind = FACT_NUMBER, .value = str_slice(text->whole, behind - 4, behind), .unit = month,
                        .where = str_slice(text->whole, from, behind)};
    text->at = behind;
    TRY(fact_add(text, fact));
    fact.unit = STR("");
    if (text->is_source)
        TRY(fact_add(text, fact));
    return add_month(text, month, where);
}

enum status fact_take_number_words(struct fact_text *text)
{
    size_t end, after;
    struct str run = fact_word_at(text, text->at, false, &end);
    if (str_is_absent(run))
        return NOT_FOUND;
    struct str word = fact_folded(text->arena, run), next = fact_word_at(text, end, true, &after);
    if (str_is_absent(word))
        return LIMIT;
    if (fact_month(word) > 0)
        return take_month(text, word, end);
    bool is_first = str_eq(word, STR("premier")) && !str_is_absent(next) &&
                    fact_month(fact_folded(text->arena, next)) > 0;
    int64_t value = small_of(word), ordinal = is_first ? 1 : ordinal_of(word);
    if (value > 0)
        return take_spoken(text, end, value);
    if (ordinal == 0 && !is_part(word))
        return NOT_FOUND;
    size_t from = text->at;
    text->at = end;
    return add_number(text, from, ordinal > 0 ? str_format(text->arena, "%lld", (long long)ordinal) : word);
}
