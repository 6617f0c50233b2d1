#include "language/model/claim.h"

#include "base/utf8.h"

enum { NAME_BYTES = TABLE_NAME_MAX + 8 };

/* ---- names ---- */

static bool is_word_byte(char byte)
{
    return ascii_is_alpha(byte) || ascii_is_digit(byte) || ((unsigned char)byte & 0x80) != 0;
}

/* A capital, plain or with its accent (U+00C0 to U+00DE are C3 80 to C3 9E; U+0152 is C5 92). */
static bool is_capital(struct str text)
{
    unsigned char first = text.len > 0 ? (unsigned char)text.at[0] : 0;
    unsigned char second = text.len > 1 ? (unsigned char)text.at[1] : 0;
    return (first >= 'A' && first <= 'Z') || (first == 0xC3 && second >= 0x80 && second <= 0x9E) ||
           (first == 0xC5 && second == 0x92);
}

/* A name joined to another by a hyphen is a part of a longer one. */
static bool begins_word(struct str text, size_t at)
{
    return at == 0 || (!is_word_byte(text.at[at - 1]) && text.at[at - 1] != '-');
}

static bool ends_word(struct str text, size_t at)
{
    bool is_joined = at + 1 < text.len && text.at[at] == '-' && is_word_byte(text.at[at + 1]);
    return at == text.len || (!is_word_byte(text.at[at]) && !is_joined);
}

static size_t find_with(const struct table *table, const char *article, struct str name)
{
    char bytes[NAME_BYTES];
    struct buf whole = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    buf_add_c(&whole, article);
    buf_add(&whole, name);
    return whole.is_over ? TABLE_NONE : table_find(table, buf_str(&whole));
}

/* "du Mans": the article went into the preposition. */
static size_t find_contracted(const struct table *table, struct str before, struct str name)
{
    if (str_ends(before, STR("du ")) || str_ends(before, STR("au ")) || str_ends(before, STR("Au ")))
        return find_with(table, "Le ", name);
    if (str_ends(before, STR("des ")) || str_ends(before, STR("aux ")))
        return find_with(table, "Les ", name);
    return TABLE_NONE;
}

/* The longest name that begins at `at`. */
static size_t find_at(const struct table *table, struct str text, size_t at, size_t *ret_end)
{
    size_t last = text.len - at < TABLE_NAME_MAX ? text.len : at + TABLE_NAME_MAX;
    for (size_t end = last; end > at; end--) {
        if (!ends_word(text, end))
            continue;
        struct str name = str_slice(text, at, end);
        size_t found = table_find(table, name);
        if (found == TABLE_NONE)
            found = find_contracted(table, str_slice(text, 0, at), name);
        if (found != TABLE_NONE) {
            *ret_end = end;
            return found;
        }
    }
    return TABLE_NONE;
}

const struct table_commune *claim_commune(const struct table *table, struct str text, size_t *ret_after)
{
    for (size_t at = 0; at < text.len; at++) {
        if (!begins_word(text, at) || !is_capital(str_after(text, at)))
            continue;
        size_t found = find_at(table, text, at, ret_after);
        if (found != TABLE_NONE)
            return &table->communes[found];
    }
    *ret_after = text.len;
    return NULL;
}

/* Words joined by hyphens and apostrophes, from a capital on. */
static size_t name_end(struct str text, size_t at)
{
    while (at < text.len && (is_word_byte(text.at[at]) || text.at[at] == '-' || text.at[at] == '\''))
        at++;
    return at;
}

struct str claim_unknown_name(const struct table *table, struct str text)
{
    text = str_trim(text);
    bool is_asked = str_ends(text, STR("?"));
    struct str words = is_asked ? str_trim(str_slice(text, 0, text.len - 1)) : text;
    bool is_alone = is_asked && str_find_byte(words, ' ') == SIZE_MAX;
    for (size_t at = 0; at < text.len; at++) {
        if (!begins_word(text, at) || !is_capital(str_after(text, at)))
            continue;
        size_t end = name_end(text, at), known;
        if ((at > 0 || is_alone) && end - at > 2 && find_at(table, text, at, &known) == TABLE_NONE)
            return str_slice(text, at, end);
        at = end > at ? end - 1 : at;
    }
    return STR_NONE;
}

/* ---- whom an answer is about ---- */

/* Whom an answer names: a commune, or a name that no commune bears; neither: nobody. */
struct about {
    const struct table_commune *commune;
    struct str name; /* borne by none; else absent */
    size_t after;    /* where the commune's name ends in the answer */
};

static struct str before(struct str text, struct str mark)
{
    return str_slice(text, 0, str_find(text, mark));
}

/* "Gien se trouve …", "Gien compte …", "Le code postal de Gien est …", "Je ne connais pas Gien.": the words where a
 * talk puts its commune (dialogue_words.c); absent: an answer of another form. */
static struct str subject_of(struct str answer)
{
    static const struct str unknown = STR_INIT("ne connais pas"), code = STR_INIT("Le code postal ");
    static const struct str verbs[] = {STR_INIT(" se trouve"), STR_INIT(" compte")};
    size_t at = str_find(answer, unknown), is = str_find(answer, STR(" est "));
    if (at != SIZE_MAX)
        return before(str_after(answer, at + unknown.len), STR("."));
    if (str_starts(answer, code) && is != SIZE_MAX && is > code.len)
        return str_slice(answer, code.len, is);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_find(answer, verbs[i]) != SIZE_MAX)
            return before(answer, verbs[i]);
    return STR_NONE;
}

