#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/channel.h"

enum { FRAMES = 3000 };

struct end {
    struct loop *loop;
    struct channel *channel;
    int64_t received, fds, closed, stop_at;
    size_t bytes;
    bool destroys_on_frame, pauses_on_frame;
};

struct pair {
    struct loop *loop;
    struct end near, far;
    int turns;
    int raw; /* the far socket, where the test speaks for itself */
};

static void on_frame(void *with, uint16_t type, struct str payload, int fd)
{
    struct end *end = with;
    assert_int_equal(type, (uint16_t)end->received);
    for (size_t i = 0; i < payload.len; i++)
        if (payload.at[i] != (char)type)
            fail_msg("byte %zu of frame %d is another's", i, (int)type);
    if (fd >= 0) {
        /* Each descriptor is a pipe holding the number of its frame. */
        uint16_t number = 0;
        assert_int_equal(read(fd, &number, sizeof number), sizeof number);
        assert_int_equal(number, type);
        close(fd);
        end->fds++;
    }
    end->bytes += payload.len;
    if (end->pauses_on_frame)
        channel_pause(end->channel);
    if (++end->received == end->stop_at)
        loop_stop(end->loop);
    if (end->destroys_on_frame) {
        channel_destroy(end->channel);
        end->channel = NULL;
        loop_stop(end->loop);
    }
}

static void on_close(void *with)
{
    struct end *end = with;
    end->closed++;
    channel_destroy(end->channel);
    end->channel = NULL;
    loop_stop(end->loop);
}

static int open_pair(void **state)
{
    struct pair *pair = calloc(1, sizeof *pair);
    int sockets[2];
    assert_non_null(pair);
    pair->loop = pair->near.loop = pair->far.loop = loop_create();
    assert_int_equal(channel_pair(sockets), OK);
    pair->raw = sockets[1];
    assert_int_equal(
        channel_create(pair->loop, sockets[0], on_frame, on_close, &pair->near, &pair->near.channel), OK);
    *state = pair;
    return 0;
}

static void open_far(struct pair *pair)
{
    assert_int_equal(
        channel_create(pair->loop, pair->raw, on_frame, on_close, &pair->far, &pair->far.channel), OK);
    pair->raw = -1;
}

static int close_pair(void **state)
{
    struct pair *pair = *state;
    channel_destroy(pair->near.channel);
    channel_destroy(pair->far.channel);
    if (pair->raw >= 0)
        close(pair->raw);
    loop_destroy(pair->loop);
    free(pair);
    return 0;
}

static int pipe_holding(uint16_t number)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], &number, sizeof number), sizeof number);
    close(ends[1]);
    return ends[0];
}

static int open_descriptors(void)
{
    int count = 0;
    struct stat stat;
    for (int fd = 0; fd < 2048; fd++)
        count += fstat(fd, &stat) == 0;
    return count;
}

/* More frames, bytes and descriptors than the kernel's queue takes, in one turn. */
static void frames_arrive_whole_in_order_with_their_descriptors(void **state)
{
    struct pair *pair = *state;
    open_far(pair);
    int before = open_descriptors();
    static char payload[3000];
    size_t bytes = 0, fds = 0;
    for (int i = 0; i < FRAMES; i++) {
        memset(payload, (char)i, sizeof payload);
        bool has_fd = i % 11 == 0 || (i > 500 && i < 600);
        size_t length = (size_t)i * 7 % sizeof payload;
        assert_int_equal(channel_send(pair->near.channel, (uint16_t)i, (struct str){payload, length},
                                      has_fd ? pipe_holding((uint16_t)i) : -1),
                         OK);
        bytes += length;
        fds += has_fd;
    }
    assert_true(channel_queued(pair->near.channel) > bytes);
    pair->far.stop_at = FRAMES;
    loop_run(pair->loop, NULL, NULL);
    assert_int_equal(pair->far.received, FRAMES);
    assert_int_equal(pair->far.bytes, bytes);
    assert_int_equal(pair->far.fds, fds);
    assert_int_equal(channel_queued(pair->near.channel), 0);
    assert_int_equal(open_descriptors(), before);
}

static void the_largest_frame_passes_and_one_more_byte_does_not(void **state)
{
    struct pair *pair = *state;
    open_far(pair);
    char *payload = calloc(1, CHANNEL_FRAME_MAX + 1);
    assert_int_equal(
        channel_send(pair->near.channel, 0, (struct str){payload, CHANNEL_FRAME_MAX + 1}, dup(0)), LIMIT);
    assert_int_equal(channel_send(pair->near.channel, 0, (struct str){payload, CHANNEL_FRAME_MAX}, -1), OK);
    free(payload);
    pair->far.stop_at = 1;
    loop_run(pair->loop, NULL, NULL);
    assert_int_equal(pair->far.bytes, CHANNEL_FRAME_MAX);
}

