#include "language/source/guard.h"

#include "base/list.h"
#include "base/utf8.h"
#include "language/plain.h"
#include "language/source/sentence.h"
#include "language/source/words.h"
#include "language/token.h"

enum fact_kind { FACT_NUMBER, FACT_WORD, FACT_NEGATION };

/* Something a text says that can be compared. */
struct fact {
    enum fact_kind kind;
    bool is_capital; /* WORD: written as a name is */
    bool is_first;   /* WORD: the first of its sentence, where every word has a capital */
    struct str value, unit; /* NUMBER: its digits, without blanks; WORD: folded. Of the arena */
    struct str where;       /* in the text */
};
struct facts LIST_OF(struct fact);

struct text {
    struct arena *arena;
    struct facts *facts;
    struct str whole;
    size_t at;
};

static enum status add_fact(struct text *text, struct fact fact)
{
    struct fact *added = str_is_absent(fact.value) ? NULL : list_add(text->facts, text->arena, GUARD_FACTS_MAX);
    if (added == NULL)
        return LIMIT;
    *added = fact;
    return OK;
}

static struct str folded(struct arena *arena, struct str word)
{
    struct buf plain BUF_SCOPE = BUF_INIT(3 * GUARD_TEXT_MAX + 16);
    plain_write(&plain, word);
    return buf_status(&plain) == OK ? str_copy(arena, str_trim(buf_str(&plain))) : STR_NONE;
}

/* ---- numbers ---- */

/* What a unit is called here, or absent: months are units of days, so "12 mars" is not "12 mai". */
static struct str unit_of(struct str word)
{
    static const struct {
        struct str word, unit;
    } units[] = {
        {STR_INIT("euro"), STR_INIT("euro")},       {STR_INIT("euros"), STR_INIT("euro")},
        {STR_INIT("eur"), STR_INIT("euro")},        {STR_INIT("centime"), STR_INIT("centime")},
        {STR_INIT("centimes"), STR_INIT("centime")}, {STR_INIT("jour"), STR_INIT("jour")},
        {STR_INIT("jours"), STR_INIT("jour")},      {STR_INIT("semaine"), STR_INIT("semaine")},
        {STR_INIT("semaines"), STR_INIT("semaine")}, {STR_INIT("mois"), STR_INIT("mois")},
        {STR_INIT("an"), STR_INIT("an")},           {STR_INIT("ans"), STR_INIT("an")},
        {STR_INIT("annee"), STR_INIT("an")},        {STR_INIT("annees"), STR_INIT("an")},
        {STR_INIT("heure"), STR_INIT("heure")},     {STR_INIT("heures"), STR_INIT("heure")},
        {STR_INIT("h"), STR_INIT("heure")},         {STR_INIT("minute"), STR_INIT("minute")},
        {STR_INIT("minutes"), STR_INIT("minute")},  {STR_INIT("trimestre"), STR_INIT("trimestre")},
        {STR_INIT("trimestres"), STR_INIT("trimestre")}, {STR_INIT("million"), STR_INIT("million")},
        {STR_INIT("millions"), STR_INIT("million")}, {STR_INIT("milliard"), STR_INIT("milliard")},
        {STR_INIT("milliards"), STR_INIT("milliard")}, {STR_INIT("km"), STR_INIT("km")},
        {STR_INIT("m"), STR_INIT("m")},             {STR_INIT("kg"), STR_INIT("kg")},
        {STR_INIT("janvier"), STR_INIT("janvier")}, {STR_INIT("fevrier"), STR_INIT("fevrier")},
        {STR_INIT("mars"), STR_INIT("mars")},       {STR_INIT("avril"), STR_INIT("avril")},
        {STR_INIT("mai"), STR_INIT("mai")},         {STR_INIT("juin"), STR_INIT("juin")},
        {STR_INIT("juillet"), STR_INIT("juillet")}, {STR_INIT("aout"), STR_INIT("aout")},
        {STR_INIT("septembre"), STR_INIT("septembre")}, {STR_INIT("octobre"), STR_INIT("octobre")},
        {STR_INIT("novembre"), STR_INIT("novembre")}, {STR_INIT("decembre"), STR_INIT("decembre")},
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(units[i].word, word))
            return units[i].unit;
    return STR_NONE;
}

