/* A hand at work: labels given so far, and what a classifier learns from each of them.
 *
 * Invariants: a pure function of a seed and a text of letters, one a label: 'a' is the first theme. The seed gives the
 * order of the titles and the clicks that a saboteur turns wrong. Accuracy is counted on titles that nobody labels. */
#ifndef SERVICE_GAMES_LABEL_H
#define SERVICE_GAMES_LABEL_H

#include "base/arena.h"
#include "base/str.h"
#include "core/translate.h"
#include "service/games/label/label_table.h"

enum {
    LABELS_MAX = 60,
    LABEL_POOL = LABEL_THEMES * (LABEL_BY_THEME - LABEL_TESTS_BY_THEME),
    LABEL_TESTS = LABEL_THEMES * LABEL_TESTS_BY_THEME,
    LABEL_SABOTAGE = 30, /* per cent of the clicks */
    LABEL_SEED_USUAL = 7,
    LABEL_SECONDS_MAX = 24 * 3600,
};

struct label_one {
    const char *title;
    size_t given, makers, learnt; /* themes: the player's, the makers', and the one learnt when a saboteur is at work */
};

struct label_work {
    struct label_one labels[LABELS_MAX];
    size_t count;
    const char *next;              /* the title to be labelled; NULL: all are */
    int right[LABELS_MAX + 1];     /* test titles told rightly after so many labels */
    int sabotaged[LABELS_MAX + 1]; /* the same with a saboteur */
    double kappa;                  /* agreement with the makers beyond chance */
};

/* The labels alone, into a work that is empty: nothing is learnt. INVALID: as below. */
MUST_USE enum status label_read(int64_t seed, struct str given, struct label_work *work);
/* INVALID: more than LABELS_MAX labels, or a letter that is no theme. LIMIT: a full arena. */
MUST_USE enum status label_work(struct arena *arena, int64_t seed, struct str given, struct label_work *ret_work);

/* "Civil status" */
struct str label_theme_name(enum language language, size_t theme);

#endif
