/* When a provider role begins again because nobody could tell the addresses of a host: after five minutes, and each
 * time in a row after twice as long, an hour at most.
 *
 * Why: a resolver often does not answer yet as a machine starts, and then the role must ask soon; but a host that never
 * resolves must not cost the others their local models, which are read and loaded anew, and the answers that are kept.
 * The role dies with each beginning, so its parent counts. Pure. */
#ifndef ROLE_PROVIDER_AGAIN_H
#define ROLE_PROVIDER_AGAIN_H

#include <stdbool.h>
#include <stdint.h>

enum { PROVIDER_AGAIN_MIN_MS = 5 * 60 * 1000, PROVIDER_AGAIN_MAX_MS = 60 * 60 * 1000 };

/* How long one lives that was begun again so often in a row, where it lacks addresses. */
int64_t provider_again_after_ms(int times);
/* How often in a row, now that one has ended. Whoever lived longer than any waits had found all, and counts anew; so
 * does one that failed. */
int provider_again_count(int times, bool is_clean, int64_t lived_ms);

#endif