/* A peer that reads nothing makes the queue full, never larger. */
static void a_full_queue_says_so(void **state)
{
    struct pair *pair = *state;
    char *payload = calloc(1, CHANNEL_FRAME_MAX);
    struct str frame = {payload, CHANNEL_FRAME_MAX - 8};
    for (int i = 0; i < 64; i++)
        assert_int_equal(channel_send(pair->near.channel, 0, frame, -1), OK);
    assert_int_equal(channel_queued(pair->near.channel), CHANNEL_QUEUE_MAX);
    assert_int_equal(channel_send(pair->near.channel, 0, STR(""), -1), LIMIT);
    free(payload);
}

static void a_closed_peer_is_told_once_and_then_gone(void **state)
{
    struct pair *pair = *state;
    close(pair->raw);
    pair->raw = -1;
    loop_run(pair->loop, NULL, NULL);
    assert_int_equal(pair->near.closed, 1);
}

static void a_callback_may_destroy_its_channel(void **state)
{
    struct pair *pair = *state;
    open_far(pair);
    pair->far.destroys_on_frame = true;
    assert_int_equal(channel_send(pair->near.channel, 0, STR(""), -1), OK);
    assert_int_equal(channel_send(pair->near.channel, 1, STR("\1"), -1), OK);
    loop_run(pair->loop, NULL, NULL);
    assert_int_equal(pair->far.received, 1);
}

static void expect_closed_after(struct pair *pair, const void *bytes, size_t length)
{
    assert_int_equal(write(pair->raw, bytes, length), length);
    loop_run(pair->loop, NULL, NULL);
    assert_int_equal(pair->near.closed, 1);
    assert_int_equal(pair->near.received, 0);
}

static void a_frame_too_long_closes(void **state)
{
    const struct {
        uint32_t length;
        uint16_t type, flags;
    } header = {CHANNEL_FRAME_MAX + 1, 0, 0};
    expect_closed_after(*state, &header, sizeof header);
}

static void an_unknown_flag_closes(void **state)
{
    const struct {
        uint32_t length;
        uint16_t type, flags;
    } header = {0, 0, 2};
    expect_closed_after(*state, &header, sizeof header);
}

static void a_promised_descriptor_that_is_missing_closes(void **state)
{
    const struct {
        uint32_t length;
        uint16_t type, flags;
    } header = {0, 0, 1};
    expect_closed_after(*state, &header, sizeof header);
}

static void send_with_descriptor(int socket)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    char letter = 'x';
    struct iovec bytes = {&letter, 1};
    struct msghdr message = {.msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    control.header = (struct cmsghdr){CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS};
    memcpy(CMSG_DATA(&control.header), &socket, sizeof(int));
    assert_int_equal(sendmsg(socket, &message, 0), 1);
}

/* Descriptors no frame claims: a few are held, then the channel closes and holds none. */
static void unclaimed_descriptors_close(void **state)
{
    struct pair *pair = *state;
    int before = open_descriptors();
    uint64_t header_of_1000 = 1000;
    assert_int_equal(write(pair->raw, &header_of_1000, 8), 8);
    for (int i = 0; i < 60; i++)
        send_with_descriptor(pair->raw);
    loop_run(pair->loop, NULL, NULL);
    assert_int_equal(pair->near.closed, 1);
    assert_int_equal(open_descriptors(), before - 1); /* the channel's own socket */
}

static bool second_time(void *with)
{
    struct pair *pair = with;
    if (pair->turns++ > 0)
        loop_stop(pair->loop);
    return true;
}

static void run_one_turn(struct pair *pair)
{
    pair->turns = 0;
    loop_run(pair->loop, second_time, pair);
}

/* Every cut of two frames into three writes gives the same two frames. */
static void frames_are_found_at_every_cut(void **state)
{
    struct pair *pair = *state;
    const struct {
        uint32_t length_0;
        uint16_t type_0, flags_0;
        uint32_t length_1;
        uint16_t type_1, flags_1;
        char payload[3];
    } __attribute__((packed)) frames = {0, 0, 0, 3, 1, 0, {1, 1, 1}};
    const char *bytes = (const char *)&frames;
    for (size_t a = 1; a < sizeof frames; a++)
        for (size_t b = a; b < sizeof frames; b++) {
            const size_t cuts[] = {0, a, b, sizeof frames};
            pair->near.received = 0;
            for (int i = 0; i < 3; i++) {
                size_t part = cuts[i + 1] - cuts[i];
                assert_int_equal(write(pair->raw, bytes + cuts[i], part), part);
                assert_int_equal(pair->near.received, i == 0 ? 0 : cuts[i] >= 8);
                run_one_turn(pair);
            }
            assert_int_equal(pair->near.received, 2);
        }
}

