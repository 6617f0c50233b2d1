/* A loop waits for file descriptors and timers of one process and calls back, one callback at a time.
 *
 * Why one: a role is one process with one loop; no locks. Level-triggered epoll. A callback may remove
 * any watch or timer, its own included: removal takes effect at once, memory is freed at the end of the
 * batch, so a stale event never reaches freed memory. Owns its watches and timers, not the descriptors:
 * whoever holds one removes it before loop_destroy, or forgets it. */
#ifndef OS_LOOP_H
#define OS_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct loop;
struct loop_watch;
struct loop_timer;

enum loop_event { LOOP_READ = 1, LOOP_WRITE = 2, LOOP_CLOSED = 4 /* error or hang-up */ };

typedef void loop_on_event(void *with, unsigned events);
typedef void loop_on_time(void *with);

/* NULL when the kernel has no descriptor left. */
struct loop *loop_create(void);
void loop_destroy(struct loop *loop); /* NULL accepted */

/* Runs until loop_stop. before_wait (may be NULL) runs after each batch of events, before sleeping:
 * a town's writer commits its group there. When it returns true the loop polls without sleeping.
 * The turn in which loop_stop is called is finished: before_wait and what is due later still run. */
typedef bool loop_before_wait(void *with);
void loop_run(struct loop *loop, loop_before_wait *before_wait, void *with);
void loop_stop(struct loop *loop);

/* events: LOOP_READ | LOOP_WRITE; hang-up is always reported, again at each turn until the watch is
 * removed. OUTSIDE when the kernel refuses. */
MUST_USE enum status loop_watch_add(struct loop *loop, int fd, unsigned events, loop_on_event *on_event,
                                    void *with, struct loop_watch **ret_watch);
void loop_watch_set(struct loop_watch *watch, unsigned events);
void loop_watch_remove(struct loop_watch *watch); /* NULL accepted; before the descriptor is closed */

/* Calls once after delay_ms; a timer is re-armed with loop_timer_set, 0 < delay. Resolution 10 ms,
 * cost O(1) (a wheel): thousands of idle connections each hold one. */
struct loop_timer *loop_timer_create(struct loop *loop, loop_on_time *on_time, void *with);
void loop_timer_set(struct loop_timer *timer, int64_t delay_ms); /* replaces; negative: disarms */
void loop_timer_destroy(struct loop_timer *timer);               /* NULL accepted */

/* Work put off to the end of this turn: it runs once, after before_wait and before sleeping. A channel
 * sends there, in one write, all the turn has queued. Zeroed at first; lies in its owner, who removes it
 * before it goes. Adding twice is adding once. */
struct loop_later {
    struct loop_later *next, *previous;
    loop_on_time *on_time;
    void *with;
};
void loop_later_add(struct loop *loop, struct loop_later *later);
/* Put off to the next turn instead: it runs once, after that turn's events and timers and before before_wait, and the
 * loop does not sleep until then. For work that was cut short so that others come between. */
void loop_next_add(struct loop *loop, struct loop_later *later);
void loop_later_remove(struct loop_later *later);

/* The loop's monotonic milliseconds, read once per batch: never goes back when the clock is set. */
int64_t loop_now_ms(const struct loop *loop);

#endif
