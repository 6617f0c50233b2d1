/* Fits the refusal: titles that are questions, asked with their sheet there (to be kept) and without it (to be
 * refused): of sheets with their titles, and of sheets whose titles have lost half of their words, since citizens do
 * not type titles; each asked whole and with a quarter of its words dropped. Titles that FILE's proving half asks for
 * are left out. Prints language/source/refusal_weights.c's numbers and what they keep and refuse.
 *
 * build/bench-refuse CORPUS FILE.tsv */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seeded.h"
#include "language/plain.h"
#include "language/source/refusal.h"
#include "language/stem.h"
#include "language/token.h"
#include "os/file.h"
#include "role/corpus.h"
#include "need.h"

enum { CASES_MAX = 20000, STEPS = 4000, DROPPED_OF = 4, KINDS = 4 };

struct example {
    float features[REFUSAL_FEATURES];
    bool is_answered;
    int kind; /* 0 to KINDS - 1: titles whole, asked whole or thinned; titles thinned, the same */
};

struct fitting {
    struct corpus corpus;
    struct stemmer *stemmer;
    struct seeded seeded;
    struct example examples[CASES_MAX];
    size_t count;
};

static bool is_proving(const struct corpus_questions *asked, struct str id)
{
    for (size_t i = 0; i < asked->count; i++)
        if (asked->at[i].is_proving && str_eq(asked->at[i].source, id))
            return true;
    return false;
}

static void add_example(struct fitting *fitting, struct arena *arena, struct str text, int64_t gold, bool is_answered,
                        int kind)
{
    struct question question;
    struct search_result results[2];
    struct search search = {&fitting->corpus.library, &search_defaults, is_answered ? LIBRARY_NONE : gold};
    size_t count;
    if (fitting->count == CASES_MAX)
        return;
    need(question_read(arena, &fitting->corpus.library, fitting->stemmer, text, &question), "question");
    need(search_run(arena, &search, &question, results, 2, &count), "search");
    /* What is found wrong must be refused too. */
    bool is_right = count > 0 && library_is_same(&fitting->corpus.library, results[0].source, (size_t)gold);
    struct example *example = &fitting->examples[fitting->count++];
    refusal_features(&question, results, count, example->features);
    example->is_answered = is_answered && is_right;
    example->kind = kind;
    if (is_answered && !is_right)
        fitting->count--;
}

static struct str with_words_dropped(struct fitting *fitting, struct arena *arena, struct str text)
{
    struct buf kept BUF_SCOPE = BUF_INIT(1 << 16), plain BUF_SCOPE = BUF_INIT(1 << 16);
    struct str rest, token;
    plain_write(&plain, text);
    rest = buf_str(&plain);
    while (token_next(&rest, &token))
        if (word_is_empty(token) || seeded_below(&fitting->seeded, DROPPED_OF) != 0) {
            buf_add(&kept, token);
            buf_add_byte(&kept, ' ');
        }
    return str_copy(arena, buf_str(&kept));
}

/* `titles`: the same sheets in the same order, with the titles that are asked. */
static void gather(struct fitting *fitting, const struct library *titles, const struct corpus_questions *asked,
                   int kind)
{
    struct arena *arena = arena_create(64 << 20);
    for (size_t i = 0; i < fitting->corpus.library.source_count; i++) {
        struct source source = library_source(titles, i);
        if (str_find_byte(source.title, '?') == SIZE_MAX || is_proving(asked, source.id))
            continue;
        arena_reset(arena);
        struct str dropped = with_words_dropped(fitting, arena, source.title);
        for (int answered = 0; answered < 2; answered++) {
            add_example(fitting, arena, source.title, (int64_t)i, answered == 1, kind);
            add_example(fitting, arena, dropped, (int64_t)i, answered == 1, kind + 1);
        }
    }
    arena_destroy(&arena);
}

static void fit(const struct fitting *fitting, struct refusal_model *model)
{
    double weights[REFUSAL_FEATURES] = {0}, slope[REFUSAL_FEATURES], pace[REFUSAL_FEATURES] = {0};
    for (size_t step = 0; step < STEPS; step++) {
        memset(slope, 0, sizeof slope);
        for (size_t i = 0; i < fitting->count; i++) {
            const struct example *example = &fitting->examples[i];
            double sum = 0;
            for (size_t f = 0; f < REFUSAL_FEATURES; f++)
                sum += weights[f] * example->features[f];
            double error = 1 / (1 + exp(-sum)) - example->is_answered;
            for (size_t f = 0; f < REFUSAL_FEATURES; f++)
                slope[f] += error * example->features[f];
        }
        for (size_t f = 0; f < REFUSAL_FEATURES; f++) {
            slope[f] = slope[f] / (double)fitting->count + 0.0002 * weights[f];
            pace[f] = 0.9 * pace[f] - 1.0 * slope[f];
            weights[f] += pace[f];
        }
    }
    for (size_t f = 0; f < REFUSAL_FEATURES; f++)
        model->weights[f] = (float)weights[f];
}

static void rates(const struct fitting *fitting, const struct refusal_model *model, int kind, double *kept,
                  double *refused)
{
    size_t counts[2] = {0}, right[2] = {0};
    for (size_t i = 0; i < fitting->count; i++) {
        const struct example *example = &fitting->examples[i];
        if (example->kind != kind)
            continue;
        bool is_kept = refusal_chance(model, example->features) >= model->threshold;
        counts[example->is_answered]++;
        right[example->is_answered] += is_kept == example->is_answered;
    }
    *kept = (double)right[1] / (double)counts[1];
    *refused = (double)right[0] / (double)counts[0];
}

int main(int argc, char **argv)
{
    struct fitting *fitting = calloc(1, sizeof *fitting);
    struct arena *arena = arena_create(64 << 20);
    struct corpus_questions asked;
    struct refusal_model model = {.threshold = 0};
    struct str tsv;
    double kept, refused;
    if (argc < 3 || fitting == NULL)
        return 2;
    need(file_map_path(argv[2], &tsv), argv[2]);
    need(corpus_questions_read(arena, tsv, &asked), argv[2]);
    struct corpus titled;
    need(corpus_read(argv[1], CORPUS_TITLES, &titled), argv[1]);
    fitting->stemmer = stemmer_create();
    fitting->seeded.state = 7;
    fitting->corpus = titled;
    gather(fitting, &titled.library, &asked, 0);
    need(corpus_read(argv[1], CORPUS_TITLES_THINNED, &fitting->corpus), argv[1]);
    gather(fitting, &titled.library, &asked, 2);
    fit(fitting, &model);
    printf("weights");
    for (size_t f = 0; f < REFUSAL_FEATURES; f++)
        printf(" %.3f", model.weights[f]);
    printf("\n");
    for (model.threshold = 0.05F; model.threshold < 0.96F; model.threshold += 0.05F) {
        printf("threshold %.2f:", model.threshold);
        for (int kind = 0; kind < KINDS; kind++) {
            rates(fitting, &model, kind, &kept, &refused);
            printf("%s kept %.3f refused %.3f", kind > 0 ? ";" : "", kept, refused);
        }
        printf("\n");
    }
    return 0;
}
