#include "language/source/fact.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "language/plain.h"
#include "language/token.h"

enum { LATIN_END = 0x250, LATIN_MORE = 0x1E00, LATIN_MORE_END = 0x1F00 };

enum status fact_add(struct fact_text *text, struct fact fact)
{
    struct facts *facts = text->facts;
    struct fact *added = list_add(facts, text->arena, FACTS_MAX);
    if (added == NULL || str_is_absent(fact.value))
        return LIMIT;
    if (str_is_absent(fact.unit))
        fact.unit = STR("");
    *added = fact;
    return OK;
}

struct str fact_folded(struct arena *arena, struct str word)
{
    struct buf plain BUF_SCOPE = BUF_INIT(3 * FACT_TEXT_MAX + 16);
    plain_write(&plain, word);
    return buf_status(&plain) == OK ? str_copy(arena, str_trim(buf_str(&plain))) : STR_NONE;
}

size_t fact_blanks(struct str text, size_t at)
{
    static const struct str blanks[] = {STR_INIT(" "), STR_INIT("\u00A0"), STR_INIT("\u202F"), STR_INIT("\u2009"),
                                        STR_INIT("\u2007")};
    size_t from = at;
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        if (!str_starts(str_after(text, at), blanks[i]))
            continue;
        at += blanks[i].len;
        i = (size_t)-1;
    }
    return at - from;
}

struct str fact_word_at(const struct fact_text *text, size_t at, bool may_skip, size_t *ret_end)
{
    struct str run;
    at += may_skip ? fact_blanks(text->whole, at) : 0;
    struct str rest = str_after(text->whole, at);
    if (rest.len == 0 || !token_run(&rest, &run) || run.at != text->whole.at + at)
        return STR_NONE;
    *ret_end = (size_t)(run.at + run.len - text->whole.at);
    return run;
}

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

/* Letters of no Latin alphabet look like others, so they count as capitals; of Latin letters beyond those of French the
 * even ones mostly are. */
static bool is_capital(struct str word)
{
    struct str rest = word;
    uint32_t first = utf8_next(&rest);
    for (uint32_t point = first; point != 0; point = rest.len > 0 ? utf8_next(&rest) : 0)
        if (point >= LATIN_END && (point < LATIN_MORE || point >= LATIN_MORE_END))
            return true;
    if (first < 0x100)
        return (first >= 'A' && first <= 'Z') || (first >= 0xC0 && first <= 0xDE);
    return first % 2 == 0;
}

/* Digits that are none of ASCII (superscripts, fractions, other scripts), and what is not seen between two of them:
 * these must stand in a source as they are. */
static bool is_odd(uint32_t point)
{
    return point == 0xB2 || point == 0xB3 || point == 0xB9 || (point >= 0xBC && point <= 0xBE) || point == 0xAD ||
           (point >= 0x660 && point <= 0x669) || (point >= 0x6F0 && point <= 0x6F9) ||
           (point >= 0x966 && point <= 0x96F) || (point >= 0x200B && point <= 0x200D) || point == 0x2060 ||
           (point >= 0x2070 && point <= 0x209C) || (point >= 0x2150 && point <= 0x218B) ||
           (point >= 0x2460 && point <= 0x24FF) || point == 0xFEFF || (point >= 0xFF10 && point <= 0xFF19) ||
           (point >= 0x1D7CE && point <= 0x1D7FF);
}

/* ---- addresses ---- */

static bool is_of_address(uint32_t point)
{
    return token_is_letter(point) || (point < 0x80 && strchr(".@-_/:+%?=&#~", (int)point) != NULL);
}

/* Bytes from `at` of what is written without a blank and has a dot or an @ between letters; 0: no address. */
static size_t address_at(struct str whole, size_t at)
{
    struct str rest = str_after(whole, at);
    size_t length = 0, joints = 0;
    uint32_t before = 0, joint = 0;
    while (rest.len > 0) {
        uint32_t point = utf8_next(&rest);
        if (!is_of_address(point))
            break;
        bool is_letter = token_is_letter(point);
        joints += is_letter && !(point < 0x80 && ascii_is_digit((char)point)) && joint != 0;
        joint = (point == '.' || point == '@') && token_is_letter(before) ? point : 0;
        before = point;
        if (is_letter) /* what ends it is a sentence's */
            length = whole.len - at - rest.len;
    }
    return joints > 0 ? length : 0;
}

