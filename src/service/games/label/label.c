#include "service/games/label/label.h"

#include "base/seeded.h"
#include "language/model/classifier.h"
#include "service/games/game.h"

enum { HUNDRED = 100, POOL_BY_THEME = LABEL_BY_THEME - LABEL_TESTS_BY_THEME };

static int count_right(const struct classifier *classifier)
{
    double probability[CLASSIFIER_THEMES_MAX];
    int right = 0;
    for (size_t theme = 0; theme < LABEL_THEMES; theme++)
        for (size_t i = POOL_BY_THEME; i < LABEL_BY_THEME; i++)
            right += classifier_guess(classifier, str_of(label_titles[theme][i]), probability) == theme;
    return right;
}

/* The theme learnt of a click: another one where the saboteur sat. */
static size_t turned(struct seeded *seeded, size_t given)
{
    bool is_wrong = seeded_below(seeded, HUNDRED) < LABEL_SABOTAGE;
    size_t step = 1 + (size_t)seeded_below(seeded, LABEL_THEMES - 1);
    return is_wrong ? (given + step) % LABEL_THEMES : given;
}

enum status label_read(int64_t seed, struct str given, struct label_work *work)
{
    size_t places[LABEL_POOL];
    struct seeded seeded = {(uint64_t)seed};
    if (given.len > LABELS_MAX)
        return INVALID;
    game_shuffle((uint64_t)seed, places, LABEL_POOL);
    for (; work->count < given.len; work->count++) {
        size_t place = places[work->count], theme = (size_t)(unsigned char)given.at[work->count] - 'a';
        if (theme >= LABEL_THEMES)
            return INVALID;
        work->labels[work->count] =
            (struct label_one){.title = label_titles[place / POOL_BY_THEME][place % POOL_BY_THEME],
                               .given = theme,
                               .makers = place / POOL_BY_THEME,
                               .learnt = turned(&seeded, theme)};
    }
    size_t place = work->count < LABELS_MAX ? places[work->count] : LABEL_POOL;
    work->next = place < LABEL_POOL ? label_titles[place / POOL_BY_THEME][place % POOL_BY_THEME] : NULL;
    return OK;
}

static double agreement(const struct label_work *work)
{
    uint32_t both[LABEL_THEMES * LABEL_THEMES] = {0};
    for (size_t i = 0; i < work->count; i++)
        both[work->labels[i].given * LABEL_THEMES + work->labels[i].makers]++;
    return classifier_agreement(both, LABEL_THEMES);
}

enum status label_work(struct arena *arena, int64_t seed, struct str given, struct label_work *ret_work)
{
    struct classifier *honest, *spoilt;
    struct label_work work = {.count = 0};
    TRY(label_read(seed, given, &work));
    TRY(classifier_create(arena, CLASSIFIER_BAYES, LABEL_THEMES, &honest));
    TRY(classifier_create(arena, CLASSIFIER_BAYES, LABEL_THEMES, &spoilt));
    work.right[0] = count_right(honest);
    work.sabotaged[0] = work.right[0];
    for (size_t i = 0; i < work.count; i++) {
        classifier_learn(honest, str_of(work.labels[i].title), work.labels[i].given);
        classifier_learn(spoilt, str_of(work.labels[i].title), work.labels[i].learnt);
        work.right[i + 1] = count_right(honest);
        work.sabotaged[i + 1] = count_right(spoilt);
    }
    work.kappa = agreement(&work);
    *ret_work = work;
    return OK;
}
