#include "language/source/guard.h"

#include "language/source/fact.h"
#include "language/source/negation.h"
#include "language/source/sentence.h"
#include "language/source/words.h"

/* What the passages say. */
struct known {
    struct facts facts;
    struct negation_clauses clauses;
};

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
        if ((known->at[i].kind == FACT_WORD || known->at[i].kind == FACT_NEGATION) &&
            str_eq(known->at[i].value, word))
            return true;
    return false;
}

static bool has_name(const struct facts *known, struct str name)
{
    for (size_t i = 0; i < known->count; i++)
        if (known->at[i].kind == FACT_WORD && known->at[i].is_capital && str_eq(known->at[i].value, name))
            return true;
    return false;
}

static bool has_address(const struct facts *known, struct str address)
{
    for (size_t i = 0; i < known->count; i++)
        if (known->at[i].kind == FACT_ADDRESS && str_eq(known->at[i].value, address))
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

/* Words a sentence may begin with that are no names: what tells somebody what to do, and what joins two sentences. */
static bool is_beginning(struct str word)
{
    static const char *const words[] = {
        "adressez", "afin", "ainsi", "ajoutez", "alors", "allez", "appelez", "apportez", "apres", "attendez",
        "attention", "autrement", "avant", "certaines", "certains", "cependant", "choisissez", "cliquez",
        "completez", "conservez", "consultez", "contactez", "dans", "demandez", "deposez", "donc", "donnez", "enfin",
        "ensuite", "envoyez", "evitez", "faites", "fournissez", "gardez", "indiquez", "inscrivez", "joignez",
        "lisez", "mentionnez", "montrez", "munissez", "notamment", "notez", "oui", "passez", "payez", "pensez",
        "pourtant", "precisez", "prenez", "presentez", "prevenez", "prevoyez", "puis", "quelques", "regardez",
        "reglez", "remettez", "remplissez", "renseignez", "renouvelez", "respectez", "retirez", "revenez", "rendez",
        "sachez", "seul", "seule", "seuls", "seules", "signalez", "signez", "sinon", "suivez", "telephonez",
        "toutefois", "toute", "toutes", "tous", "tout", "utilisez", "venez", "verifiez", "voici", "voir", "voyez"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(str_of(words[i]), word))
            return true;
    return false;
}

/* Days and months are facts in small letters too. */
static bool is_calendar(struct str word)
{
    static const struct str days[] = {STR_INIT("lundi"), STR_INIT("mardi"),  STR_INIT("mercredi"), STR_INIT("jeudi"),
                                      STR_INIT("vendredi"), STR_INIT("samedi"), STR_INIT("dimanche")};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        if (str_starts(word, days[i]))
            return true;
    return fact_month(word) > 0;
}

static enum guard_reason reason_of(const struct facts *known, const struct fact *fact)
{
    if (fact->kind == FACT_NUMBER)
        return has_number(known, fact) ? GUARD_CLEAN : GUARD_NUMBER;
    if (fact->kind == FACT_NEGATION)
        return has_negation(known) ? GUARD_CLEAN : GUARD_NEGATION;
    if (fact->kind == FACT_ADDRESS)
        return has_address(known, fact->value) ? GUARD_CLEAN : GUARD_NAME;
    if (fact->is_named && !word_is_empty(fact->value) && !has_name(known, fact->value))
        return GUARD_NAME;
    if (has_word(known, fact->value))
        return GUARD_CLEAN;
    if (word_has_digit(fact->value) || is_calendar(fact->value))
        return GUARD_NUMBER;
    if (!fact->is_capital || word_is_empty(fact->value) || (fact->is_first && is_beginning(fact->value)))
        return GUARD_CLEAN;
    return GUARD_NAME;
}

static enum status check_sentence(struct arena *arena, const struct known *known, struct guard_sentence *sentence)
{
    struct facts facts = {0};
    TRY(facts_gather(arena, sentence->text, false, &facts));
    for (size_t i = 0; i < facts.count && sentence->reason == GUARD_CLEAN; i++) {
        sentence->reason = reason_of(&known->facts, &facts.at[i]);
        if (sentence->reason != GUARD_CLEAN)
            sentence->what = facts.at[i].where;
    }
    if (sentence->reason != GUARD_CLEAN)
        return OK;
    sentence->what = negation_dropped(&known->clauses, &facts);
    if (!str_is_absent(sentence->what))
        sentence->reason = GUARD_DROPPED;
    return OK;
}

enum status guard_check(struct arena *arena, struct str rewording, const struct str *passages, size_t passage_count,
                        struct guard_sentence **ret_sentences, size_t *ret_count)
{
    struct LIST_OF(struct guard_sentence) sentences = {0};
    struct known known = {0};
    struct str text;
    if (rewording.len > GUARD_TEXT_MAX)
        return LIMIT;
    for (size_t i = 0; i < passage_count; i++) {
        if (passages[i].len > GUARD_TEXT_MAX)
            return LIMIT;
        TRY(facts_gather(arena, passages[i], true, &known.facts));
        TRY(negation_gather(arena, passages[i], &known.clauses));
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
