/* The model role as a process; this program plays the parent and towns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/house_ask.h"
#include "core/talking.h"
#include "os/clock.h"
#include "os/file.h"
#include "role/message.h"
#include "role/model_line.h"
#include "role/model_role.h"
#include "role/model_training.h"

enum { FEW = 30, WAIT_MS = 60 * 1000, SEEN_MAX = 2048, TOWNS = 4 };

/* What came, in order; answers decoded, their lines kept. */
struct end {
    struct channel *channel;
    struct message_house_answer answers[SEEN_MAX];
    size_t count, taken;
    struct message_figures figures;
    bool is_ready;
};

static struct arena *arena;
static struct loop *loop;
static struct loop_timer *limit;
static struct end parent, towns[TOWNS];
static pid_t role;
static int64_t handle;

static void on_late(void *with)
{
    (void)with;
    loop_stop(loop);
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct end *end = with;
    struct str kept = str_copy(arena, payload), lines;
    end->is_ready |= kind == MESSAGE_READY;
    if (kind == MESSAGE_FIGURES)
        assert_int_equal(message_take(kind, kept, &end->figures), OK);
    if (kind == MESSAGE_HOUSE_ANSWER) {
        struct message_house_answer *answer = &end->answers[end->count++ % SEEN_MAX];
        assert_int_equal(message_take(kind, kept, answer), OK);
        if (str_is_absent(answer->lines)) {
            assert_int_equal(file_map(fd, HOUSE_LINES_MAX, &lines), OK);
            answer->lines = str_copy(arena, lines);
            file_unmap(lines);
        }
        assert_int_equal(answer->size, (int64_t)answer->lines.len);
    }
    file_close(&fd);
    loop_stop(loop);
}

static void on_closed(void *with)
{
    struct end *end = with;
    channel_destroy(end->channel);
    end->channel = NULL;
    loop_stop(loop);
}

static void listen_to(struct end *end, int socket)
{
    *end = (struct end){0};
    assert_int_equal(channel_create(loop, socket, on_frame, on_closed, end, &end->channel), OK);
}

static void run_role(size_t threads, size_t steps_most)
{
    int pair[2];
    assert_int_equal(channel_pair(pair), OK);
    role = fork();
    if (role == 0) {
        close(pair[0]);
        _exit(model_role_run(&(struct model_role_start){pair[1], threads, steps_most}));
    }
    close(pair[1]);
    listen_to(&parent, pair[0]);
    loop_timer_set(limit, WAIT_MS);
    while (!parent.is_ready && parent.channel != NULL)
        loop_run(loop, NULL, NULL);
    assert_true(parent.is_ready);
}

static void connect_town(struct end *end)
{
    int pair[2];
    struct message_peer peer = {ROLE_TOWN, 1 + (end - towns)};
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(message_send(parent.channel, MESSAGE_PEER, &peer, pair[1]), OK);
    listen_to(end, pair[0]);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(256 << 20);
    loop = loop_create();
    limit = loop_timer_create(loop, on_late, NULL);
    run_role(1, 0);
    for (size_t i = 0; i < TOWNS; i++)
        connect_town(&towns[i]);
    return 0;
}

static int end_role(void)
{
    int how = 0;
    channel_destroy(parent.channel);
    parent.channel = NULL;
    waitpid(role, &how, 0);
    return how;
}

static int tear_down(void **state)
{
    (void)state;
    int how = end_role();
    for (size_t i = 0; i < TOWNS; i++)
        channel_destroy(towns[i].channel);
    loop_timer_destroy(limit);
    loop_destroy(loop);
    arena_destroy(&arena);
    return how;
}

/* ---- asking ---- */

static void send_ask(struct end *town, int64_t kind, const char *words)
{
    handle++;
    struct message_house_ask ask = {.handle = handle, .kind = kind, .member = STR(""), .words = str_of(words),
                                    .actor = STR("")};
    assert_int_equal(message_send(town->channel, MESSAGE_HOUSE_ASK, &ask, -1), OK);
}

static struct message_house_answer next(struct end *town)
{
    loop_timer_set(limit, WAIT_MS);
    while (town->taken == town->count && town->channel != NULL)
        loop_run(loop, NULL, NULL);
    assert_true(town->taken < town->count);
    return town->answers[town->taken++ % SEEN_MAX];
}