static struct str number_of(struct str word)
{
    static const struct {
        struct str word, digits;
    } numbers[] = {
        {STR_INIT("zero"), STR_INIT("0")},       {STR_INIT("deux"), STR_INIT("2")},
        {STR_INIT("trois"), STR_INIT("3")},      {STR_INIT("quatre"), STR_INIT("4")},
        {STR_INIT("cinq"), STR_INIT("5")},       {STR_INIT("six"), STR_INIT("6")},
        {STR_INIT("sept"), STR_INIT("7")},       {STR_INIT("huit"), STR_INIT("8")},
        {STR_INIT("neuf"), STR_INIT("9")},       {STR_INIT("dix"), STR_INIT("10")},
        {STR_INIT("onze"), STR_INIT("11")},      {STR_INIT("douze"), STR_INIT("12")},
        {STR_INIT("treize"), STR_INIT("13")},    {STR_INIT("quatorze"), STR_INIT("14")},
        {STR_INIT("quinze"), STR_INIT("15")},    {STR_INIT("seize"), STR_INIT("16")},
        {STR_INIT("vingt"), STR_INIT("20")},     {STR_INIT("vingts"), STR_INIT("20")},
        {STR_INIT("trente"), STR_INIT("30")},    {STR_INIT("quarante"), STR_INIT("40")},
        {STR_INIT("cinquante"), STR_INIT("50")}, {STR_INIT("soixante"), STR_INIT("60")},
        {STR_INIT("cent"), STR_INIT("100")},     {STR_INIT("cents"), STR_INIT("100")},
        {STR_INIT("mille"), STR_INIT("1000")},   {STR_INIT("million"), STR_INIT("1000000")},
        {STR_INIT("millions"), STR_INIT("1000000")}, {STR_INIT("milliard"), STR_INIT("1000000000")},
        {STR_INIT("milliards"), STR_INIT("1000000000")}, {STR_INIT("moitie"), STR_INIT("moitie")},
        {STR_INIT("double"), STR_INIT("double")}, {STR_INIT("triple"), STR_INIT("triple")},
        {STR_INIT("tiers"), STR_INIT("tiers")},  {STR_INIT("quart"), STR_INIT("quart")},
        {STR_INIT("demi"), STR_INIT("demi")},    {STR_INIT("demie"), STR_INIT("demi")},
        {STR_INIT("quinzaine"), STR_INIT("quinzaine")}, {STR_INIT("dizaine"), STR_INIT("dizaine")},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (str_eq(numbers[i].word, word))
            return numbers[i].digits;
    return STR_NONE;
}

static size_t digits_from(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && ascii_is_digit(text.at[end]))
        end++;
    return end - at;
}

/* Bytes of a blank that groups digits: a space, U+00A0 or U+202F; 0. */
static size_t blank_at(struct str text, size_t at)
{
    static const struct str blanks[] = {STR_INIT(" "), STR_INIT("\u00A0"), STR_INIT("\u202F"), STR_INIT("\u2009")};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        if (str_starts(str_after(text, at), blanks[i]))
            return blanks[i].len;
    return 0;
}

/* Behind the number: the unit, over blanks. */
static struct str unit_behind(struct text *text, size_t at)
{
    struct str word;
    for (size_t blank = blank_at(text->whole, at); blank > 0; blank = blank_at(text->whole, at))
        at += blank;
    struct str rest = str_after(text->whole, at);
    if (str_starts(rest, STR("€")))
        return STR("euro");
    if (str_starts(rest, STR("%")))
        return STR("%");
    if (!token_run(&rest, &word) || word.at != text->whole.at + at)
        return STR("");
    struct str unit = unit_of(folded(text->arena, word));
    return str_is_absent(unit) ? STR("") : unit;
}

/* Decimals that say nothing: "50,00" is 50. */
static void add_decimals(struct buf *digits, struct str decimals)
{
    while (decimals.len > 0 && decimals.at[decimals.len - 1] == '0')
        decimals.len--;
    if (decimals.len > 0)
        buf_add_byte(digits, ',');
    buf_add(digits, decimals);
}

/* A run of digits, grouped by blanks, with decimals: "1 234 567,50". */
static enum status take_number(struct text *text)
{
    struct buf digits BUF_SCOPE = BUF_INIT(GUARD_TEXT_MAX);
    struct str whole = text->whole;
    size_t from = text->at, at = from + digits_from(whole, from), blank;
    buf_add(&digits, str_slice(whole, from, at));
    while (at - from <= 15 && (blank = blank_at(whole, at)) > 0 && digits_from(whole, at + blank) == 3) {
        buf_add(&digits, str_slice(whole, at + blank, at + blank + 3));
        at += blank + 3;
    }
    if (at + 1 < whole.len && (whole.at[at] == ',' || whole.at[at] == '.') && digits_from(whole, at + 1) > 0) {
        size_t decimals = digits_from(whole, at + 1);
        add_decimals(&digits, str_slice(whole, at + 1, at + 1 + decimals));
        at += 1 + decimals;
    }
    text->at = at;
    return add_fact(text, (struct fact){.kind = FACT_NUMBER, .value = str_copy(text->arena, buf_str(&digits)),
                                        .unit = unit_behind(text, at), .where = str_slice(whole, from, at)});
}

