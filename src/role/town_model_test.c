/* A town and the role model: a page that needs it waits for nobody, whether it answers, dies or is not there. */
#include "role/test_towns.h"

#include "core/house_ask.h"
#include "core/talking.h"
#include "core/training.h"
#include "core/web.h"

enum { QUESTIONS = 40, TAKEN = 32 /* of the model's, at a time */ };

static struct end model;

static void close_model(void)
{
    channel_destroy(model.channel);
    model.channel = NULL;
}

static void ask_for(int64_t handle, const char *path, const char *query)
{
    struct message_web ask = {.handle = handle,
                              .member = 1,
                              .method = WEB_GET,
                              .ticket = STR(""),
                              .path = str_of(path),
                              .query = str_of(query),
                              .content_type = STR(""),
                              .accept_language = STR("fr"),
                              .remote = STR("192.0.2.1"),
                              .device = STR(""),
                              .host = STR("beauval.localhost"),
                              .trace = STR("t"),
                              .body = STR("")};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_WEB, &ask, -1), OK);
}

static void ask_page(int64_t handle)
{
    ask_for(handle, "/games/feed-the-machine/training", "job=web.7");
}

/* A page that comes inline. */
static void assert_page(int64_t handle, int64_t code, struct str words)
{
    struct message_web_answer answer;
    take(&seats[BEAUVAL].front, MESSAGE_WEB_ANSWER, &answer);
    assert_int_equal(answer.handle, handle);
    assert_int_equal(answer.code, code);
    assert_true(str_find(answer.body, words) != SIZE_MAX);
}

static void answer_question(int64_t handle)
{
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 16);
    struct training_state state = {.name = STR("web.7"), .stage = TRAINING_WAITS, .place = 5, .steps = 1600,
                                   .seconds = 60, .curve = STR("")};
    house_line_add(&lines, &training_state_shape, &state);
    struct message_house_answer answer = {.handle = handle, .lines = buf_str(&lines), .size = (int64_t)lines.len};
    assert_int_equal(message_send(model.channel, MESSAGE_HOUSE_ANSWER, &answer, -1), OK);
}

static void a_page_is_run_again_with_the_models_answer(void **state)
{
    (void)state;
    struct message_house_ask question;
    connect_end(&seats[BEAUVAL], &model, ROLE_MODEL);
    ask_page(3);
    take(&model, MESSAGE_HOUSE_ASK, &question);
    assert_int_equal(question.kind, HOUSE_TRAININGS);
    assert_true(str_eq(question.words, STR("web.7")));
    assert_int_equal(question.actor.len, 0); /* it is told of nobody */
    answer_question(question.handle + 1000); /* to nothing that was asked */
    answer_question(question.handle);
    assert_page(3, 200, STR("place 5 dans la file"));
    close_model();
}

static void without_a_model_a_page_says_so(void **state)
{
    (void)state;
    struct message_house_ask question;
    ask_page(4);
    assert_page(4, 200, STR("redémarre"));
    connect_end(&seats[BEAUVAL], &model, ROLE_MODEL);
    ask_page(5);
    take(&model, MESSAGE_HOUSE_ASK, &question);
    close_model(); /* it dies while the page waits */
    assert_page(5, 200, STR("redémarre"));
    ask_page(6);
    assert_page(6, 200, STR("redémarre"));
}

/* The parent may not answer what the model was asked, nor the model anything else: such a model is not believed. */
static void each_answers_what_it_was_asked(void **state)
{
    (void)state;
    struct message_house_ask question;
    struct message_handle nothing = {0};
    connect_end(&seats[BEAUVAL], &model, ROLE_MODEL);
    ask_page(7);
    take(&model, MESSAGE_HOUSE_ASK, &question);
    struct message_house_answer wrong = {.handle = question.handle, .status = GONE, .lines = STR("")};
    assert_int_equal(message_send(seats[BEAUVAL].parent.channel, MESSAGE_HOUSE_ANSWER, &wrong, -1), OK);
    settle();
    assert_int_equal(seats[BEAUVAL].front.count, seats[BEAUVAL].front.taken);
    assert_int_equal(message_send(model.channel, MESSAGE_STOP, &nothing, -1), OK);
    assert_page(7, 200, STR("redémarre"));
    while (model.channel != NULL)
        loop_run(loop, NULL, NULL);
    assert_int_equal(hand_in(good_ticket()), OK); /* mail goes on */
}

