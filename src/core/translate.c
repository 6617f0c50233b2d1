#include "core/translate.h"

enum { SENTENCE_MAX = 64 << 10, MINUTE_MS = 60 * 1000, DAYS_NAMED = 6 };

struct text_place {
    unsigned block, place;
};

static struct text_place place_of(enum text_key key)
{
    struct text_place at = {(unsigned)key >> LANG_BLOCK_BITS, (unsigned)key & ((1u << LANG_BLOCK_BITS) - 1)};
    REQUIRE(at.block < LANG_BLOCKS && at.place < lang_blocks[at.block].count);
    return at;
}

static const struct lang_text *words_of(enum language language, enum text_key key)
{
    struct text_place at = place_of(key);
    const struct lang_text *words = lang_blocks[at.block].texts[at.place];
    REQUIRE((unsigned)language < LANGUAGE_COUNT);
    return str_is_absent(words[language].one) ? &words[LANGUAGE_FR] : &words[language];
}

struct str text_spoken(enum language language, enum text_key key)
{
    struct text_place at = place_of(key);
    REQUIRE((unsigned)language < LANGUAGE_COUNT);
    return lang_blocks[at.block].texts[at.place][language].one;
}

const char *text_name(enum text_key key)
{
    struct text_place at = place_of(key);
    return lang_blocks[at.block].keys[at.place];
}

enum text_key text_next(enum text_key key)
{
    struct text_place at = place_of(key);
    if (++at.place == lang_blocks[at.block].count) {
        at.place = 0;
        if (++at.block == LANG_BLOCKS)
            return T_none;
    }
    return TEXT_KEY(at.block << LANG_BLOCK_BITS | at.place);
}

struct str text_of(enum language language, enum text_key key)
{
    return words_of(language, key)->one;
}

struct str language_code(enum language language)
{
    REQUIRE((unsigned)language < LANGUAGE_COUNT);
    return str_of(lang_codes[language]);
}

enum language language_of_code(struct str code, enum language otherwise)
{
    for (int i = 0; i < LANGUAGE_WHOLE; i++)
        if (str_eq(code, str_of(lang_codes[i])))
            return (enum language)i;
    return otherwise;
}

void translate_number(struct buf *out, enum language language, int64_t number)
{
    char digits[24];
    size_t count = 0;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        buf_add_literal(out, "\xE2\x88\x92"); /* U+2212 */
    while (count > 0) {
        buf_add_byte(out, digits[--count]);
        if (count > 0 && count % 3 == 0)
            buf_add(out, text_of(language, T_number_thousands));
    }
}

void translate_money(struct buf *out, enum language language, struct money money)
{
    int64_t cents = money.cents < 0 ? -money.cents : money.cents;
    if (money.cents < 0)
        buf_add_literal(out, "\xE2\x88\x92"); /* U+2212 */
    translate_number(out, language, cents / 100);
    buf_add(out, text_of(language, T_number_decimal));
    buf_add_format(out, "%02d", (int)(cents % 100));
}

/* French takes the singular for 0 and 1, the others for 1 alone; Arabic and Turkish have sentences without a plural. */
static bool is_singular(enum language language, int64_t count)
{
    return language == LANGUAGE_FR ? count > -2 && count < 2 : count == 1;
}

static const struct text_arg *arg_by_name(const struct text_arg *args, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(str_of(args[i].name), name))
            return &args[i];
    return NULL;
}

static struct str form_of(enum language language, enum text_key key, const struct text_arg *args, size_t count)
{
    const struct lang_text *words = words_of(language, key);
    const struct text_arg *number = arg_by_name(args, count, STR("count"));
    if (str_is_absent(words->many) || number == NULL || is_singular(language, number->number))
        return words->one;
    return words->many;
}

void translate(struct buf *out, enum language language, enum text_key key, const struct text_arg *args,
               size_t arg_count)
{
    struct str rest = form_of(language, key, args, arg_count);
    for (size_t open; (open = str_find_byte(rest, '{')) != SIZE_MAX;) {
        size_t close = str_find_byte(rest, '}');
        REQUIRE(close != SIZE_MAX && close > open); /* langgen checked */
        const struct text_arg *arg = arg_by_name(args, arg_count, str_slice(rest, open + 1, close));
        REQUIRE(arg != NULL); /* whoever names a sentence gives all its arguments */
        buf_add(out, str_slice(rest, 0, open));
        if (str_is_absent(arg->text))
            translate_number(out, language, arg->number);
        else
            buf_add(out, arg->text);
        rest = str_after(rest, close + 1);
    }
    buf_add(out, rest);
}

struct str text_with(struct arena *arena, enum language language, enum text_key key, const struct text_arg *args,
                     size_t arg_count)
{
    struct buf sentence BUF_SCOPE = BUF_INIT(SENTENCE_MAX);
    translate(&sentence, language, key, args, arg_count);
    return str_copy(arena, buf_str(&sentence));
}

void translate_html(struct html *html, enum text_key key, const struct text_arg *args, size_t arg_count,
                    bool is_attribute)
{
    struct buf sentence BUF_SCOPE = BUF_INIT(SENTENCE_MAX);
    translate(&sentence, (enum language)html->language, key, args, arg_count);
    if (is_attribute)
        html_attribute(html, buf_str(&sentence));
    else
        html_name(html, buf_str(&sentence));
}

void translate_html_number(struct html *html, int64_t number)
{
    struct buf out BUF_SCOPE = BUF_INIT(64);
    translate_number(&out, (enum language)html->language, number);
    html_text(html, buf_str(&out));
}