static struct message_house_answer ask(struct end *town, int64_t kind, const char *words)
{
    send_ask(town, kind, words);
    struct message_house_answer answer = next(town);
    assert_int_equal(answer.handle, handle);
    return answer;
}

static struct training_state state_in(struct str lines)
{
    struct training_state state;
    assert_int_equal(house_line_take(arena, &lines, &training_state_shape, &state), OK);
    return state;
}

static struct training_state state_of(struct end *town, const char *name)
{
    struct message_house_answer answer = ask(town, HOUSE_TRAININGS, name);
    assert_int_equal(answer.status, OK);
    return state_in(answer.lines);
}

/* All lines once it is done; on the way, steps only grow. */
static struct str await_end(struct end *town, const char *name)
{
    int64_t until_ms = clock_monotonic_ms() + 4 * WAIT_MS, step = 0;
    for (;;) {
        struct message_house_answer answer = ask(town, HOUSE_TRAININGS, name);
        struct training_state state = state_in(answer.lines);
        if (state.stage == TRAINING_DONE)
            return answer.lines;
        assert_int_not_equal(state.stage, TRAINING_UNKNOWN);
        assert_true(state.step >= step && clock_monotonic_ms() < until_ms);
        step = state.step;
        usleep(50000);
    }
}

static int64_t work_of_role(void)
{
    struct message_handle figures = {++handle};
    assert_int_equal(message_send(parent.channel, MESSAGE_FIGURES_ASK, &figures, -1), OK);
    while (parent.figures.handle != handle && parent.channel != NULL)
        loop_run(loop, NULL, NULL);
    return parent.figures.work;
}

/* ---- the tests ---- */

/* What comes of it: the same as of the same steps made here, without a role, on another number of threads. */
static void a_training_is_what_its_name_says(void **state)
{
    (void)state;
    struct training_job job;
    struct model_base base;
    struct model_training *training;
    struct parallel alone = {.workers = 1};
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 20);
    assert_int_equal(end_role(), 0);
    for (size_t i = 0; i < TOWNS; i++)
        channel_destroy(towns[i].channel);
    run_role(2, FEW);
    for (size_t i = 0; i < TOWNS; i++)
        connect_town(&towns[i]);
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "without-7.31.short").status, OK);
    assert_int_equal(training_read(STR("without-7.31.short"), &job), OK);
    assert_int_equal(model_base_create(arena, &base), OK);
    base.steps_most = FEW;
    assert_int_equal(model_training_create(arena, &base, &job, 1, &training), OK);
    while (model_training_go(training, &alone) == OK)
        ;
    model_training_answers(training, &lines);
    struct str came = await_end(&towns[0], "without-7.31.short");
    struct training_state ended = state_in(came);
    assert_int_equal(ended.step, FEW);
    assert_int_equal(ended.count, (int64_t)base.table.count);
    (void)str_cut(&came, '\n');
    assert_true(str_eq(came, buf_str(&lines)));
    /* Kept: another town has it at once. */
    assert_int_equal(ask(&towns[1], HOUSE_TRAIN, "without-7.31.short").status, OK);
    struct str again = ask(&towns[1], HOUSE_TRAININGS, "without-7.31.short").lines;
    assert_int_equal(state_in(again).stage, TRAINING_DONE);
    (void)str_cut(&again, '\n');
    assert_true(str_eq(again, came));
    assert_int_equal(work_of_role(), 0);
}

static void others_wait_and_are_told_their_place(void **state)
{
    (void)state;
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.1").status, OK);
    assert_int_equal(ask(&towns[1], HOUSE_TRAIN, "web.2").status, OK);
    assert_int_equal(ask(&towns[2], HOUSE_TRAIN, "web.2").status, OK);
    assert_int_equal(ask(&towns[2], HOUSE_TRAIN, "web.3.short").status, OK);
    assert_int_equal(work_of_role(), 3);
    struct training_state first = state_of(&towns[0], "web.1");
    for (int64_t until_ms = clock_monotonic_ms() + WAIT_MS; first.seconds < 0; first = state_of(&towns[0], "web.1")) {
        assert_true(clock_monotonic_ms() < until_ms);
        usleep(10000);
    }
    struct training_state last = state_of(&towns[0], "web.3.short");
    assert_int_equal(first.stage, TRAINING_RUNS);
    assert_int_equal(first.place, 1);
    assert_true(first.step > 0 && first.loss > 0 && first.steps == 1600);
    assert_int_equal(last.stage, TRAINING_WAITS);
    assert_int_equal(last.place, 3);
    assert_true(first.seconds > 0 && last.seconds > first.seconds); /* with those before it */
    assert_int_equal(state_of(&towns[3], "web.9").stage, TRAINING_UNKNOWN);
}

