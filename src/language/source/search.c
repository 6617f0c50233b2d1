#include "language/source/search.h"

#include <math.h>

enum { WINDOW_WORDS = 30, NEAR_WORDS = 6, SECTION_WORDS = 60, BRIEF_WORDS = 500 };

/* Learned by `bench/sources CORPUS FILE.tsv learn` from 1,381 titles that are questions, without titles in the
 * library; the titles of the measured questions were left out. What weighs a title itself was set by hand. */
const struct search_weights search_defaults = {
    .fields = {[LIBRARY_TITLE] = 4, [LIBRARY_LEAD] = 4.56F, [LIBRARY_THEME] = 3.32F, [LIBRARY_HEADING] = 0.985F,
               [LIBRARY_BODY] = 1},
    .lengths = {[LIBRARY_TITLE] = 0.4F, [LIBRARY_LEAD] = 0.95F, [LIBRARY_THEME] = 0.222F,
                [LIBRARY_HEADING] = 0.95F, [LIBRARY_BODY] = 0.95F},
    .saturation = 4.65F,
    .stem = 0.383F,
    .features = {[FEATURE_SCORE] = 1.045F, [FEATURE_SECTION] = 0.22F, [FEATURE_TOGETHER] = 0.221F,
                 [FEATURE_COVER] = 0.129F, [FEATURE_TITLE] = 0.5F, [FEATURE_TITLE_BACK] = 0.5F,
                 [FEATURE_LEAD] = 0.001F, [FEATURE_HEADING] = -0.07F, [FEATURE_WINDOW] = 0.026F,
                 [FEATURE_OPENING] = 0.237F, [FEATURE_THEME] = 0.438F, [FEATURE_BRIEF] = 0.369F},
};

/* ---- BM25F over all sources ---- */

struct scoring {
    const struct search *search;
    float (*counts)[LIBRARY_FIELDS]; /* by source, of the slot that is being added */
    uint32_t *touched;
    size_t touched_count;
    float *scores;
};

static void add_word(struct scoring *scoring, size_t number, float weight)
{
    const struct library *library = scoring->search->library;
    const struct library_word *word = &library->words[number];
    for (uint32_t p = 0; p < word->posting_count; p++) {
        const struct library_posting *posting = &library->postings[word->posting_from + p];
        float *counts = scoring->counts[posting->source];
        float sum = 0;
        for (size_t f = 0; f < LIBRARY_FIELDS; f++)
            sum += counts[f];
        if (sum == 0)
            scoring->touched[scoring->touched_count++] = posting->source;
        for (size_t f = 0; f < LIBRARY_FIELDS; f++)
            counts[f] += weight * posting->counts[f];
    }
}

/* Turns the counts of one slot into score, and forgets them. */
static void end_slot(struct scoring *scoring, const struct question_slot *slot)
{
    const struct search_weights *weights = scoring->search->weights;
    const struct library *library = scoring->search->library;
    for (size_t i = 0; i < scoring->touched_count; i++) {
        uint32_t source = scoring->touched[i];
        float *counts = scoring->counts[source];
        float sum = 0;
        for (size_t f = 0; f < LIBRARY_FIELDS; f++) {
            float len = (float)library_field_len(library, source, f) / library->mean_len[f];
            sum += weights->fields[f] * counts[f] / (1 - weights->lengths[f] + weights->lengths[f] * len);
            counts[f] = 0;
        }
        scoring->scores[source] += slot->weight * slot->idf * sum * (1 + weights->saturation) /
                                   (weights->saturation + sum);
    }
    scoring->touched_count = 0;
}

static void add_slot(struct scoring *scoring, const struct question_slot *slot)
{
    const struct library *library = scoring->search->library;
    if (slot->word != LIBRARY_NONE)
        add_word(scoring, (size_t)slot->word, 1);
    if (slot->stem != LIBRARY_NONE) {
        const struct library_stem *stem = &library->stems[slot->stem];
        for (uint32_t m = 0; m < stem->member_count; m++)
            if (library->members[stem->member_from + m] != slot->word)
                add_word(scoring, library->members[stem->member_from + m], scoring->search->weights->stem);
    }
    end_slot(scoring, slot);
}