/* Digits that are none of ASCII: superscripts, fractions, other scripts. They must stand in a passage as they are. */
static bool is_odd_digit(uint32_t point)
{
    return point == 0xB2 || point == 0xB3 || point == 0xB9 || (point >= 0xBC && point <= 0xBE) ||
           (point >= 0x660 && point <= 0x669) || (point >= 0x6F0 && point <= 0x6F9) ||
           (point >= 0x966 && point <= 0x96F) || (point >= 0x2070 && point <= 0x209C) ||
           (point >= 0x2150 && point <= 0x218B) || (point >= 0x2460 && point <= 0x24FF) ||
           (point >= 0xFF10 && point <= 0xFF19) || (point >= 0x1D7CE && point <= 0x1D7FF);
}

/* ---- words ---- */

static bool is_negation(struct str word)
{
    static const struct str negations[] = {
        STR_INIT("ne"),   STR_INIT("pas"),    STR_INIT("jamais"),  STR_INIT("aucun"),     STR_INIT("aucune"),
        STR_INIT("sans"), STR_INIT("ni"),     STR_INIT("rien"),    STR_INIT("nul"),       STR_INIT("nulle"),
        STR_INIT("non"),  STR_INIT("interdit"), STR_INIT("interdite"), STR_INIT("impossible"),
        STR_INIT("refuse"), STR_INIT("inutile"),
    };
    for (size_t i = 0; i < sizeof negations / sizeof negations[0]; i++)
        if (str_eq(negations[i], word))
            return true;
    return false;
}

static bool is_capital(struct str word)
{
    struct str rest = word;
    uint32_t point = utf8_next(&rest);
    return (point >= 'A' && point <= 'Z') || (point >= 0xC0 && point <= 0xDE && point != 0xD7) || point == 0x152 ||
           point == 0x178;
}

static enum status take_word(struct text *text, bool is_first)
{
    struct str rest = str_after(text->whole, text->at), run;
    if (!token_run(&rest, &run))
        return BUG;
    text->at = (size_t)(run.at + run.len - text->whole.at);
    struct str word = folded(text->arena, run), number = number_of(word);
    /* "n'" before a vowel. */
    bool is_elided_ne = str_eq(word, STR("n")) && rest.len > 0 && (rest.at[0] == '\'' || str_starts(rest, STR("’")));
    if (!str_is_absent(number))
        return add_fact(text, (struct fact){.kind = FACT_NUMBER, .value = number, .where = run,
                                            .unit = unit_behind(text, text->at)});
    if (is_elided_ne || is_negation(word))
        return add_fact(text, (struct fact){.kind = FACT_NEGATION, .value = word, .unit = STR(""), .where = run});
    return add_fact(text, (struct fact){.kind = FACT_WORD, .value = word, .unit = STR(""), .where = run,
                                        .is_capital = is_capital(run), .is_first = is_first});
}

static enum status gather(struct arena *arena, struct str whole, struct facts *facts)
{
    struct text text = {.arena = arena, .facts = facts, .whole = whole};
    bool is_first = true;
    while (text.at < whole.len) {
        struct str rest = str_after(whole, text.at), before = rest;
        uint32_t point = utf8_next(&rest);
        if (point < 0x80 && ascii_is_digit((char)point)) {
            TRY(take_number(&text));
        } else if (is_odd_digit(point)) {
            struct str where = str_slice(before, 0, before.len - rest.len);
            TRY(add_fact(&text, (struct fact){.kind = FACT_NUMBER, .value = where, .unit = STR(""), .where = where}));
            text.at += where.len;
        } else if (token_is_letter(point)) {
            TRY(take_word(&text, is_first));
        } else {
            text.at = whole.len - rest.len;
            continue;
        }
        is_first = false;
    }
    return OK;
}

/* ---- comparing ---- */

