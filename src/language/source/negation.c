#include "language/source/negation.h"

#include "language/source/sentence.h"
#include "language/source/words.h"

enum { ALIKE_LEN = 5 /* letters from which two words may be forms of one */, SHARE = 3, SHARE_OF = 5 };

/* ---- clauses ---- */

/* Bytes of what parts two clauses at `at`; 0: nothing does. */
static size_t cut_at(struct str text, size_t at)
{
    static const struct str cuts[] = {STR_INIT(", "), STR_INIT("; "), STR_INIT(" : "), STR_INIT("("), STR_INIT(")"),
                                      STR_INIT(" mais "), STR_INIT("\u00A0: "), STR_INIT(" – ")};
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++)
        if (str_starts(str_after(text, at), cuts[i]))
            return cuts[i].len;
    return 0;
}

static struct str next_clause(struct str *rest)
{
    size_t at = 0, cut = 0;
    while (at < rest->len && (cut = cut_at(*rest, at)) == 0)
        at++;
    struct str clause = str_slice(*rest, 0, at);
    *rest = str_after(*rest, at + cut);
    return clause;
}

static bool is_ne(const struct fact *fact)
{
    return fact->kind == FACT_NEGATION && (str_eq(fact->value, STR("ne")) || str_eq(fact->value, STR("n")));
}

static bool is_que(const struct fact *fact)
{
    return fact->kind == FACT_WORD && (str_eq(fact->value, STR("que")) || str_eq(fact->value, STR("qu")));
}

/* "ne" with "que" behind it and no other negation is none. */
static bool is_negated(const struct facts *facts)
{
    bool has_ne = false, has_que = false, has_other = false;
    for (size_t i = 0; i < facts->count; i++) {
        has_que |= has_ne && is_que(&facts->at[i]);
        has_ne |= is_ne(&facts->at[i]);
        has_other |= facts->at[i].kind == FACT_NEGATION && !is_ne(&facts->at[i]);
    }
    return has_other || (has_ne && !has_que);
}

static enum status add_clause(struct arena *arena, struct str text, struct negation_clauses *clauses)
{
    struct negation_clause *clause = list_add(clauses, arena, NEGATION_CLAUSES_MAX);
    if (clause == NULL)
        return LIMIT;
    *clause = (struct negation_clause){0};
    TRY(facts_gather(arena, text, false, &clause->facts));
    clause->is_negated = is_negated(&clause->facts);
    return OK;
}

/* A sentence in which nothing is negated stands as a whole: it may say in two clauses what another denies in one. */
enum status negation_gather(struct arena *arena, struct str passage, struct negation_clauses *clauses)
{
    struct str sentence;
    while (sentence_next(&passage, &sentence)) {
        TRY(add_clause(arena, sentence, clauses));
        if (!clauses->at[clauses->count - 1].is_negated)
            continue;
        clauses->count--;
        while (sentence.len > 0)
            TRY(add_clause(arena, next_clause(&sentence), clauses));
    }
    return OK;
}

/* ---- comparing ---- */

/* Does it say what the text is about? */
static bool is_telling(const struct fact *fact)
{
    return fact->kind != FACT_NEGATION && !(fact->kind == FACT_WORD && word_is_empty(fact->value));
}

/* The same word, or perhaps a form of it: "ouverte" and "ouvertes". */
static bool is_alike(const struct fact *one, const struct fact *two)
{
    if (str_eq(one->value, two->value))
        return true;
    return one->value.len >= ALIKE_LEN && two->value.len >= ALIKE_LEN &&
           memcmp(one->value.at, two->value.at, ALIKE_LEN) == 0;
}

static bool has_alike(const struct facts *facts, const struct fact *fact)
{
    for (size_t i = 0; i < facts->count; i++)
        if (is_alike(&facts->at[i], fact))
            return true;
    return false;
}

/* The first telling word behind a negation, else the last one before it; NULL: none. */
static const struct fact *negated_by(const struct facts *facts, size_t negation)
{
    for (size_t i = negation + 1; i < facts->count; i++)
        if (is_telling(&facts->at[i]))
            return &facts->at[i];
    for (size_t i = negation; i-- > 0;)
        if (is_telling(&facts->at[i]))
            return &facts->at[i];
    return NULL;
}

/* Words by which a sentence says no without a negation: "le refus", "l'interdiction", "sauf". */
static bool says_no(const struct facts *facts)
{
    static const struct str begins[] = {STR_INIT("interd"), STR_INIT("refus"), STR_INIT("exclu"), STR_INIT("dispens"),
                                        STR_INIT("impossi"), STR_INIT("inutil"), STR_INIT("evit"), STR_INIT("sauf"),
                                        STR_INIT("hors"), STR_INIT("exempt"), STR_INIT("exoner"), STR_INIT("defen")};
    for (size_t i = 0; i < facts->count; i++) {
        if (facts->at[i].kind == FACT_NEGATION)
            return true;
        for (size_t w = 0; w < sizeof begins / sizeof begins[0]; w++)
            if (facts->at[i].kind == FACT_WORD && str_starts(facts->at[i].value, begins[w]))
                return true;
    }
    return false;
}

static size_t count_telling(const struct facts *facts, const struct facts *within)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->count; i++)
        count += is_telling(&facts->at[i]) && (within == NULL || has_alike(within, &facts->at[i]));
    return count;
}

/* The words from the negation to what it negates, where the sentence has that; absent. */
static struct str scope_in(const struct facts *clause, const struct facts *sentence)
{
    for (size_t i = 0; i < clause->count; i++) {
        const struct fact *negation = &clause->at[i];
        const struct fact *negated = negation->kind == FACT_NEGATION ? negated_by(clause, i) : NULL;
        if (negated == NULL || !has_alike(sentence, negated))
            continue;
        const struct fact *first = negation < negated ? negation : negated;
        const struct fact *last = negation < negated ? negated : negation;
        return str_span(first->where.at, last->where.at + last->where.len);
    }
    return STR_NONE;
}

struct str negation_dropped(const struct negation_clauses *clauses, const struct facts *facts)
{
    size_t all = count_telling(facts, NULL), most_negated = 0, most = 0;
    struct str what = STR_NONE;
    if (all == 0 || says_no(facts))
        return STR_NONE;
    for (size_t i = 0; i < clauses->count; i++) {
        const struct negation_clause *clause = &clauses->at[i];
        size_t met = count_telling(facts, &clause->facts);
        struct str scope = clause->is_negated ? scope_in(&clause->facts, facts) : STR_NONE;
        if (!clause->is_negated && met > most)
            most = met;
        if (!str_is_absent(scope) && met > most_negated) {
            most_negated = met;
            what = scope;
        }
    }
    return most_negated > most && most_negated * SHARE_OF >= all * SHARE ? what : STR_NONE;
}