static enum status score_all(struct arena *arena, struct scoring *scoring, const struct question *question)
{
    size_t count = scoring->search->library->source_count;
    scoring->counts = arena_alloc_array(arena, sizeof scoring->counts[0], count + 1);
    scoring->touched = arena_array(arena, uint32_t, count + 1);
    scoring->scores = arena_array(arena, float, count + 1);
    if (scoring->counts == NULL || scoring->touched == NULL || scoring->scores == NULL)
        return LIMIT;
    for (size_t i = 0; i < question->slot_count; i++)
        add_slot(scoring, &question->slots[i]);
    return OK;
}

/* Puts one result among the best, which stand in order; of equals the first source comes first. */
static void insert(struct search_result *results, size_t *count, size_t max, const struct search_result *result)
{
    if (*count == max && results[max - 1].score >= result->score)
        return;
    size_t at = *count < max ? (*count)++ : max - 1;
    for (; at > 0 && results[at - 1].score < result->score; at--)
        results[at] = results[at - 1];
    results[at] = *result;
}

/* ---- a candidate, word by word ---- */

struct reader {
    const struct library *library;
    const struct question *question;
    const uint8_t *slot_of; /* by word: one more than its slot; 0 */
    uint64_t all, lead, titles; /* slots seen: anywhere, in the lead, in title, theme and headings */
    uint64_t opening;           /* in the first words of the text */
    int32_t text_at;            /* where the text begins */
    uint64_t levels[SOURCE_LEVEL_MAX + 1]; /* of the headings above; [0] title and theme */
    uint16_t counts[QUESTION_SLOTS_MAX];   /* of the section */
    uint64_t section_slots;
    uint32_t section_words;
    int32_t last[QUESTION_SLOTS_MAX];      /* where each slot was seen last */
    int32_t at;
    float near[QUESTION_SLOTS_MAX];        /* how near slot i and i + 1 came, 1 side by side */
    float best_section, best_window;
    uint64_t best_within; /* slots of the best window */
};

static void end_section(struct reader *reader)
{
    const struct question *question = reader->question;
    uint64_t above = 0;
    for (size_t i = 0; i <= SOURCE_LEVEL_MAX; i++)
        above |= reader->levels[i];
    float half = 0.4F + 0.6F * (float)reader->section_words / SECTION_WORDS, sum = 0;
    for (size_t i = 0; i < question->asked_count; i++) {
        float count = reader->counts[i];
        float here = count / (count + half) * 1.4F, inherited = (above >> i & 1) != 0 ? 0.6F : 0;
        sum += question->slots[i].idf * (here > inherited ? here : inherited);
    }
    float synonyms = question_cover(question, reader->section_slots) * 0.5F;
    float score = question->asked_idf > 0 ? sum / question->asked_idf : 0;
    score = score > synonyms ? score : synonyms;
    reader->best_section = score > reader->best_section ? score : reader->best_section;
    memset(reader->counts, 0, sizeof reader->counts);
    reader->section_slots = 0;
    reader->section_words = 0;
}

/* A slot was seen at reader->at: its neighbours in the question, and the window that ends here. */
static void see(struct reader *reader, size_t slot)
{
    const struct question *question = reader->question;
    reader->last[slot] = reader->at;
    if (slot > 0 && slot < question->asked_count) {
        int32_t apart = reader->at - reader->last[slot - 1];
        float near = apart <= NEAR_WORDS ? 1.0F / (1 + 0.35F * (float)(apart - 1)) : 0;
        reader->near[slot - 1] = near > reader->near[slot - 1] ? near : reader->near[slot - 1];
    }
    if (slot + 1 < question->asked_count) {
        int32_t apart = reader->at - reader->last[slot + 1];
        float near = apart <= NEAR_WORDS ? 0.7F / (1 + 0.35F * (float)(apart - 1)) : 0;
        reader->near[slot] = near > reader->near[slot] ? near : reader->near[slot];
    }
    uint64_t within = 0;
    for (size_t i = 0; i < question->slot_count; i++)
        if (reader->at - reader->last[i] <= WINDOW_WORDS)
            within |= (uint64_t)1 << i;
    if ((within & ~reader->best_within) == 0)
        return;
    float cover = question_cover(question, within);
    if (cover > reader->best_window) {
        reader->best_window = cover;
        reader->best_within = within;
    }
}