/* Without its preposition; absent: "Elle", "Cette commune", or no name at all. */
static struct str name_in(struct str subject)
{
    static const struct str small[] = {STR_INIT("de "), STR_INIT("d'"), STR_INIT("du "), STR_INIT("des ")};
    static const struct str nobody[] = {STR_INIT("Il"), STR_INIT("Elle"), STR_INIT("Cette commune"),
                                        STR_INIT("La commune"), STR_INIT("Ce village"), STR_INIT("Le village")};
    subject = str_trim(subject);
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (str_starts(subject, small[i]))
            subject = str_trim(str_after(subject, small[i].len));
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
        if (str_eq(subject, nobody[i]))
            return STR_NONE;
    return is_capital(subject) ? subject : STR_NONE;
}

/* Where no form says whom it is about, any commune named before a department is; of departments some bear the name of
 * a commune. */
static struct about about_of(const struct table *table, struct str question, struct str answer)
{
    struct about about = {.name = STR_NONE};
    struct str subject = subject_of(answer);
    bool has_name = !str_is_absent(subject) && !str_is_absent(name_in(subject));
    struct str words = has_name ? subject : before(before(answer, STR(" dans ")), STR("Dans "));
    about.commune = claim_commune(table, words, &about.after);
    about.after += (size_t)(words.at - answer.at);
    if (about.commune != NULL)
        return about;
    struct str unknown = claim_unknown_name(table, question);
    if (has_name)
        about.name = name_in(subject);
    else if (!str_is_absent(unknown) && str_find(answer, unknown) != SIZE_MAX)
        about.name = unknown;
    return about;
}

/* ---- claims ---- */

struct claims {
    const struct table *table;
    struct claim *at;
    size_t count;
};

static void add(struct claims *claims, struct claim claim)
{
    if (claims->count < CLAIMS_MAX)
        claims->at[claims->count++] = claim;
}

/* "La plus peuplée est A : 10 habitants, contre 5 à B." */
static bool add_larger(struct claims *claims, struct str answer, const struct table_commune *first, size_t after)
{
    size_t end;
    if (first == NULL || str_find(answer, STR("plus peupl")) == SIZE_MAX)
        return false;
    const struct table_commune *second = claim_commune(claims->table, str_after(answer, after), &end);
    bool is_judged = second != NULL && !str_eq(first->name, second->name);
    add(claims, (struct claim){.kind = CLAIM_LARGER, .said = first->name, .commune = first,
                               .verdict = !is_judged                              ? MEASURE_UNCLEAR
                                          : first->population > second->population ? MEASURE_TRUE
                                                                                   : MEASURE_FALSE});
    return true;
}

/* An answer that names nobody is about the commune of the question; where that names none either, nothing can be
 * judged. */
static void add_fields(struct claims *claims, struct str answer, const struct about *about,
                       const struct table_commune *asked)
{
    static bool all[MEASURE_FIELDS] = {true, true, true};
    uint8_t verdicts[MEASURE_FIELDS];
    bool is_named = about->commune != NULL || !str_is_absent(about->name);
    const struct table_commune *commune = is_named ? about->commune : asked;
    measure_judge(claims->table, commune != NULL ? commune->name : STR(""), answer, all, verdicts);
    for (int field = 0; field < MEASURE_FIELDS; field++) {
        struct str value = measure_value(answer, (enum measure_field)field);
        enum measure_verdict verdict = is_named || asked != NULL ? verdicts[field] : MEASURE_UNCLEAR;
        if (!str_is_absent(value))
            add(claims, (struct claim){.kind = (enum claim_kind)field, .said = value, .commune = commune,
                                       .verdict = verdict});
    }
}

/* That it does not know whom it names, else whom the question names. */
static void add_refusal(struct claims *claims, const struct about *about, const struct table_commune *asked,
                        struct str unknown)
{
    bool is_name = about->commune == NULL && !str_is_absent(about->name);
    const struct table_commune *commune = about->commune != NULL || is_name ? about->commune : asked;
    add(claims, (struct claim){.kind = CLAIM_UNKNOWN,
                               .said = is_name           ? about->name
                                       : commune != NULL ? commune->name
                                                         : unknown,
                               .commune = commune, .verdict = MEASURE_REFUSED});
}

void claim_read(const struct table *table, struct str question, struct str answer, struct claim claims[CLAIMS_MAX],
                size_t *ret_count)
{
    struct claims list = {.table = table, .at = claims};
    size_t asked_after;
    const struct table_commune *asked = claim_commune(table, question, &asked_after);
    struct about about = about_of(table, question, answer);
    bool is_refusal = str_find(answer, STR("ne connais pas")) != SIZE_MAX;
    if (is_refusal)
        add_refusal(&list, &about, asked, claim_unknown_name(table, question));
    else if (!add_larger(&list, answer, about.commune, about.after))
        add_fields(&list, answer, &about, asked);
    if (!is_refusal && list.count > 0 && !str_is_absent(about.name))
        add(&list, (struct claim){.kind = CLAIM_NAME, .said = about.name, .verdict = MEASURE_FALSE});
    if (list.count == 0)
        add(&list, (struct claim){.kind = CLAIM_NOTHING, .verdict = MEASURE_UNCLEAR});
    *ret_count = list.count;
}
