/* A window is when an act of an exercise may take place and come in: the year, and its complementary day (I10).
 *
 * Source: windows.csv, dated rows with their text of law; N is the exercise, since and until the exercises for which a
 * row holds. Until 31 January of N+1 mandats and titres of functioning still come in, and operations of order of both
 * sections, dated at most 31 December. */
#ifndef SERVICE_ACCOUNTING_ENGINE_WINDOW_H
#define SERVICE_ACCOUNTING_ENGINE_WINDOW_H

#include "service/accounting/engine/entry.h"

enum window_act { WINDOW_CREDITS, WINDOW_ENGAGE, WINDOW_RELEASE, WINDOW_ORDER, WINDOW_CLOSE, WINDOW_ACTS };
/* By section, and for operations of order whichever theirs is. */
enum window_scope { WINDOW_FUNCTIONING, WINDOW_INVESTMENT, WINDOW_INTERNAL, WINDOW_SCOPES };

struct window {
    struct date first;   /* the act's day, at the earliest */
    struct date dated;   /* ...and at the latest */
    struct date entered; /* the last civil day on which it comes in */
};

/* A place that no row gives is a window without any day. */
struct windows {
    struct window at[WINDOW_ACTS][WINDOW_SCOPES];
};

/* Of one exercise. CORRUPT: the rows shipped are damaged; LIMIT: the arena (a scratch one) is full. */
MUST_USE enum status windows_of(struct arena *arena, uint16_t exercise, struct windows *ret_windows);
/* INVALID: one of the entry's days is outside (engine.day, engine.future, engine.window). */
MUST_USE enum status windows_check(const struct windows *windows, const struct entry *entry,
                                   struct refusal *ret_refusal);

#endif