static uint64_t read_tokens(struct reader *reader, const uint32_t *tokens, size_t count)
{
    uint64_t slots = 0;
    for (size_t i = 0; i < count; i++, reader->at++) {
        unsigned slot = reader->slot_of[tokens[i]];
        if (slot == 0)
            continue;
        slots |= (uint64_t)1 << (slot - 1);
        if (reader->counts[slot - 1] < UINT16_MAX)
            reader->counts[slot - 1]++;
        see(reader, slot - 1);
    }
    reader->all |= slots;
    if (reader->text_at > 0 && reader->at - reader->text_at <= SEARCH_OPENING)
        reader->opening |= slots;
    return slots;
}

static void read_heading(struct reader *reader, const struct source_block *block, uint64_t slots)
{
    unsigned level = block->level == 0 ? 1 : block->level;
    for (unsigned i = level; i <= SOURCE_LEVEL_MAX; i++)
        reader->levels[i] = 0;
    reader->levels[level] = slots;
    reader->titles |= slots;
}

static void read_block(struct reader *reader, size_t number)
{
    const struct source_block *block = &reader->library->blocks[number];
    const struct library_block *tokens = &reader->library->block_tokens[number];
    if (block->kind == SOURCE_HEADING)
        end_section(reader);
    uint64_t slots = read_tokens(reader, reader->library->tokens + tokens->token_from, tokens->token_count);
    reader->at += NEAR_WORDS / 2; /* words of two blocks are less near */
    if (block->kind == SOURCE_HEADING) {
        memset(reader->counts, 0, sizeof reader->counts);
        read_heading(reader, block, slots);
        return;
    }
    if (block->kind == SOURCE_LEAD)
        reader->lead |= slots;
    reader->section_slots |= slots;
    reader->section_words += tokens->token_count;
}

/* Of the title's own weight, how much the question has: a title that says more than was asked is another subject. */
static float title_back(struct reader *reader, const uint32_t *title, size_t count)
{
    double sum = 0, asked = 0;
    for (size_t i = 0; i < count; i++) {
        const struct library_word *word = &reader->library->words[title[i]];
        bool is_asked = reader->slot_of[title[i]] != 0;
        if (word->is_empty || (word_has_digit(library_word_text(reader->library, title[i])) && !is_asked))
            continue; /* the number of an article, a year: nobody types them */
        double rare = log(1 + (double)reader->library->source_count /
                                  (1.0 + reader->library->stems[word->stem].source_count));
        sum += rare;
        asked += is_asked ? rare : 0;
    }
    return sum > 0 ? (float)(asked / sum) : 0;
}

