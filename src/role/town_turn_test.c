/* A turn of a town has an end: in answers, in descriptors, in memory; and every request has an answer. */
#include "role/test_towns.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include "core/web.h"
#include "role/count.h"

enum { CROWD = 600, TURN_ANSWERS = 256 };

/* A front that takes whatever comes, and looks at it at once. */
static struct crowd {
    struct channel *channel;
    int64_t deliveries, codes[600];
    ino_t memory;
    int64_t same_memory, pages;
    struct str last; /* an inline body */
    int64_t size;
    bool is_closed;
    int64_t wanted;
} crowd;

static void see_page(const struct message_web_answer *answer, int fd)
{
    struct stat stat = {0};
    assert_in_range(answer->code, 200, 599);
    crowd.codes[answer->code]++;
    crowd.pages++;
    crowd.size = answer->size;
    crowd.last = str_is_absent(answer->body) ? STR_NONE : str_copy(arena, answer->body);
    if (fd >= 0) {
        assert_int_equal(fstat(fd, &stat), 0);
        assert_int_equal(stat.st_size, answer->size);
        crowd.same_memory += crowd.memory == 0 || stat.st_ino == crowd.memory;
        crowd.memory = stat.st_ino;
    }
}

static void on_crowd(void *with, uint16_t kind, struct str payload, int fd)
{
    (void)with;
    struct message_delivered delivered;
    struct message_web_answer answer;
    if (kind == MESSAGE_DELIVERED) {
        assert_int_equal(message_take(kind, payload, &delivered), OK);
        assert_int_equal(delivered.status, OK);
        assert_int_equal(delivered.handle, ++crowd.deliveries); /* in the order they were asked */
    } else {
        assert_int_equal(message_take(kind, payload, &answer), OK);
        see_page(&answer, fd);
    }
    file_close(&fd);
    if (crowd.deliveries + crowd.pages == crowd.wanted)
        loop_stop(loop);
}

static void on_crowd_closed(void *with)
{
    (void)with;
    crowd.is_closed = true;
    loop_stop(loop);
}

static void open_crowd(void)
{
    int pair[2];
    struct message_peer peer = {ROLE_FRONT, 0};
    crowd = (struct crowd){0};
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(message_send(seats[BEAUVAL].parent.channel, MESSAGE_PEER, &peer, pair[1]), OK);
    assert_int_equal(channel_create(loop, pair[0], on_crowd, on_crowd_closed, NULL, &crowd.channel), OK);
}

/* Until so many answers have come, in all. */
static void hear(int64_t wanted)
{
    crowd.wanted = wanted;
    is_late = false;
    loop_timer_set(limit, WAIT_MS);
    while (crowd.deliveries + crowd.pages < wanted && !crowd.is_closed && !is_late)
        loop_run(loop, NULL, NULL);
    assert_false(crowd.is_closed);
    assert_int_equal(crowd.deliveries + crowd.pages, wanted);
}

static void ask_for(const char *path)
{
    struct message_web ask = {.handle = 3, .member = 1, .method = WEB_GET, .ticket = STR(""), .path = str_of(path),
                              .query = STR(""), .content_type = STR(""), .accept_language = STR("fr"),
                              .remote = STR("192.0.2.1"), .device = STR(""), .host = STR("beauval.localhost"),
                              .trace = STR("t"), .body = STR("")};
    assert_int_equal(message_send(crowd.channel, MESSAGE_WEB, &ask, -1), OK);
}

static void hand_in_many(int64_t count)
{
    struct str message = mail_of("one"), ticket = good_ticket();
    for (int64_t i = 1; i <= count; i++) {
        struct message_deliver ask = {.handle = i, .sender = STR("accueil@beauval.example"),
                                      .recipients = STR("etat-civil@beauval.example\n"), .source = STR("submission"),
                                      .trace = STR(""), .ticket = ticket, .outbox_key = STR(""), .received = STR(""),
                                      .host = STR(""), .size = (int64_t)message.len, .body = message};
        assert_int_equal(message_send(crowd.channel, MESSAGE_DELIVER, &ask, -1), OK);
    }
}

static int64_t commits(void)
{
    struct message_handle ask = {1};
    struct message_figures figures;
    int64_t counts[COUNT_KINDS];
    assert_int_equal(message_send(seats[BEAUVAL].parent.channel, MESSAGE_FIGURES_ASK, &ask, -1), OK);
    take(&seats[BEAUVAL].parent, MESSAGE_FIGURES, &figures);
    count_read(figures.counts, counts);
    return counts[COUNT_COMMITS];
}

/* What came at once is committed in several turns, each with its answers before the next one begins. */
static void a_turn_has_so_many_answers(void **state)
{
    (void)state;
    open_crowd();
    int64_t before = commits();
    hand_in_many(CROWD);
    hear(CROWD);
    assert_in_range(commits() - before, (CROWD + TURN_ANSWERS - 1) / TURN_ANSWERS, CROWD);
    channel_destroy(crowd.channel);
}

/* However many ask for a file of the program, a town has it once, and front is given that one. */
static void a_shipped_file_is_not_copied_for_each(void **state)
{
    (void)state;
    open_crowd();
    for (int i = 0; i < CROWD; i++)
        ask_for("/games/machine/moyen.gguf");
    hear(CROWD);
    assert_int_equal(crowd.codes[200], CROWD);
    assert_int_equal(crowd.same_memory, CROWD);
    channel_destroy(crowd.channel);
}

static rlim_t descriptors_of(pid_t pid, rlim_t wanted)
{
    struct rlimit before, now;
    assert_int_equal(prlimit(pid, RLIMIT_NOFILE, NULL, &before), 0);
    now = (struct rlimit){wanted, before.rlim_max};
    assert_int_equal(prlimit(pid, RLIMIT_NOFILE, &now, NULL), 0);
    return before.rlim_cur;
}

/* Where no descriptor is left for an answer there is a short one, and the town goes on. */
static void what_cannot_be_sent_whole_is_refused(void **state)
{
    (void)state;
    open_crowd();
    ask_for("/games/machine");
    hear(1);
    rlim_t before = descriptors_of(seats[BEAUVAL].pid, 3);
    for (int i = 0; i < 5; i++)
        ask_for("/games/machine/nano.gguf");
    hear(6);
    assert_int_equal(crowd.codes[503], 5);
    assert_int_equal(crowd.last.len, crowd.size);
    assert_in_range(crowd.size, 500, MESSAGE_INLINE_MAX);
    descriptors_of(seats[BEAUVAL].pid, before);
    ask_for("/games/machine/nano.gguf");
    hear(7);
    assert_int_equal(crowd.codes[200], 2);
    assert_true(crowd.size > MESSAGE_INLINE_MAX);
    channel_destroy(crowd.channel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_turn_has_so_many_answers),
        CASE(a_shipped_file_is_not_copied_for_each),
        CASE(what_cannot_be_sent_whole_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
