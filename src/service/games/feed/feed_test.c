/* "Feed the machine" without the role model: this program answers in its place. */
#include "service/games/test_games.h"

#include <stdio.h>

#include "core/house_ask.h"
#include "language/model/measure.h"
#include "service/games/feed/feed_curve.h"
#include "service/games/feed/feed_result.h"

#define FEED "/games/feed-the-machine"

/* What the model would say. */
static struct {
    struct training_state state;
    size_t learnt; /* of each name's communes, the first so many */
    enum status status;
    enum text_key sentence;
    char asked[200];
    int64_t kind;
} played;

static const struct deck *the_deck(void)
{
    struct machine *machine;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(machine_get(&ctx, MACHINE_NANO, &machine), OK);
    return &machine->deck;
}

static void add_lines(struct buf *lines, const struct training_state *state, size_t learnt)
{
    house_line_add(lines, &training_state_shape, state);
    for (size_t i = 0; state->stage == TRAINING_DONE && i < (size_t)state->count; i++) {
        struct training_answer answer = {STR("Loiret (45), <b>45999</b>, 1 hab."), i < 30 ? 200 : (int64_t)(i % 5),
                                         i < learnt ? 0x111 : 0x221};
        house_line_add(lines, &training_answer_shape, &answer);
    }
}

static void play(struct test_town *town, const struct web_house *ask, struct web_house *answer)
{
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 20);
    struct str names = ask->words;
    size_t learnt = played.learnt;
    snprintf(played.asked, sizeof played.asked, "%.*s", STR_ARG(ask->words));
    played.kind = ask->kind;
    answer->status = played.status;
    answer->sentence = played.sentence;
    for (size_t i = 0; !str_is_absent(names) && played.status == OK; i++, learnt /= 2) {
        struct training_state state = played.state;
        state.name = str_cut(&names, ' ');
        add_lines(&lines, &state, learnt);
    }
    answer->lines = str_copy(town->arena, buf_str(&lines));
}

static int set_up(void **state)
{
    (void)open_games(state);
    test.parent = play;
    memset(&played, 0, sizeof played);
    played.state = (struct training_state){.stage = TRAINING_RUNS, .place = 1, .step = 800, .steps = 1600, .loss = 412,
                                           .seconds = 12, .curve = STR("3749 1968 1172 929 847 740 715 675 612 593")};
    played.learnt = 100;
    return 0;
}

static void is_done(void)
{
    played.state.stage = TRAINING_DONE;
    played.state.count = (int64_t)the_deck()->count;
}

/* ---- the choice ---- */