/* One frame a turn, whether the kernel holds the others or the channel does; the rest comes by itself. */
static void a_pause_leaves_the_rest_to_the_next_turn(void **state)
{
    struct pair *pair = *state;
    open_far(pair);
    pair->far.pauses_on_frame = true;
    for (int i = 0; i < 50; i++)
        assert_int_equal(
            channel_send(pair->near.channel, (uint16_t)i, STR_NONE, i % 3 ? -1 : pipe_holding((uint16_t)i)), OK);
    run_one_turn(pair); /* they leave */
    int64_t before = pair->far.received;
    for (int turn = 1; turn <= 10; turn++) {
        run_one_turn(pair);
        assert_int_equal(pair->far.received, before + turn);
    }
    pair->far.stop_at = 50;
    loop_run(pair->loop, NULL, NULL);
    assert_int_equal(pair->far.received, 50);
    assert_int_equal(pair->far.fds, 17);
    assert_int_equal(pair->far.closed, 0);
}

/* Queues more than the kernel takes, and then some. */
static void fall_behind(struct pair *pair)
{
    static char payload[CHANNEL_FRAME_MAX];
    memset(payload, 0, sizeof payload);
    while (channel_queued(pair->near.channel) < 2 * CHANNEL_BEHIND)
        assert_int_equal(channel_send(pair->near.channel, 0, (struct str){payload, sizeof payload}, -1), OK);
    run_one_turn(pair);
    assert_true(channel_is_behind(pair->near.channel));
}

static const unsigned char empty_frames[3][8] = {{0}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 2}}; /* of types 0, 1 and 2 */

static void stop(void *with)
{
    loop_stop(with);
}

static bool count_turn(void *with)
{
    struct pair *pair = with;
    pair->turns++;
    return false;
}

/* Whoever pauses for a peer that takes nothing takes nothing either, without being awake for it, and goes on once the
 * peer takes some. */
static void a_peer_that_is_behind_is_not_heard(void **state)
{
    struct pair *pair = *state;
    struct loop_timer *timer = loop_timer_create(pair->loop, stop, pair->loop);
    static char taken[CHANNEL_FRAME_MAX];
    fall_behind(pair);
    pair->near.pauses_on_frame = true;
    assert_int_equal(write(pair->raw, empty_frames, sizeof empty_frames), sizeof empty_frames);
    pair->turns = 0;
    loop_timer_set(timer, 30);
    loop_run(pair->loop, count_turn, pair);
    assert_true(pair->turns <= 5); /* it slept until the timer */
    assert_int_equal(pair->near.received, 1);
    while (pair->near.received < 3) {
        assert_true(read(pair->raw, taken, sizeof taken) > 0);
        run_one_turn(pair);
    }
    assert_int_equal(pair->near.closed, 0);
    loop_timer_destroy(timer);
}

static void a_peer_that_is_behind_and_gone_is_told(void **state)
{
    struct pair *pair = *state;
    fall_behind(pair);
    pair->near.pauses_on_frame = true;
    assert_int_equal(write(pair->raw, empty_frames, sizeof empty_frames), sizeof empty_frames);
    for (int i = 0; i < 4; i++)
        run_one_turn(pair);
    close(pair->raw);
    pair->raw = -1;
    loop_run(pair->loop, NULL, NULL);
    assert_int_equal(pair->near.closed, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(frames_arrive_whole_in_order_with_their_descriptors, open_pair,
                                        close_pair),
        cmocka_unit_test_setup_teardown(the_largest_frame_passes_and_one_more_byte_does_not, open_pair,
                                        close_pair),
        cmocka_unit_test_setup_teardown(a_full_queue_says_so, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(a_closed_peer_is_told_once_and_then_gone, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(a_callback_may_destroy_its_channel, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(a_frame_too_long_closes, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(an_unknown_flag_closes, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(a_promised_descriptor_that_is_missing_closes, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(unclaimed_descriptors_close, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(frames_are_found_at_every_cut, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(a_pause_leaves_the_rest_to_the_next_turn, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(a_peer_that_is_behind_is_not_heard, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(a_peer_that_is_behind_and_gone_is_told, open_pair, close_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
