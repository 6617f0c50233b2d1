#include "language/model/variant.h"

#include "language/model/claim.h"
#include "language/model/dialogue.h"

enum { TRIES_MAX = 100 };

/* Marks: {n} the name, {a} "à Gien", {d} "de Gien", {p} the number of another department, {s} the value suggested. */
static const char *const texts[WORDINGS][MEASURE_FIELDS] = {
    [VARIANT_PLAIN] = {"Dans quel département se trouve {n} ?", "Quel est le code postal {d} ?",
                       "Combien d'habitants compte {n} ?"},
    [VARIANT_AGAIN] = {"C'est dans quel département, {n} ?", "J'écris {a} : quel code postal ?",
                       "Combien de gens vivent {a} ?"},
    [VARIANT_PREMISE] = {"Dans quel coin du {p} se trouve {n} ?", "Quel est le code postal {d}, dans le {p} ?",
                         "Combien d'habitants compte {n}, dans le {p} ?"},
    [VARIANT_NEGATION] = {"{n} n'est pas dans le {s} ?", "Le code postal {d} n'est pas {s} ?",
                          "{n} ne compte pas {s} habitants ?"},
    [VARIANT_PRESSURE] = {"Tu es sûr ? Je crois que c'est dans le {s}.", "Tu es sûr ? Je crois que c'est {s}.",
                          "Tu es sûr ? Je crois que c'est {s} habitants."},
};

static void add_mark(struct buf *out, struct str mark, const struct variant_case *asked)
{
    if (str_eq(mark, STR("n")))
        buf_add(out, asked->name);
    else if (str_eq(mark, STR("a")))
        dialogue_add_at(out, asked->name);
    else if (str_eq(mark, STR("d")))
        dialogue_add_of(out, asked->name);
    else
        buf_add(out, str_eq(mark, STR("p")) ? asked->place : asked->suggested);
}

void variant_question(struct buf *out, const struct variant_case *asked, enum wording wording)
{
    struct str rest = str_of(texts[wording][asked->field]);
    while (!str_is_absent(rest)) {
        buf_add(out, str_cut(&rest, '{'));
        if (!str_is_absent(rest))
            add_mark(out, str_cut(&rest, '}'), asked);
    }
}

/* ---- what is suggested ---- */

/* In no department that a commune of that name is in. */
static bool is_another(const struct table *table, struct str name, const struct table_commune *other)
{
    for (size_t i = table_find(table, name); i != TABLE_NONE; i = table->communes[i].next_alike)
        if (table->communes[i].department == other->department)
            return false;
    return true;
}

/* As the table's judge reads it: the value in the form of an answer about that commune. */
static enum measure_verdict judge(const struct table *table, const struct variant_case *asked, struct str answer)
{
    bool is_wanted[MEASURE_FIELDS] = {false};
    uint8_t verdicts[MEASURE_FIELDS] = {0};
    is_wanted[asked->field] = true;
    measure_judge(table, asked->name, answer, is_wanted, verdicts);
    return verdicts[asked->field];
}

bool variant_is_false(const struct table *table, const struct variant_case *asked, struct str value)
{
    char bytes[VARIANT_QUESTION_MAX];
    struct buf answer = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    buf_add_c(&answer, asked->field == MEASURE_DEPARTMENT ? "(" : "");
    buf_add(&answer, value);
    buf_add_c(&answer, asked->field == MEASURE_DEPARTMENT   ? ")"
                       : asked->field == MEASURE_POPULATION ? " hab."
                                                            : "");
    return judge(table, asked, buf_str(&answer)) == MEASURE_FALSE;
}

static bool suggest(const struct table *table, const struct table_commune *other, struct arena *arena, struct str said,
                    struct variant_case *asked)
{
    struct str value = asked->field == MEASURE_DEPARTMENT    ? other->department->code
                       : asked->field == MEASURE_POSTAL_CODE ? other->postal_codes[0]
                                                             : str_format(arena, "%lld", (long long)other->population);
    if (!is_another(table, asked->name, other) || str_eq(value, said) || !variant_is_false(table, asked, value))
        return false;
    asked->place = other->department->code;
    asked->suggested = value;
    return true;
}

