#include "os/loop.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "os/wheel.h"

enum { BATCH = 128, SLEEP_MAX_MS = 3600000 };

static const int64_t delay_max_ms = INT64_C(1) << 50;

struct loop_watch {
    struct loop *loop;
    struct loop_watch *next, *previous; /* in loop->watches, or next alone in loop->removed */
    loop_on_event *on_event;
    void *with;
    int fd;
    unsigned events;
    bool is_removed;
};

struct loop_timer {
    struct wheel_node node; /* first, so that a node is its timer */
    struct loop *loop;
    struct loop_timer *next, *previous;
    loop_on_time *on_time;
    void *with;
};

struct loop {
    int epoll;
    bool is_stopped;
    int64_t now_ms;
    struct loop_watch *watches, *removed;
    struct loop_timer *timers;
    struct loop_later later, next; /* the rings of what is put off; themselves no work */
    struct wheel wheel;
};

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct loop *loop_create(void)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0)
        return NULL;
    struct loop *loop = calloc(1, sizeof *loop);
    REQUIRE(loop != NULL);
    loop->epoll = epoll;
    loop->now_ms = monotonic_ms();
    loop->later.next = loop->later.previous = &loop->later;
    loop->next.next = loop->next.previous = &loop->next;
    wheel_init(&loop->wheel, loop->now_ms / WHEEL_TICK_MS);
    return loop;
}

static void free_removed(struct loop *loop)
{
    while (loop->removed != NULL) {
        struct loop_watch *watch = loop->removed;
        loop->removed = watch->next;
        free(watch);
    }
}

void loop_destroy(struct loop *loop)
{
    if (loop == NULL)
        return;
    while (loop->watches != NULL)
        loop_watch_remove(loop->watches);
    while (loop->timers != NULL)
        loop_timer_destroy(loop->timers);
    while (loop->later.next != &loop->later)
        loop_later_remove(loop->later.next);
    while (loop->next.next != &loop->next)
        loop_later_remove(loop->next.next);
    free_removed(loop);
    close(loop->epoll);
    free(loop);
}

static struct epoll_event kernel_event(struct loop_watch *watch)
{
    return (struct epoll_event){
        .events = (watch->events & LOOP_READ ? EPOLLIN : 0u) |
                  (watch->events & LOOP_WRITE ? EPOLLOUT : 0u),
        .data.ptr = watch,
    };
}

enum status loop_watch_add(struct loop *loop, int fd, unsigned events, loop_on_event *on_event, void *with,
                           struct loop_watch **ret_watch)
{
    struct loop_watch *watch = malloc(sizeof *watch);
    REQUIRE(watch != NULL);
    *watch = (struct loop_watch){
        .loop = loop, .on_event = on_event, .with = with, .fd = fd, .events = events};
    struct epoll_event event = kernel_event(watch);
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
        free(watch);
        return OUTSIDE;
    }
    watch->next = loop->watches;
    if (watch->next != NULL)
        watch->next->previous = watch;
    loop->watches = watch;
    *ret_watch = watch;
    return OK;
}

void loop_watch_set(struct loop_watch *watch, unsigned events)
{
    REQUIRE(!watch->is_removed);
    if (watch->events == events)
        return;
    watch->events = events;
    struct epoll_event event = kernel_event(watch);
    REQUIRE(epoll_ctl(watch->loop->epoll, EPOLL_CTL_MOD, watch->fd, &event) == 0);
}

void loop_watch_remove(struct loop_watch *watch)
{
    if (watch == NULL)
        return;
    REQUIRE(!watch->is_removed);
    struct loop *loop = watch->loop;
    epoll_ctl(loop->epoll, EPOLL_CTL_DEL, watch->fd, NULL);
    watch->is_removed = true;
    if (watch->previous != NULL)
        watch->previous->next = watch->next;
    else
        loop->watches = watch->next;
    if (watch->next != NULL)
        watch->next->previous = watch->previous;
    /* An event of this batch may still name it: freed when the batch is over. */
    watch->next = loop->removed;
    loop->removed = watch;
}

struct loop_timer *loop_timer_create(struct loop *loop, loop_on_time *on_time, void *with)
{
    struct loop_timer *timer = malloc(sizeof *timer);
    REQUIRE(timer != NULL);
    *timer = (struct loop_timer){
        .loop = loop, .next = loop->timers, .on_time = on_time, .with = with};
    if (timer->next != NULL)
        timer->next->previous = timer;
    loop->timers = timer;
    return timer;
}