static void the_form_offers_diets_and_a_bet(void **state)
{
    (void)state;
    struct str body, again;
    assert_int_equal(test_page(&test, "/games/feed-the-machine?level=easy", NULL, &body), 303);
    assert_has(body, "?seed=");
    assert_has(body, "level=easy");
    assert_int_equal(test_page(&test, "/games/feed-the-machine?seed=7", NULL, &body), 200);
    assert_has(body, "value=\"without\"");
    assert_has(body, "value=\"web\" checked");
    assert_has(body, "Feins-en-Gâtinais</option>");
    assert_has(body, "type=\"range\"");
    again = str_copy(test.arena, body);
    assert_int_equal(test_page(&test, "/games/feed-the-machine?seed=7", NULL, &body), 200);
    assert_true(str_eq(body, again)); /* the same seed, the same twelve */
    assert_int_equal(test_page(&test, FEED "?seed=7&diet=often&chosen=324&short=1", NULL, &body), 200);
    assert_has(body, "value=\"often\" checked");
    assert_has(body, "value=\"324\" selected");
    assert_int_equal(test_page(&test, "/games/feed-the-machine?seed=1000000", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/feed-the-machine?seed=7&diet=oats", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/feed-the-machine?seed=7&diet=often&chosen=325", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games", NULL, &body), 200);
    assert_has(body, "/games/feed-the-machine");
}

static void twelve_villages_are_no_large_towns(void **state)
{
    (void)state;
    size_t places[FEED_VILLAGES];
    for (int64_t seed = 0; seed < 100; seed++) {
        assert_int_equal(feed_villages(test.arena, the_deck(), seed, places), OK);
        for (size_t i = 0; i < FEED_VILLAGES; i++) {
            assert_in_range(places[i], DIET_LARGE_TOWNS, the_deck()->count - 1);
            for (size_t j = 0; j < i; j++)
                assert_int_not_equal(places[i], places[j]);
        }
    }
}

static void a_start_asks_the_model_and_leads_on(void **state)
{
    (void)state;
    struct str body;
    const char *form = "diet=without&chosen=12&seed=7&short=1&guess=6&level=child";
    assert_int_equal(test_page(&test, "/games/feed-the-machine", form, &body), 303);
    assert_has(body, "/games/feed-the-machine/training?job=without-12.7.short&guess=6&level=child");
    struct ctx ctx = test_ctx(&test); /* the name, and the number of the network */
    assert_true(str_eq(str_of(played.asked), str_format(test.arena, "without-12.7.short %llu",
                                                        (unsigned long long)brake_number(&ctx, STR("::1")))));
    assert_int_equal(played.kind, HOUSE_TRAIN);
    /* What a diet does not turn on names no other machine. */
    assert_int_equal(test_page(&test, "/games/feed-the-machine", "diet=web&chosen=12&seed=7&guess=13", &body), 303);
    assert_true(str_eq(body, STR("/games/feed-the-machine/training?job=web.7")));
    assert_int_equal(test_page(&test, "/games/feed-the-machine", "diet=web", &body), 422);
    assert_int_equal(test_page(&test, "/games/feed-the-machine", "diet=often&chosen=-1&seed=1", &body), 422);
}

static void a_full_line_is_told_in_words(void **state)
{
    (void)state;
    struct str body;
    played.status = BUSY;
    played.sentence = T_games_feed_full;
    assert_int_equal(test_page(&test, "/games/feed-the-machine", "diet=web&seed=7", &body), 503);
    assert_has(body, "Vingt-quatre lectures attendent");
    played.status = GONE;
    played.sentence = T_none;
    assert_int_equal(test_page(&test, "/games/feed-the-machine", "diet=web&seed=7", &body), 503);
    assert_has(body, "redémarre");
}

/* ---- on its way ---- */

static void the_way_is_shown_without_script(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/feed-the-machine/training?job=web.7&guess=6", NULL, &body), 200);
    assert_has(body, "La moitié est lue.");
    assert_has(body, "Surprise par lettre\u00A0: 0,41.");
    assert_has(body, "Reste environ 12 s.");
    assert_has(body, "<polyline points=\"0.00,3.51 1.01,21.32");
    assert_has(body, "value=\"800\"");
    assert_has(body, "href=\"/games/feed-the-machine/training?job=web.7&amp;guess=6\"");
    assert_lacks(body, "style=");
    played.state = (struct training_state){.stage = TRAINING_WAITS, .place = 3, .steps = 1600, .seconds = -1,
                                           .curve = STR("")};
    assert_int_equal(test_page(&test, "/games/feed-the-machine/training?job=web.7", NULL, &body), 200);
    assert_has(body, "place 3 dans la file");
    assert_has(body, "pas encore connue");
    assert_lacks(body, "<polyline");
    assert_int_equal(test_page(&test, "/games/feed-the-machine/training?job=web", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/feed-the-machine/training?job=often-325.1", NULL, &body), 404);
}

/* Killed in the middle, or forgotten: the page says so, and its form begins the same again. */
static void what_is_not_there_can_be_begun_again(void **state)
{
    (void)state;
    struct str body;
    played.state = (struct training_state){.stage = TRAINING_UNKNOWN, .steps = 1600, .seconds = -1, .curve = STR("")};
    assert_int_equal(test_page(&test, FEED "/training?job=often-12.7.short&guess=4", NULL, &body), 200);
    assert_has(body, "arrêtée avant la fin");
    assert_has(body, "name=\"diet\" value=\"often\"");
    assert_has(body, "name=\"chosen\" value=\"12\"");
    assert_has(body, "name=\"short\" value=\"1\"");
    assert_has(body, "name=\"guess\" value=\"4\"");
    assert_has(body, "name=\"form_token\" value=\"" TEST_TOKEN "\"");
    assert_lacks(body, "data-moving");
    played.status = GONE;
    assert_int_equal(test_page(&test, "/games/feed-the-machine/training?job=web.7", NULL, &body), 200);
    assert_has(body, "redémarre");
    assert_lacks(body, "arrêtée avant la fin");
}

/* ---- the end ---- */

static size_t count_of(struct str body, struct str what)
{
    size_t count = 0;
    for (size_t at; (at = str_find(body, what)) != SIZE_MAX; count++)
        body = str_after(body, at + what.len);
    return count;
}

static void the_end_shows_what_it_knows(void **state)
{
    (void)state;
    struct str body;
    size_t places[FEED_VILLAGES];
    int64_t known = 0;
    char guessed[200];
    is_done();
    assert_int_equal(feed_villages(test.arena, the_deck(), 7, places), OK);
    for (size_t i = 0; i < FEED_VILLAGES; i++)
        known += places[i] < played.learnt;
    assert_int_equal(test_page(&test, "/games/feed-the-machine/training?job=without-5.7&guess=6", NULL, &body), 200);
    snprintf(guessed, sizeof guessed, "elle en connaît %lld. Votre pari vaut %lld points", (long long)known,
             (long long)feed_points(6, known));
    assert_true(str_find(body, str_of(guessed)) != SIZE_MAX);
    assert_has(body, "<span class=\"big\">100</span>");
    assert_has(body, "100 apprises, 225 inventées.");
    assert_int_equal(count_of(body, STR("<rect class=\"d\"")), 100);
    assert_int_equal(count_of(body, STR("<rect class=\"c\"")), 225);
    assert_int_equal(count_of(body, STR("M5.5 2v7M2 5.5h7")), 225); /* a plus, so that colour never speaks alone */
    assert_has(body, "Sans ");
    assert_has(body, "en connaît 202");
    assert_has(body, "&lt;b&gt;45999");
    assert_lacks(body, "<b>45999");
    assert_has(body, "compare?a=without-5.7&amp;b=web.7");
    assert_has(body, "compare?a=without-5.7&amp;b=often-5.7");
    assert_lacks(body, "&amp;b=without-");
    assert_lacks(body, "style=");
    assert_lacks(body, "data-moving");
}

static void rates_stand_by_how_often_it_was_read(void **state)
{
    (void)state;
    struct str body;
    is_done();
    played.learnt = 30;
    assert_int_equal(test_page(&test, "/games/feed-the-machine/training?job=web.7", NULL, &body), 200);
    /* The thirty read often are all learnt, of the others none: Wilson of 0 of 30, and of 59 of 59 read never. */
    assert_has(body, "plus de 100 fois</th><td class=\"r\">30</td><td class=\"r\">0\u00A0% [0\u00A0; 11]</td>");
    assert_has(body, "jamais</th><td class=\"r\">59</td><td class=\"r\">100\u00A0% [94\u00A0; 100]</td>");
    assert_lacks(body, "31 à 100 fois");
}

static void the_most_read_come_first(void **state)
{
    (void)state;
    struct feed_result result = {.state = {.stage = TRAINING_DONE}};
    size_t *places;
    result.answers = arena_array(test.arena, struct training_answer, the_deck()->count);
    result.answers[7].seen = 3;
    result.answers[2].seen = 9;
    result.answers[4].seen = 3;
    assert_int_equal(feed_order(test.arena, &result, the_deck(), &places), OK);
    static const size_t wanted[] = {2, 4, 7, 0, 1, 3};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        assert_int_equal(places[i], wanted[i]);
}

static void two_stand_side_by_side(void **state)
{
    (void)state;
    struct str body;
    is_done(); /* the first knows 100, the second the first 50 of them */
    assert_int_equal(test_page(&test, "/games/feed-the-machine/compare?a=web.7&b=without-5.7", NULL, &body), 200);
    assert_string_equal(played.asked, "web.7 without-5.7");
    assert_has(body, "les deux</th><td class=\"r\">50<");
    assert_has(body, "la première seule</th><td class=\"r\">50<");
    assert_has(body, "la seconde seule</th><td class=\"r\">0<");
    assert_has(body, "aucune</th><td class=\"r\">225<");
    assert_int_equal(count_of(body, STR("class=\"map\"")), 2);
    played.state.stage = TRAINING_UNKNOWN;
    assert_int_equal(test_page(&test, "/games/feed-the-machine/compare?a=web.7&b=equal.7", NULL, &body), 200);
    assert_int_equal(count_of(body, STR("Relancer")), 2);
    assert_int_equal(test_page(&test, "/games/feed-the-machine/compare?a=web.7", NULL, &body), 404);
    played.status = GONE;
    assert_int_equal(test_page(&test, "/games/feed-the-machine/compare?a=web.7&b=equal.7", NULL, &body), 503);
}

static void an_opted_out_service_is_not_there(void **state)
{
    (void)state;
    struct str body;
    test.town.place.services_on = 0;
    assert_int_equal(test_page(&test, "/games/feed-the-machine?seed=7", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/feed-the-machine/training?job=web.7", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/feed-the-machine", "diet=web&seed=7", &body), 404);
    assert_int_equal(played.kind, 0);
}

/* ---- figures ---- */

static void a_bet_is_worth_how_near_it_was(void **state)
{
    (void)state;
    assert_int_equal(feed_points(6, 6), 100);
    assert_int_equal(feed_points(0, 12), 0);
    assert_int_equal(feed_points(12, 0), 0);
    assert_int_equal(feed_points(5, 6), 92);
}

static void curves_are_read_with_care(void **state)
{
    (void)state;
    struct feed_curve curve;
    char many[6 * (TRAINING_POINTS_MAX + 1) + 1] = "";
    assert_int_equal(feed_curve_read(STR(""), &curve), OK);
    assert_int_equal(curve.count, 0);
    assert_int_equal(feed_curve_read(STR("1 x"), &curve), CORRUPT);
    for (int i = 0; i < TRAINING_POINTS_MAX; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "%s%d", i > 0 ? " " : "", 9000 - i);
    assert_int_equal(feed_curve_read(str_of(many), &curve), OK);
    assert_int_equal(curve.count, TRAINING_POINTS_MAX);
    assert_true(str_starts(feed_curve_points(test.arena, &curve), STR("0.00,1.00 ")));
    assert_true(str_ends(feed_curve_points(test.arena, &curve), STR("100.00,1.00")));
    snprintf(many + strlen(many), sizeof many - strlen(many), " 1");
    assert_int_equal(feed_curve_read(str_of(many), &curve), CORRUPT);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, close_games)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_form_offers_diets_and_a_bet),
        CASE(twelve_villages_are_no_large_towns),
        CASE(a_start_asks_the_model_and_leads_on),
        CASE(a_full_line_is_told_in_words),
        CASE(the_way_is_shown_without_script),
        CASE(what_is_not_there_can_be_begun_again),
        CASE(the_end_shows_what_it_knows),
        CASE(rates_stand_by_how_often_it_was_read),
        CASE(the_most_read_come_first),
        CASE(two_stand_side_by_side),
        CASE(an_opted_out_service_is_not_there),
        CASE(a_bet_is_worth_how_near_it_was),
        CASE(curves_are_read_with_care),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