static enum status take_address(struct fact_text *text, size_t length)
{
    struct str where = str_slice(text->whole, text->at, text->at + length);
    text->at += length;
    return fact_add(text,
                    (struct fact){.kind = FACT_ADDRESS, .value = fact_folded(text->arena, where), .where = where});
}

/* ---- words ---- */

/* Behind these, or behind a name that stands behind these, a capital makes a name: "madame Petit". */
static bool is_named(const struct facts *facts)
{
    static const struct str titles[] = {
        STR_INIT("monsieur"), STR_INIT("messieurs"), STR_INIT("madame"), STR_INIT("mesdames"), STR_INIT("mademoiselle"),
        STR_INIT("m"),        STR_INIT("mm"),        STR_INIT("mme"),    STR_INIT("mlle"),     STR_INIT("dr"),
        STR_INIT("docteur"),  STR_INIT("docteure"),  STR_INIT("maire"),  STR_INIT("maitre"),   STR_INIT("me"),
        STR_INIT("professeur"), STR_INIT("president"), STR_INIT("presidente"), STR_INIT("prefet"), STR_INIT("prefete"),
    };
    const struct fact *before = facts->count > 0 ? &facts->at[facts->count - 1] : NULL;
    if (before == NULL || before->kind != FACT_WORD)
        return false;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (str_eq(titles[i], before->value))
            return true;
    return before->is_named;
}

static enum status take_word(struct fact_text *text, bool is_first)
{
    struct str rest = str_after(text->whole, text->at), run;
    if (!token_run(&rest, &run))
        return BUG;
    text->at = (size_t)(run.at + run.len - text->whole.at);
    struct str word = fact_folded(text->arena, run);
    /* "n'" before a vowel. */
    bool is_elided_ne = str_eq(word, STR("n")) && rest.len > 0 && (rest.at[0] == '\'' || str_starts(rest, STR("’")));
    if (is_elided_ne || is_negation(word))
        return fact_add(text, (struct fact){.kind = FACT_NEGATION, .value = word, .where = run});
    bool has_capital = is_capital(run);
    return fact_add(text, (struct fact){.kind = FACT_WORD, .value = word, .where = run, .is_capital = has_capital,
                                        .is_first = is_first, .is_named = has_capital && is_named(text->facts)});
}

/* One fact that begins at text->at, where a letter, a digit or an odd sign stands. */
static enum status take(struct fact_text *text, uint32_t point, size_t size, bool is_first)
{
    size_t address = address_at(text->whole, text->at);
    if (address > 0)
        return take_address(text, address);
    if (point < 0x80 && ascii_is_digit((char)point))
        return fact_take_figures(text);
    if (is_odd(point)) {
        struct str where = str_slice(text->whole, text->at, text->at + size);
        text->at += size;
        return fact_add(text, (struct fact){.kind = FACT_NUMBER, .value = where, .where = where});
    }
    enum status done = fact_take_number_words(text);
    return done == NOT_FOUND ? take_word(text, is_first) : done;
}

/* "entre 2 et 3 mois", "de 5 à 7 €": the first has the unit of the second. */
static void share_units(struct facts *facts, size_t from)
{
    for (size_t i = facts->count; i-- > from + 1;) {
        struct fact *one = &facts->at[i - 1];
        const struct fact *next = &facts->at[i];
        bool is_joint = next->kind == FACT_WORD && i + 1 < facts->count &&
                        (str_eq(next->value, STR("a")) || str_eq(next->value, STR("et")) ||
                         str_eq(next->value, STR("ou")));
        if (is_joint)
            next = &facts->at[i + 1];
        if (one->kind == FACT_NUMBER && next->kind == FACT_NUMBER && one->unit.len == 0)
            one->unit = next->unit;
    }
}

enum status facts_gather(struct arena *arena, struct str whole, bool is_source, struct facts *facts)
{
    struct fact_text text = {.arena = arena, .facts = facts, .whole = whole, .is_source = is_source};
    size_t from = facts->count;
    bool is_first = true;
    while (text.at < whole.len) {
        struct str rest = str_after(whole, text.at), before = rest;
        uint32_t point = utf8_next(&rest);
        if (!token_is_letter(point) && !is_odd(point)) {
            text.at = whole.len - rest.len;
            continue;
        }
        TRY(take(&text, point, before.len - rest.len, is_first));
        is_first = false;
    }
    share_units(facts, from);
    return OK;
}