void loop_timer_set(struct loop_timer *timer, int64_t delay_ms)
{
    struct loop *loop = timer->loop;
    REQUIRE(delay_ms != 0);
    wheel_remove(&loop->wheel, &timer->node);
    if (delay_ms < 0)
        return;
    if (delay_ms > delay_max_ms)
        delay_ms = delay_max_ms;
    /* Rounded up, so it never comes early: now_ms is itself at most one batch old. */
    int64_t due_tick = (loop->now_ms + delay_ms + WHEEL_TICK_MS - 1) / WHEEL_TICK_MS;
    /* Never in the batch that sets it, whatever the clock says: a timer that sets itself anew would keep the loop
     * here. */
    wheel_add(&loop->wheel, &timer->node, due_tick > loop->wheel.tick ? due_tick : loop->wheel.tick + 1);
}

void loop_timer_destroy(struct loop_timer *timer)
{
    if (timer == NULL)
        return;
    wheel_remove(&timer->loop->wheel, &timer->node);
    if (timer->previous != NULL)
        timer->previous->next = timer->next;
    else
        timer->loop->timers = timer->next;
    if (timer->next != NULL)
        timer->next->previous = timer->previous;
    free(timer);
}

static void insert_before(struct loop_later *next, struct loop_later *later)
{
    later->next = next;
    later->previous = next->previous;
    next->previous->next = later;
    next->previous = later;
}

void loop_later_add(struct loop *loop, struct loop_later *later)
{
    if (later->next == NULL)
        insert_before(&loop->later, later);
}

void loop_next_add(struct loop *loop, struct loop_later *later)
{
    if (later->next == NULL)
        insert_before(&loop->next, later);
}

void loop_later_remove(struct loop_later *later)
{
    if (later->next == NULL)
        return;
    later->previous->next = later->next;
    later->next->previous = later->previous;
    later->next = later->previous = NULL;
}

/* What is added while this runs waits behind the mark for the next turn: no work can keep the loop here.
 * Answers whether there is some. */
static bool run_ring(struct loop_later *ring)
{
    struct loop_later mark = {0};
    insert_before(ring, &mark);
    while (ring->next != &mark) {
        struct loop_later *later = ring->next;
        loop_later_remove(later);
        later->on_time(later->with);
    }
    loop_later_remove(&mark);
    return ring->next != ring;
}

static void run_timers(struct loop *loop)
{
    int64_t now_tick = loop->now_ms / WHEEL_TICK_MS;
    struct wheel_node *node;
    while ((node = wheel_next_due(&loop->wheel, now_tick)) != NULL) {
        struct loop_timer *timer = (struct loop_timer *)node;
        timer->on_time(timer->with); /* which may destroy the timer */
    }
}

/* Milliseconds the loop may sleep; -1: without end. */
static int wait_ms(struct loop *loop)
{
    int64_t tick = wheel_next_tick(&loop->wheel);
    if (tick < 0)
        return -1;
    int64_t wait = tick * WHEEL_TICK_MS - monotonic_ms();
    return wait < 0 ? 0 : (int)(wait > SLEEP_MAX_MS ? SLEEP_MAX_MS : wait);
}

static void dispatch(struct loop_watch *watch, uint32_t happened)
{
    unsigned events = (happened & EPOLLIN ? LOOP_READ : 0u) | (happened & EPOLLOUT ? LOOP_WRITE : 0u) |
                      (happened & (EPOLLERR | EPOLLHUP) ? LOOP_CLOSED : 0u);
    /* An earlier callback of the batch may have changed what this watch waits for. */
    events &= watch->events | LOOP_CLOSED;
    if (!watch->is_removed && events != 0)
        watch->on_event(watch->with, events);
}

static void wait_and_dispatch(struct loop *loop, int timeout_ms)
{
    struct epoll_event happened[BATCH];
    int count = epoll_wait(loop->epoll, happened, BATCH, timeout_ms);
    REQUIRE(count >= 0 || errno == EINTR);
    loop->now_ms = monotonic_ms();
    for (int i = 0; i < count; i++)
        dispatch(happened[i].data.ptr, happened[i].events);
    run_timers(loop);
    run_ring(&loop->next);
}

void loop_run(struct loop *loop, loop_before_wait *before_wait, void *with)
{
    for (;;) {
        bool is_busy = before_wait != NULL && before_wait(with);
        is_busy |= run_ring(&loop->later);
        is_busy |= loop->next.next != &loop->next;
        free_removed(loop);
        if (loop->is_stopped)
            break;
        wait_and_dispatch(loop, is_busy ? 0 : wait_ms(loop));
    }
    loop->is_stopped = false;
}

void loop_stop(struct loop *loop)
{
    loop->is_stopped = true;
}

int64_t loop_now_ms(const struct loop *loop)
{
    return loop->now_ms;
}
