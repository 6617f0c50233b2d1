/* Numbers in figures, dates, hours and telephone numbers: each one fact. */
#include "base/buf.h"
#include "language/source/fact.h"

enum { FIGURES_MAX = 60, GROUP = 3 };

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
        size_t count = fact_digits(whole, at);
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
    TRY(fact_add_date(text, plain_figures(parts[0]), name, parts[2], where));
    return fact_add_month(text, name, where);
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
    if (hour_len > 2 || fact_digits(whole, at) != 2)
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
    while (fact_digits(whole, at) == 2 && figures.len < FIGURES_MAX - 2) {
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
    if ((blank == 0 && !has_dot) || fact_digits(whole, at + size) != GROUP)
        return 0;
    *is_dotted = has_dot;
    return size;
}

/* Decimals that say nothing: "50,00" is 50. Three of them might be thousands: they stay. */
static size_t add_decimals(struct buf *figures, struct str whole, size_t at)
{
    if (at + 1 >= whole.len || (whole.at[at] != ',' && whole.at[at] != '.') || fact_digits(whole, at + 1) == 0)
        return 0;
    size_t count = fact_digits(whole, at + 1), kept = count;
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
    size_t from = text->at, count = fact_digits(whole, from), at = from + count, size;
    bool is_dotted = false;
    buf_add(&figures, str_slice(whole, from, at));
    while (count <= GROUP && figures.len <= 15 && (size = separator_at(whole, at, &is_dotted)) > 0) {
        buf_add(&figures, str_slice(whole, at + size, at + size + GROUP));
        at += size + GROUP;
    }
    bool is_whole = add_decimals(&figures, whole, at) == 0;
    if (!is_whole)
        at += 1 + fact_digits(whole, at + 1);
    else
        at = ordinal_end(text, at);
    for (int zeros = is_whole ? zeros_behind(text, &at) : 0; zeros > 0; zeros--)
        buf_add_byte(&figures, '0');
    text->at = at;
    return fact_add_number(text, from, str_copy(text->arena, plain_figures(buf_str(&figures))));
}

enum status fact_take_figures(struct fact_text *text)
{
    struct str parts[3];
    size_t end, count = fact_digits(text->whole, text->at);
    enum status done = reads_date(text, parts, &end) ? take_date(text, parts, end) : NOT_FOUND;
    if (done == NOT_FOUND)
        done = take_telephone(text);
    if (done == NOT_FOUND)
        done = take_hour(text, count);
    return done == NOT_FOUND ? take_quantity(text) : done;
}