static bool has_number(const struct facts *known, const struct fact *fact)
{
    for (size_t i = 0; i < known->count; i++) {
        const struct fact *at = &known->at[i];
        if (at->kind == FACT_NUMBER && str_eq(at->value, fact->value) &&
            (fact->unit.len == 0 || str_eq(at->unit, fact->unit)))
            return true;
    }
    return false;
}

static bool has_word(const struct facts *known, struct str word)
{
    for (size_t i = 0; i < known->count; i++)
        if (known->at[i].kind != FACT_NUMBER && str_eq(known->at[i].value, word))
            return true;
    return false;
}

static bool has_negation(const struct facts *known)
{
    for (size_t i = 0; i < known->count; i++)
        if (known->at[i].kind == FACT_NEGATION)
            return true;
    return false;
}

static bool has_digit(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (ascii_is_digit(word.at[i]))
            return true;
    return false;
}

/* Words a sentence may begin with that are no names. */
static bool is_beginning(struct str word)
{
    static const struct str words[] = {STR_INIT("attention"), STR_INIT("ensuite"),   STR_INIT("enfin"),
                                       STR_INIT("sinon"),     STR_INIT("cependant"), STR_INIT("toutefois"),
                                       STR_INIT("notamment"), STR_INIT("autrement"), STR_INIT("oui"),
                                       STR_INIT("certains"),  STR_INIT("certaines"), STR_INIT("quelques")};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(words[i], word))
            return true;
    return false;
}

/* Days and months are facts in small letters too. */
static bool is_calendar(struct str word)
{
    static const struct str days[] = {STR_INIT("lundi"), STR_INIT("mardi"),  STR_INIT("mercredi"), STR_INIT("jeudi"),
                                      STR_INIT("vendredi"), STR_INIT("samedi"), STR_INIT("dimanche")};
    struct str unit = unit_of(word);
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        if (str_starts(word, days[i]))
            return true;
    /* From euro to kg units are no dates; months stand behind them in the table. */
    return !str_is_absent(unit) && unit.len > 2 && word.len > 2 &&
           (str_ends(unit, STR("bre")) || str_eq(unit, STR("janvier")) || str_eq(unit, STR("fevrier")) ||
            str_eq(unit, STR("mars")) || str_eq(unit, STR("avril")) || str_eq(unit, STR("mai")) ||
            str_eq(unit, STR("juin")) || str_eq(unit, STR("juillet")) || str_eq(unit, STR("aout")));
}

static enum guard_reason reason_of(const struct facts *known, const struct fact *fact)
{
    if (fact->kind == FACT_NUMBER)
        return has_number(known, fact) ? GUARD_CLEAN : GUARD_NUMBER;
    if (fact->kind == FACT_NEGATION)
        return has_negation(known) ? GUARD_CLEAN : GUARD_NEGATION;
    if (has_word(known, fact->value))
        return GUARD_CLEAN;
    if (has_digit(fact->value) || is_calendar(fact->value))
        return GUARD_NUMBER;
    if (!fact->is_capital || word_is_empty(fact->value) || (fact->is_first && is_beginning(fact->value)))
        return GUARD_CLEAN;
    return GUARD_NAME;
}

static enum status check_sentence(struct arena *arena, const struct facts *known, struct guard_sentence *sentence)
{
    struct facts facts = {0};
    TRY(gather(arena, sentence->text, &facts));
    for (size_t i = 0; i < facts.count && sentence->reason == GUARD_CLEAN; i++) {
        sentence->reason = reason_of(known, &facts.at[i]);
        if (sentence->reason != GUARD_CLEAN)
            sentence->what = facts.at[i].where;
    }
    return OK;
}

enum status guard_check(struct arena *arena, struct str rewording, const struct str *passages, size_t passage_count,
                        struct guard_sentence **ret_sentences, size_t *ret_count)
{
    struct LIST_OF(struct guard_sentence) sentences = {0};
    struct facts known = {0};
    struct str text;
    if (rewording.len > GUARD_TEXT_MAX)
        return LIMIT;
    for (size_t i = 0; i < passage_count; i++) {
        if (passages[i].len > GUARD_TEXT_MAX)
            return LIMIT;
        TRY(gather(arena, passages[i], &known));
    }
    while (sentence_next(&rewording, &text)) {
        struct guard_sentence *sentence = list_add(&sentences, arena, GUARD_SENTENCES_MAX);
        if (sentence == NULL)
            return LIMIT;
        *sentence = (struct guard_sentence){.text = text, .what = STR_NONE};
        TRY(check_sentence(arena, &known, sentence));
    }
    *ret_sentences = sentences.at;
    *ret_count = sentences.count;
    return OK;
}