static void a_town_that_goes_away_cancels(void **state)
{
    (void)state;
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.1").status, OK);
    assert_int_equal(ask(&towns[1], HOUSE_TRAIN, "web.2").status, OK);
    channel_destroy(towns[0].channel);
    towns[0].channel = NULL;
    while (state_of(&towns[1], "web.1").stage != TRAINING_UNKNOWN)
        usleep(10000);
    struct training_state mine = state_of(&towns[1], "web.2");
    for (int64_t until_ms = clock_monotonic_ms() + WAIT_MS; mine.step == 0; mine = state_of(&towns[1], "web.2")) {
        assert_true(clock_monotonic_ms() < until_ms);
        usleep(10000);
    }
    assert_int_equal(mine.stage, TRAINING_RUNS);
    assert_int_equal(mine.place, 1);
}

/* A thousand starts at once: the line is bounded, each of the others is told why not, and the role lives. */
static void a_flood_is_refused_in_words(void **state)
{
    (void)state;
    enum { STARTS = 1000 };
    size_t begun = 0, too_many = 0;
    char name[TRAINING_NAME_MAX];
    for (int i = 0; i < STARTS; i++) {
        snprintf(name, sizeof name, "web.%d", i);
        send_ask(&towns[0], HOUSE_TRAIN, name);
    }
    for (int i = 0; i < STARTS; i++) {
        struct message_house_answer answer = next(&towns[0]);
        begun += answer.status == OK;
        too_many += answer.status == BUSY && answer.sentence == T_games_feed_too_many;
    }
    assert_int_equal(begun, MODEL_TOWN_MAX);
    assert_int_equal(too_many, STARTS - MODEL_TOWN_MAX);
    for (int i = 0; i < STARTS; i++) {
        snprintf(name, sizeof name, "equal.%d", i);
        send_ask(&towns[1 + i % (TOWNS - 1)], HOUSE_TRAIN, name);
    }
    for (int i = 0; i < STARTS; i++) {
        struct message_house_answer answer = next(&towns[1 + i % (TOWNS - 1)]);
        begun += answer.status == OK;
        assert_true(answer.status == OK || (answer.status == BUSY && answer.sentence != T_none));
    }
    assert_int_equal(begun, MODEL_LINE_MAX);
    assert_int_equal(work_of_role(), MODEL_LINE_MAX);
}

/* The number that a town says after the name: one network has two of the town's places. */
static void a_network_has_two_places_of_a_town(void **state)
{
    (void)state;
    struct message_house_answer answer = ask(&towns[0], HOUSE_TRAIN, "web.1 77");
    assert_int_equal(answer.status, OK);
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.2 77").status, OK);
    answer = ask(&towns[0], HOUSE_TRAIN, "web.3 77");
    assert_int_equal(answer.status, BUSY);
    assert_int_equal(answer.sentence, T_games_feed_network_many);
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.2 77").status, OK);
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.3 78").status, OK);
    assert_int_equal(ask(&towns[1], HOUSE_TRAIN, "web.4 77").status, OK);
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.5 77 web.6").status, INVALID);
    assert_int_equal(work_of_role(), 4);
}

static void what_is_no_training_is_refused(void **state)
{
    (void)state;
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "oats.1").status, INVALID);
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "often-9999.1").status, NOT_FOUND);
    assert_int_equal(ask(&towns[0], HOUSE_TRAININGS, "").status, INVALID);
    assert_int_equal(ask(&towns[0], HOUSE_TRAININGS, "web.1 web.2 web.3").status, LIMIT);
    assert_int_equal(work_of_role(), 0);
    send_ask(&towns[0], HOUSE_MEMBERS, "web.1"); /* the parent's to answer: such a town is not believed */
    while (towns[0].channel != NULL)
        loop_run(loop, NULL, NULL);
    assert_int_equal(state_of(&towns[1], "web.1").stage, TRAINING_UNKNOWN);
}

/* ---- talks ---- */