/* A model that is slow fills no town: the rest is refused for now, and mail goes on. */
static void a_mute_model_holds_up_nothing(void **state)
{
    (void)state;
    connect_end(&seats[BEAUVAL], &model, ROLE_MODEL);
    for (int64_t i = 0; i < QUESTIONS; i++)
        ask_page(i);
    for (int64_t i = TAKEN; i < QUESTIONS; i++)
        assert_page(i, 503, STR("<"));
    assert_int_equal(hand_in(good_ticket()), OK);
    close_model();
    for (int64_t i = 0; i < TAKEN; i++) {
        struct message_web_answer answer;
        take(&seats[BEAUVAL].front, MESSAGE_WEB_ANSWER, &answer);
        assert_int_equal(answer.code, 200);
    }
}

/* Twelve questions nobody asked before are one asking of the model; the town shows what that says, and says no turn of
 * its own: without a model there is none. */
static void a_town_says_no_turn_itself(void **state)
{
    (void)state;
    struct message_house_ask question;
    struct talking talking;
    struct message_web_answer page;
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 10);
    struct talking_state thinks = {.stage = TALKING_THINKS, .count = 1};
    struct talking_turn turn = {.answer = STR("Ainsi parle le test."), .least = TALKING_WHOLE / 4};
    const char *query = "q=a&q=b&q=c&q=d&q=e&q=f&q=g&q=h&q=i&q=j&q=k&q=l";
    ask_for(8, "/games/dialogue", query);
    take(&seats[BEAUVAL].front, MESSAGE_WEB_ANSWER, &page);
    assert_true(page.handle == 8 && page.code == 200 && str_find(page.body, STR("redémarre")) != SIZE_MAX);
    assert_true(str_find(page.body, STR("<blockquote>")) == SIZE_MAX);
    connect_end(&seats[BEAUVAL], &model, ROLE_MODEL);
    ask_for(9, "/games/dialogue", query);
    take(&model, MESSAGE_HOUSE_ASK, &question);
    assert_int_equal(question.kind, HOUSE_TALK);
    assert_int_equal(talking_read(question.words, &talking), OK);
    assert_int_equal(talking.count, TALKING_TURNS_MAX);
    house_line_add(&lines, &talking_state_shape, &thinks);
    house_line_add(&lines, &talking_turn_shape, &turn);
    struct message_house_answer answer = {.handle = question.handle, .lines = buf_str(&lines),
                                          .size = (int64_t)lines.len};
    assert_int_equal(message_send(model.channel, MESSAGE_HOUSE_ANSWER, &answer, -1), OK);
    take(&seats[BEAUVAL].front, MESSAGE_WEB_ANSWER, &page);
    assert_true(page.handle == 9 && page.code == 200);
    assert_true(str_find(page.body, STR("Ainsi parle le test.")) != SIZE_MAX);
    assert_true(str_find(page.body, STR("1 sur 12")) != SIZE_MAX);
    close_model();
}

/* A machine so busy that the model gets nothing of it: the page says that it thinks, and leads on. */
static void a_late_turn_is_waited_for_on_the_page(void **state)
{
    (void)state;
    struct message_house_ask question;
    connect_end(&seats[BEAUVAL], &model, ROLE_MODEL);
    ask_for(10, "/games/dialogue", "q=a");
    ask_page(11); /* how far a training is has no other answer: it waits */
    take(&model, MESSAGE_HOUSE_ASK, &question);
    assert_page(10, 200, STR("0 sur 1"));
    settle();
    assert_int_equal(seats[BEAUVAL].front.count, seats[BEAUVAL].front.taken);
    struct message_house_answer late = {.handle = question.handle, .status = GONE, .lines = STR("")};
    assert_int_equal(message_send(model.channel, MESSAGE_HOUSE_ANSWER, &late, -1), OK); /* nobody is there for it */
    close_model();
    assert_page(11, 200, STR("redémarre"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_town_says_no_turn_itself),
        CASE(a_page_is_run_again_with_the_models_answer),
        CASE(without_a_model_a_page_says_so),
        CASE(each_answers_what_it_was_asked),
        CASE(a_mute_model_holds_up_nothing),
        CASE(a_late_turn_is_waited_for_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
