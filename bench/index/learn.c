/* Learns the weights of a search from titles: each sheet whose title is a question, and that no question of FILE
 * asks for, must be found by that title in a library without titles. Prints what it learns for
 * language/source/search.c.
 *
 * build/bench-learn CORPUS FILE.tsv [--fields]       --fields: BM25F's own weights too, which takes minutes */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seeded.h"
#include "language/source/search.h"
#include "language/stem.h"
#include "os/file.h"
#include "role/corpus.h"
#include "need.h"

enum { QUERIES_MAX = 4000, ROUNDS = 40, SHARPNESS = 12 };

struct query {
    struct str text;
    size_t gold;
    size_t count, gold_at; /* candidates; which is the right one, or count */
    struct search_result *candidates;
};

struct learning {
    struct corpus titled, bare;
    struct stemmer *stemmer;
    struct query queries[QUERIES_MAX];
    size_t count;
};

static bool is_asked(const struct corpus_questions *asked, struct str id)
{
    for (size_t i = 0; i < asked->count; i++)
        if (str_eq(asked->at[i].source, id))
            return true;
    return false;
}

static void gather(struct learning *learning, const struct corpus_questions *asked)
{
    for (size_t i = 0; i < learning->titled.library.source_count && learning->count < QUERIES_MAX; i++) {
        struct source source = library_source(&learning->titled.library, i);
        if (str_find_byte(source.title, '?') != SIZE_MAX && !is_asked(asked, source.id))
            learning->queries[learning->count++] = (struct query){.text = source.title, .gold = i};
    }
}

/* Searches all; the candidates stay in the order of their sources' first score. Returns the mean of 1 / rank. */
static double search_all(struct learning *learning, const struct search_weights *weights, struct arena *kept)
{
    static struct search_result results[SEARCH_CANDIDATES];
    struct arena *scratch = arena_create(64 << 20);
    struct search search = {&learning->bare.library, weights, LIBRARY_NONE};
    double sum = 0;
    size_t first = 0, three = 0;
    for (size_t i = 0; i < learning->count; i++) {
        struct query *query = &learning->queries[i];
        struct question question;
        arena_reset(scratch);
        need(question_read(scratch, &learning->bare.library, learning->stemmer, query->text, &question), "question");
        need(search_run(scratch, &search, &question, results, SEARCH_CANDIDATES, &query->count), "search");
        query->gold_at = query->count;
        for (size_t r = query->count; r-- > 0;)
            if (library_is_same(&learning->bare.library, results[r].source, query->gold))
                query->gold_at = r;
        sum += query->gold_at < query->count ? 1.0 / (double)(query->gold_at + 1) : 0;
        first += query->gold_at == 0 && query->count > 0;
        three += query->gold_at < 3 && query->gold_at < query->count;
        if (kept == NULL)
            continue;
        query->candidates = arena_array(kept, struct search_result, query->count + 1);
        memcpy(query->candidates, results, query->count * sizeof results[0]);
    }
    arena_destroy(&scratch);
    fprintf(stderr, "%zu titles: R@1 %.4f R@3 %.4f MRR %.4f\n", learning->count, (double)first / learning->count,
            (double)three / learning->count, sum / (double)learning->count);
    return sum / (double)learning->count;
}

/* One step up the logarithm of the right one's share among all (softmax): near rivals weigh most. */
static void learn_query(const struct query *query, double *weights, double rate)
{
    double shares[SEARCH_CANDIDATES], sum = 0;
    for (size_t c = 0; c < query->count; c++) {
        double score = 0;
        for (size_t f = 0; f < SEARCH_FEATURES; f++)
            score += weights[f] * (query->candidates[c].features[f] - query->candidates[query->gold_at].features[f]);
        sum += shares[c] = exp(SHARPNESS * score);
    }
    for (size_t c = 0; c < query->count; c++)
        for (size_t f = 0; f < SEARCH_FEATURES; f++)
            weights[f] -= rate * shares[c] / sum *
                          (query->candidates[c].features[f] - query->candidates[query->gold_at].features[f]);
}