static struct talking_state talk_in(struct str lines)
{
    struct talking_state state;
    assert_int_equal(house_line_take(arena, &lines, &talking_state_shape, &state), OK);
    return state;
}

/* A training that is at work makes no step while a talk waits; the role answers others meanwhile. */
static void talks_go_before_a_training(void **state)
{
    (void)state;
    struct talking_turn turn;
    const char *words = "Où se trouve Orléans ?\nEt son code postal ?\nEs-tu sûr ?\nGien ?\n";
    size_t looks = 0;
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.1").status, OK);
    while (state_of(&towns[0], "web.1").step == 0)
        usleep(10000);
    send_ask(&towns[0], HOUSE_TRAININGS, "web.1"); /* goes with the talk in one write */
    send_ask(&towns[0], HOUSE_TALK, words);
    int64_t talk = handle, step = state_in(next(&towns[0]).lines).step;
    struct message_house_answer answer;
    for (;; looks++) {
        send_ask(&towns[0], HOUSE_TRAININGS, "web.1");
        answer = next(&towns[0]);
        if (answer.handle == talk)
            break;
        assert_int_equal(state_in(answer.lines).step, step);
    }
    assert_true(looks > 0);
    (void)next(&towns[0]);
    struct str lines = answer.lines;
    for (int i = 0; talk_in(lines).stage == TALKING_THINKS && i < 100; i++) /* a slow machine: it goes on from there */
        lines = ask(&towns[0], HOUSE_TALK, words).lines;
    assert_int_equal(talk_in(lines).stage, TALKING_SAID);
    assert_int_equal(talk_in(lines).count, 4);
    (void)str_cut(&lines, '\n');
    assert_int_equal(house_line_take(arena, &lines, &talking_turn_shape, &turn), OK);
    assert_true(str_eq(turn.answer, STR("Orléans se trouve dans le Loiret (45).")));
    while (state_of(&towns[0], "web.1").step == step)
        usleep(10000); /* and it goes on */
}

/* Towns that ask and go, or ask for more than may wait: nobody else waits for them, and the role lives. */
static void talks_of_others_are_not_in_the_way(void **state)
{
    (void)state;
    enum { TALKS = 200 };
    for (int i = 0; i < TALKS; i++) {
        char words[40];
        snprintf(words, sizeof words, "%d\n%d\n", i, i + 1);
        send_ask(&towns[i % 2], HOUSE_TALK, words);
    }
    channel_destroy(towns[0].channel);
    towns[0].channel = NULL;
    for (int i = 0; i < TALKS / 2; i++)
        assert_int_equal(next(&towns[1]).status, OK);
    assert_int_equal(ask(&towns[2], HOUSE_TALK, "a\n\n").status, INVALID);
    struct str lines = ask(&towns[2], HOUSE_TALK, "Tours ?\n").lines;
    for (int i = 0; talk_in(lines).stage == TALKING_THINKS && i < 100; i++)
        lines = ask(&towns[2], HOUSE_TALK, "Tours ?\n").lines;
    assert_int_equal(talk_in(lines).stage, TALKING_SAID);
    assert_int_equal(work_of_role(), 0);
}

/* After a kill in the middle another process knows of nothing; the same name begins it again. */
static void a_killed_role_forgets(void **state)
{
    (void)state;
    int how;
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.1.short").status, OK);
    kill(role, SIGKILL);
    waitpid(role, &how, 0);
    while (towns[0].channel != NULL || parent.channel != NULL)
        loop_run(loop, NULL, NULL);
    run_role(1, 0);
    connect_town(&towns[0]);
    assert_int_equal(state_of(&towns[0], "web.1.short").stage, TRAINING_UNKNOWN);
    assert_int_equal(ask(&towns[0], HOUSE_TRAIN, "web.1.short").status, OK);
    assert_int_not_equal(state_of(&towns[0], "web.1.short").stage, TRAINING_UNKNOWN);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_training_is_what_its_name_says), CASE(others_wait_and_are_told_their_place),
        CASE(a_town_that_goes_away_cancels),    CASE(a_flood_is_refused_in_words),
        CASE(a_network_has_two_places_of_a_town), CASE(what_is_no_training_is_refused),
        CASE(a_killed_role_forgets),
        CASE(talks_go_before_a_training),       CASE(talks_of_others_are_not_in_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