static void read_source(struct reader *reader, struct search_result *result)
{
    const struct question *question = reader->question;
    size_t title_count, first = library_first_block(reader->library, result->source);
    const uint32_t *title = library_title_tokens(reader->library, result->source, &title_count);
    size_t theme_count = library_field_len(reader->library, result->source, LIBRARY_THEME);
    struct source source = library_source(reader->library, result->source);
    for (size_t i = 0; i < question->slot_count; i++)
        reader->last[i] = -1000;
    uint64_t slots = read_tokens(reader, title, title_count);
    result->features[FEATURE_TITLE] = question_cover(question, slots);
    result->features[FEATURE_TITLE_BACK] = title_back(reader, title, title_count);
    reader->at += WINDOW_WORDS; /* the title is no part of the text */
    uint64_t theme = read_tokens(reader, title + title_count, theme_count);
    result->features[FEATURE_THEME] = question_cover(question, theme);
    slots |= theme;
    reader->levels[0] = reader->titles = slots;
    memset(reader->counts, 0, sizeof reader->counts);
    reader->text_at = reader->at += WINDOW_WORDS;
    for (size_t i = 0; i < source.block_count; i++)
        read_block(reader, first + i);
    end_section(reader);
    result->features[FEATURE_OPENING] = question_cover(question, reader->opening);
    result->features[FEATURE_BRIEF] = 1 / (1 + (float)(reader->at - reader->text_at) / BRIEF_WORDS);
    result->met = reader->all;
    result->named = reader->titles | reader->lead;
    for (size_t i = 0; i < question->phrase_count; i++)
        if ((question->phrases[i].slots & ~result->named) == 0)
            result->named |= question->phrases[i].covers;
    float pairs = 0, near = 0;
    for (size_t i = 0; i + 1 < question->asked_count; i++) {
        float weight = question->slots[i].idf + question->slots[i + 1].idf;
        pairs += weight;
        near += weight * reader->near[i];
    }
    result->features[FEATURE_TOGETHER] = pairs > 0 ? near / pairs : 0;
    result->features[FEATURE_SECTION] = reader->best_section;
    result->features[FEATURE_WINDOW] = reader->best_window;
    result->features[FEATURE_COVER] = question_cover(question, reader->all);
    result->features[FEATURE_LEAD] = question_cover(question, reader->lead);
    result->features[FEATURE_HEADING] = question_cover(question, reader->titles);
}

enum status question_mark(struct arena *arena, const struct library *library, const struct question *question,
                          uint8_t **ret_marks)
{
    uint8_t *slot_of = arena_array(arena, uint8_t, library->word_count + 1);
    if (slot_of == NULL)
        return LIMIT;
    for (size_t i = question->slot_count; i-- > 0;) {
        const struct question_slot *slot = &question->slots[i];
        if (slot->word != LIBRARY_NONE)
            slot_of[slot->word] = (uint8_t)(i + 1);
        if (slot->stem == LIBRARY_NONE)
            continue;
        const struct library_stem *stem = &library->stems[slot->stem];
        for (uint32_t m = 0; m < stem->member_count; m++)
            slot_of[library->members[stem->member_from + m]] = (uint8_t)(i + 1);
    }
    *ret_marks = slot_of;
    return OK;
}

static float final_score(const struct search_weights *weights, const struct search_result *result)
{
    float score = 0;
    for (size_t f = 0; f < SEARCH_FEATURES; f++)
        score += weights->features[f] * result->features[f];
    return score;
}

/* The most a question can reach in BM25F. */
static float most_of(const struct search *search, const struct question *question)
{
    return question->asked_idf * (1 + search->weights->saturation) + 0.001F;
}

static bool is_excluded(const struct search *search, uint32_t source)
{
    return search->excluded != LIBRARY_NONE && library_is_same(search->library, (size_t)search->excluded, source);
}

enum status search_run(struct arena *arena, const struct search *search, const struct question *question,
                       struct search_result *results, size_t max, size_t *ret_count)
{
    struct scoring scoring = {.search = search};
    struct search_result candidates[SEARCH_CANDIDATES];
    size_t candidate_count = 0, count = 0;
    uint8_t *slot_of = NULL;
    TRY(score_all(arena, &scoring, question));
    TRY(question_mark(arena, search->library, question, &slot_of));
    for (uint32_t i = 0; i < search->library->source_count; i++) {
        struct search_result found = {.source = i, .score = scoring.scores[i]};
        if (found.score > 0 && !is_excluded(search, i))
            insert(candidates, &candidate_count, SEARCH_CANDIDATES, &found);
    }
    for (size_t i = 0; i < candidate_count; i++) {
        struct reader reader = {.library = search->library, .question = question, .slot_of = slot_of};
        candidates[i].features[FEATURE_SCORE] = candidates[i].score / most_of(search, question);
        read_source(&reader, &candidates[i]);
        candidates[i].score = final_score(search->weights, &candidates[i]);
        insert(results, &count, max, &candidates[i]);
    }
    *ret_count = count;
    return OK;
}