static void learn_features(struct learning *learning, struct search_weights *weights)
{
    struct seeded seeded = {1};
    double current[SEARCH_FEATURES];
    for (size_t f = 0; f < SEARCH_FEATURES; f++)
        current[f] = weights->features[f];
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < learning->count; i++) {
            struct query *query = &learning->queries[seeded_below(&seeded, learning->count)];
            if (query->gold_at < query->count)
                learn_query(query, current, 0.02 / (1 + 0.2 * (double)round));
        }
    for (size_t f = 0; f < SEARCH_FEATURES; f++)
        weights->features[f] = (float)current[f];
}

static void print_weights(const struct search_weights *weights)
{
    printf("fields");
    for (size_t f = 0; f < LIBRARY_FIELDS; f++)
        printf(" %.3g/%.3g", weights->fields[f], weights->lengths[f]);
    printf("\nsaturation %.3g stem %.3g\nfeatures", weights->saturation, weights->stem);
    for (size_t f = 0; f < SEARCH_FEATURES; f++)
        printf(" %.3f", weights->features[f]);
    printf("\n");
    fflush(stdout);
}

/* Tries each number smaller and larger, and keeps what finds more. */
static void learn_fields(struct learning *learning, struct search_weights *weights)
{
    struct search_weights first_stage = *weights;
    memset(first_stage.features, 0, sizeof first_stage.features);
    first_stage.features[FEATURE_SCORE] = 1;
    float *numbers[] = {&first_stage.fields[LIBRARY_LEAD], &first_stage.fields[LIBRARY_THEME],
                        &first_stage.fields[LIBRARY_HEADING], &first_stage.lengths[LIBRARY_LEAD],
                        &first_stage.lengths[LIBRARY_THEME], &first_stage.lengths[LIBRARY_HEADING],
                        &first_stage.lengths[LIBRARY_BODY], &first_stage.saturation, &first_stage.stem};
    double best = search_all(learning, &first_stage, NULL);
    for (int round = 0; round < 2; round++)
        for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++)
            for (int direction = 0; direction < 2; direction++) {
                float before = *numbers[n];
                *numbers[n] = before * (direction == 0 ? 1.35F : 0.74F);
                if (numbers[n] >= first_stage.lengths && numbers[n] < first_stage.lengths + LIBRARY_FIELDS &&
                    *numbers[n] > 0.95F)
                    *numbers[n] = 0.95F;
                double found = search_all(learning, &first_stage, NULL);
                if (found > best)
                    best = found;
                else
                    *numbers[n] = before;
            }
    memcpy(first_stage.features, weights->features, sizeof weights->features);
    *weights = first_stage;
}

int main(int argc, char **argv)
{
    struct learning *learning = calloc(1, sizeof *learning);
    struct arena *arena = arena_create((size_t)1 << 30), *kept = arena_create((size_t)1 << 30);
    struct corpus_questions asked;
    struct search_weights weights = search_defaults;
    struct str tsv;
    if (argc < 3 || learning == NULL)
        return 2;
    need(file_map_path(argv[2], &tsv), argv[2]);
    need(corpus_questions_read(arena, tsv, &asked), argv[2]);
    need(corpus_read(argv[1], CORPUS_TITLES, &learning->titled), argv[1]);
    need(corpus_read(argv[1], CORPUS_TITLES_HIDDEN, &learning->bare), argv[1]);
    learning->stemmer = stemmer_create();
    gather(learning, &asked);
    if (argc > 3 && strcmp(argv[3], "--fields") == 0)
        learn_fields(learning, &weights);
    search_all(learning, &weights, kept);
    learn_features(learning, &weights);
    print_weights(&weights);
    search_all(learning, &weights, NULL);
    return 0;
}