/* ---- dates ---- */

static const enum text_key months[12] = {
    T_date_month_1, T_date_month_2, T_date_month_3, T_date_month_4,  T_date_month_5,  T_date_month_6,
    T_date_month_7, T_date_month_8, T_date_month_9, T_date_month_10, T_date_month_11, T_date_month_12,
};
static const enum text_key short_months[12] = {
    T_date_short_1, T_date_short_2, T_date_short_3, T_date_short_4,  T_date_short_5,  T_date_short_6,
    T_date_short_7, T_date_short_8, T_date_short_9, T_date_short_10, T_date_short_11, T_date_short_12,
};
static const enum text_key weekdays[7] = {
    T_date_weekday_1, T_date_weekday_2, T_date_weekday_3, T_date_weekday_4,
    T_date_weekday_5, T_date_weekday_6, T_date_weekday_7,
};
static const enum text_key short_weekdays[7] = {
    T_date_weekday_short_1, T_date_weekday_short_2, T_date_weekday_short_3, T_date_weekday_short_4,
    T_date_weekday_short_5, T_date_weekday_short_6, T_date_weekday_short_7,
};

static struct date day_of(const struct civil *civil)
{
    return date_of(civil->year, civil->month, civil->day);
}

/* "24", and "1er" for the first of a month in French. */
static struct str day_number(enum language language, int32_t day, struct buf *scratch)
{
    if (day == 1)
        return text_of(language, T_date_first);
    buf_clear(scratch);
    buf_add_i64(scratch, day);
    return buf_str(scratch);
}

static void add_day(struct buf *out, enum language language, enum text_key form, const struct civil *civil,
                    const enum text_key *names)
{
    struct buf scratch BUF_SCOPE = BUF_INIT(8), year BUF_SCOPE = BUF_INIT(12);
    buf_add_i64(&year, civil->year); /* a year is not grouped by thousands */
    struct text_arg args[] = {
        TEXT_ARG("day", day_number(language, civil->day, &scratch)),
        TEXT_ARG("month", text_of(language, names[civil->month - 1])),
        TEXT_ARG("year", buf_str(&year)),
        TEXT_ARG("weekday", text_of(language, weekdays[date_weekday(day_of(civil))])),
    };
    translate(out, language, form, args, sizeof args / sizeof args[0]);
}

static void add_time(struct buf *out, enum language language, const struct civil *civil)
{
    char minute[3] = {(char)('0' + civil->minute / 10), (char)('0' + civil->minute % 10), 0};
    struct text_arg args[] = {NUMBER_ARG("hour", civil->hour), TEXT_ARG("minute", str_of(minute))};
    translate(out, language, T_date_time, args, 2);
}

void translate_date(struct buf *out, enum language language, struct instant at, int32_t offset_minutes)
{
    struct civil civil = civil_of(at, offset_minutes);
    add_day(out, language, T_date_full, &civil, months);
}

void translate_time(struct buf *out, enum language language, struct instant at, int32_t offset_minutes)
{
    struct civil civil = civil_of(at, offset_minutes);
    add_time(out, language, &civil);
}

void translate_moment(struct buf *out, enum language language, struct instant at, int32_t offset_minutes)
{
    struct civil civil = civil_of(at, offset_minutes);
    add_day(out, language, T_date_weekday_full, &civil, months);
    buf_add_literal(out, ", ");
    add_time(out, language, &civil);
}

void translate_weekday(struct buf *out, enum language language, struct instant at, int32_t offset_minutes)
{
    struct civil civil = civil_of(at, offset_minutes);
    add_day(out, language, T_date_weekday_day, &civil, months);
}

void translate_when(struct buf *out, enum language language, struct instant at, struct instant now,
                    int32_t offset_minutes)
{
    struct civil civil = civil_of(at, offset_minutes), today = civil_of(now, offset_minutes);
    int32_t age = day_of(&today).days - day_of(&civil).days;
    if (age == 0) {
        add_time(out, language, &civil);
    } else if (age > 0 && age <= DAYS_NAMED) {
        buf_add(out, text_of(language, short_weekdays[date_weekday(day_of(&civil))]));
        buf_add_byte(out, ' ');
        add_time(out, language, &civil);
    } else {
        add_day(out, language, civil.year == today.year ? T_date_day : T_date_day_year, &civil, short_months);
    }
}

/* ---- sizes ---- */

static void add_tenths(struct buf *out, enum language language, int64_t tenths)
{
    translate_number(out, language, tenths / 10);
    if (tenths < 100 && tenths % 10 != 0) { /* "3,2" but "84" */
        buf_add(out, text_of(language, T_number_decimal));
        buf_add_byte(out, (char)('0' + tenths % 10));
    }
}

void translate_size(struct buf *out, enum language language, int64_t bytes)
{
    static const enum text_key units[] = {T_size_bytes, T_size_kilo, T_size_mega, T_size_giga, T_size_tera};
    int64_t unit = 1;
    size_t i = 0;
    while (i + 1 < sizeof units / sizeof units[0] && bytes / unit >= 1000) {
        unit *= 1000;
        i++;
    }
    int64_t tenths = bytes / unit * 10 + bytes % unit * 10 / unit;
    struct buf number BUF_SCOPE = BUF_INIT(64);
    add_tenths(&number, language, tenths);
    translate(out, language, units[i], (struct text_arg[]){TEXT_ARG("number", buf_str(&number))}, 1);
}