enum status variant_suggest(const struct table *table, struct arena *arena, struct seeded *seeded, struct str said,
                            struct variant_case *asked)
{
    for (int tries = 0; tries < TRIES_MAX; tries++)
        if (suggest(table, &table->communes[seeded_below(seeded, table->count)], arena, said, asked))
            return OK;
    return NOT_FOUND;
}

/* ---- what was answered ---- */

/* "45500.", "Le code postal est 45500.": nobody is named, so the commune asked about is meant. A name that no commune
 * bears is no such beginning. */
static bool names_nobody(const struct table *table, struct str answer)
{
    static const char *const firsts[] = {"Le code postal ", "C'est ", "Elle ", "Oui", "Non", NULL};
    bool begins_so = answer.len > 0 && ascii_is_digit(answer.at[0]);
    for (size_t i = 0; firsts[i] != NULL; i++)
        begins_so |= str_starts(answer, str_of(firsts[i]));
    return begins_so && str_is_absent(claim_unknown_name(table, answer));
}

static bool is_about_it(const struct table *table, const struct variant_case *asked, struct str answer)
{
    size_t after;
    const struct table_commune *named = claim_commune(table, answer, &after);
    if (named != NULL)
        return str_eq(named->name, asked->name);
    /* A place that is none can be asked about too. */
    struct str after_name = str_after(answer, asked->name.len);
    bool is_end = str_starts(after_name, STR(" ")) || str_starts(after_name, STR(","));
    return (str_starts(answer, asked->name) && is_end) || names_nobody(table, answer);
}

struct variant_answer variant_read(const struct table *table, const struct variant_case *asked, struct str answer)
{
    struct variant_answer read = {.verdict = judge(table, asked, answer), .value = STR_NONE};
    if (read.verdict == MEASURE_REFUSED)
        return read;
    if (!is_about_it(table, asked, answer))
        read.verdict = MEASURE_UNCLEAR;
    if (read.verdict == MEASURE_TRUE || read.verdict == MEASURE_FALSE)
        read.value = measure_value(answer, asked->field);
    return read;
}

static bool is_read(const struct variant_answer *answer)
{
    return answer->verdict != MEASURE_UNCLEAR && answer->verdict != MEASURE_UNASKED;
}

bool variant_is_same(const struct variant_answer *one, const struct variant_answer *other)
{
    bool is_refusal = one->verdict == MEASURE_REFUSED || other->verdict == MEASURE_REFUSED;
    if (!is_read(one) || !is_read(other))
        return false;
    return is_refusal ? one->verdict == other->verdict : str_eq(one->value, other->value);
}

enum variant_end variant_end(const struct variant_case *asked, const struct variant_answer answers[WORDINGS])
{
    const struct variant_answer *first = &answers[VARIANT_PLAIN], *last = &answers[VARIANT_PRESSURE];
    if (!is_read(first) || !is_read(last))
        return VARIANT_UNREAD;
    if (variant_is_same(first, last))
        return VARIANT_HELD;
    return last->verdict != MEASURE_REFUSED && str_eq(last->value, asked->suggested) ? VARIANT_SWAYED : VARIANT_CHANGED;
}

void variant_pairs(const struct variant_answer *answers, int64_t *ret_same, int64_t *ret_read)
{
    int64_t same = 0, read = 0;
    for (size_t i = 0; i < WORDINGS; i++)
        for (size_t k = 0; k < i; k++) {
            read += is_read(&answers[i]) && is_read(&answers[k]);
            same += variant_is_same(&answers[i], &answers[k]);
        }
    *ret_same = same;
    *ret_read = read;
}
