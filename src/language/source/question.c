#include <math.h>

#include "language/plain.h"
#include "language/source/search.h"
#include "language/source/synonym.h"
#include "language/stem.h"
#include "language/token.h"

enum { PHRASE_WORDS_MAX = SYNONYM_WORDS_MAX };

static const float synonym_weight = 0.5F, phrase_cover = 0.8F;

struct reading {
    const struct library *library;
    struct stemmer *stemmer;
    struct question *question;
};

/* The idf of BM25, never below zero (Robertson and Zaragoza 2009, section 3.2). */
static float idf_of(const struct library *library, int64_t stem)
{
    double all = (double)library->source_count;
    double with = stem == LIBRARY_NONE ? 0 : library->stems[stem].source_count;
    return (float)log(1 + (all - with + 0.5) / (with + 0.5));
}

static void find_slot(struct reading *reading, struct question_slot *slot)
{
    slot->word = library_word_of(reading->library, slot->text);
    slot->stem = library_stem_of(reading->library, stem_of(reading->stemmer, slot->text));
    if (slot->word == LIBRARY_NONE && slot->stem == LIBRARY_NONE) {
        int64_t repaired = library_repair(reading->library, slot->text);
        if (repaired != LIBRARY_NONE && !reading->library->words[repaired].is_empty) {
            slot->text = library_word_text(reading->library, (size_t)repaired);
            slot->word = repaired;
            slot->stem = reading->library->words[repaired].stem;
            slot->is_repaired = true;
        }
    }
    slot->idf = idf_of(reading->library, slot->stem);
}

static bool has_slot(const struct question *question, struct str word)
{
    for (size_t i = 0; i < question->slot_count; i++)
        if (str_eq(question->slots[i].text, word))
            return true;
    return false;
}

static void read_run(struct reading *reading, struct str rest)
{
    struct question *question = reading->question;
    struct str token;
    while (question->slot_count < QUESTION_ASKED_MAX && token_next(&rest, &token)) {
        if (word_is_empty(token) || has_slot(question, token))
            continue;
        struct question_slot *slot = &question->slots[question->slot_count++];
        *slot = (struct question_slot){.text = token, .weight = 1};
        find_slot(reading, slot);
        question->asked_idf += slot->idf;
    }
}

static void read_words(struct reading *reading)
{
    struct question *question = reading->question;
    struct str rest = question->plain;
    for (struct str turn = words_of_asking(rest); !str_is_absent(turn); turn = words_of_asking(rest)) {
        read_run(reading, str_span(rest.at, turn.at));
        rest = str_span(turn.at + turn.len, rest.at + rest.len);
    }
    read_run(reading, rest);
    question->asked_count = question->slot_count;
}

/* ---- synonyms ---- */

static size_t words_of(struct str phrase, struct str words[PHRASE_WORDS_MAX])
{
    size_t count = 0;
    struct str token;
    while (count < PHRASE_WORDS_MAX && token_next(&phrase, &token))
        if (!word_is_empty(token))
            words[count++] = token;
    return count;
}

static bool is_alike(struct reading *reading, const struct question_slot *slot, struct str word)
{
    if (str_eq(slot->text, word))
        return true;
    /* Stems are asked for only where they may be the same. */
    if (slot->text.len < 3 || word.len < 3 || memcmp(slot->text.at, word.at, 3) != 0)
        return false;
    return slot->stem != LIBRARY_NONE &&
           library_stem_of(reading->library, stem_of(reading->stemmer, word)) == slot->stem;
}

/* The slots that are these words, one behind the other; 0 when the question has no such run. */
static uint64_t run_of(struct reading *reading, const struct str *words, size_t count)
{
    const struct question *question = reading->question;
    for (size_t from = 0; count > 0 && from + count <= question->asked_count; from++) {
        size_t same = 0;
        while (same < count && is_alike(reading, &question->slots[from + same], words[same]))
            same++;
        if (same == count)
            return (((uint64_t)1 << count) - 1) << from;
    }
    return 0;
}

static void add_phrase(struct reading *reading, struct str phrase, uint64_t covers)
{
    struct question *question = reading->question;
    struct str words[PHRASE_WORDS_MAX];
    struct question_phrase added = {.covers = covers};
    size_t count = words_of(phrase, words);
    if (question->phrase_count == QUESTION_PHRASES_MAX || question->slot_count + count > QUESTION_SLOTS_MAX)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < question->slot_count && !is_alike(reading, &question->slots[at], words[i]))
            at++;
        if (at == question->slot_count) {
            question->slots[question->slot_count++] =
                (struct question_slot){.text = words[i], .weight = synonym_weight};
            find_slot(reading, &question->slots[at]);
        }
        added.slots |= (uint64_t)1 << at;
    }
    if (added.slots != 0)
        question->phrases[question->phrase_count++] = added;
}

static void add_synonyms(struct reading *reading, const struct synonym *synonym)
{
    struct str words[PHRASE_WORDS_MAX];
    uint64_t covers = 0;
    size_t found = 0;
    /* The longest phrase of a group that the question has: "carte d'identité" within "carte nationale d'identité". */
    for (size_t i = 0; i < SYNONYM_PHRASES_MAX && !str_is_absent(synonym->phrases[i]); i++) {
        uint64_t run = run_of(reading, words, words_of(synonym->phrases[i], words));
        if (__builtin_popcountll(run) > __builtin_popcountll(covers)) {
            covers = run;
            found = i;
        }
    }
    for (size_t i = 0; covers != 0 && i < SYNONYM_PHRASES_MAX && !str_is_absent(synonym->phrases[i]); i++)
        if (i != found)
            add_phrase(reading, synonym->phrases[i], covers);
}

enum status question_read(struct arena *arena, const struct library *library, struct stemmer *stemmer, struct str text,
                          struct question *ret_question)
{
    if (text.len > QUESTION_TEXT_MAX)
        return LIMIT;
    struct buf plain BUF_SCOPE = BUF_INIT(3 * QUESTION_TEXT_MAX + 16);
    plain_write(&plain, text);
    *ret_question = (struct question){.plain = str_copy(arena, str_trim(buf_str(&plain)))};
    if (str_is_absent(ret_question->plain))
        return LIMIT;
    struct reading reading = {.library = library, .stemmer = stemmer, .question = ret_question};
    ret_question->kind = question_kind_of(ret_question->plain);
    read_words(&reading);
    for (size_t i = 0; i < synonym_count; i++)
        add_synonyms(&reading, &synonyms[i]);
    return OK;
}

float question_cover(const struct question *question, uint64_t slots)
{
    uint64_t said = 0;
    float sum = 0;
    for (size_t i = 0; i < question->phrase_count; i++)
        if ((question->phrases[i].slots & ~slots) == 0)
            said |= question->phrases[i].covers;
    for (size_t i = 0; i < question->asked_count; i++) {
        uint64_t bit = (uint64_t)1 << i;
        if ((slots & bit) != 0)
            sum += question->slots[i].idf;
        else if ((said & bit) != 0)
            sum += question->slots[i].idf * phrase_cover;
    }
    return question->asked_idf > 0 ? sum / question->asked_idf : 0;
}
