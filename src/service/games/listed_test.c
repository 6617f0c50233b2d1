/* What a machine made up must not come out of a search engine as a fact: which pages of games may be kept, and that no
 * other is. */
#include "service/games/test_games.h"

#include "core/house_ask.h"
#include "core/training.h"
#include "document/pdf.h"
#include "service/games/games_service.h"
#include "service/games/room/room.h"

static struct pdf_fonts *fonts;

static int set_up(void **state)
{
    (void)open_games(state);
    if (pdf_fonts_open(&fonts) != OK)
        return -1;
    test.town.fonts = fonts;
    return 0;
}

static int tear_down(void **state)
{
    pdf_fonts_close(fonts);
    return close_games(state);
}

/* The model role, where every training asked for is on its way, and a provider that is asked nothing. */
static void play(struct test_town *town, const struct web_house *ask, struct web_house *answer)
{
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 16);
    struct str names = ask->words;
    assert_int_equal(ask->kind, HOUSE_TRAININGS);
    while (!str_is_absent(names)) {
        struct training_state state = {.stage = TRAINING_RUNS, .name = str_cut(&names, ' '), .place = 1, .step = 800,
                                       .steps = 1600, .loss = 412, .seconds = 12, .curve = STR("3749 1968")};
        house_line_add(&lines, &training_state_shape, &state);
    }
    answer->status = OK;
    answer->lines = str_copy(town->arena, buf_str(&lines));
}

/* Those on which the machine says nothing; all others are kept from search engines. */
static bool is_listed(struct str pattern)
{
    static const struct str listed[] = {STR_INIT("/games"), STR_INIT("/games/machine"), STR_INIT("/games/machine/card"),
                                        STR_INIT("/games/machine/data"), STR_INIT("/games/authors"),
                                        STR_INIT("/games/authors.json")};
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
        if (str_eq(pattern, listed[i]))
            return true;
    return false;
}

/* Opens a room: its desk's path, and its code. */
static struct str open_room(struct str *ret_code)
{
    struct str body;
    struct room room;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(test_page(&test, "/games/room", "game=true-or-invented&seed=7", &body), 303);
    struct str desk = str_copy(test.arena, body), key = str_after(desk, str_find_byte(desk, '=') + 1);
    assert_int_equal(room_at_desk(&ctx, str_cut(&key, '&'), &room), OK);
    *ret_code = room.code;
    return desk;
}

/* An address of the route where there is something to show. */
static struct str path_of(struct str pattern, struct str desk, struct str code)
{
    size_t at = str_find_byte(pattern, '{'), end = str_find_byte(pattern, '}');
    if (str_eq(pattern, STR("/games/room/desk")))
        return desk;
    if (str_ends(pattern, STR("/training")))
        return STR("/games/feed-the-machine/training?job=web.7&guess=6");
    if (str_ends(pattern, STR("/compare")))
        return STR("/games/feed-the-machine/compare?a=web.7&b=large.7");
    if (at == SIZE_MAX)
        return pattern;
    struct str value = code;
    if (str_eq(pattern, STR("/games/print/{file}")))
        value = STR("true-or-invented-7-cards.pdf");
    else if (str_eq(pattern, STR("/games/workshop/{file}")))
        value = STR("workshop-20.pdf");
    else if (str_find(pattern, STR("{file}")) != SIZE_MAX)
        value = STR("nano.csv");
    return str_format(test.arena, "%.*s%.*s%.*s", STR_ARG(str_slice(pattern, 0, at)), STR_ARG(value),
                      STR_ARG(str_after(pattern, end + 1)));
}

/* Follows redirects to a page. */
static struct str page_at(struct str path)
{
    struct str body;
    int code = 303;
    for (int hops = 0; code == 303 && hops < 4; hops++) {
        code = test_page(&test, str_c(test.arena, path), NULL, &body);
        body = code == 303 ? str_slice(body, 0, str_find_byte(body, '#')) : body;
        path = code == 303 ? str_copy(test.arena, body) : path;
    }
    if (code != 200)
        fail_msg("%.*s: %d", STR_ARG(path), code);
    return body;
}

static void what_a_machine_made_up_is_not_found_by_search(void **state)
{
    (void)state;
    size_t listed = 0, unlisted = 0;
    struct str code, desk = open_room(&code);
    test.parent = play;
    decide_on("ours"); /* games 0, 6 and 7 have a page of theirs for it */
    for (size_t i = 0; i < games_service.route_count; i++) {
        const struct web_route *route = &games_service.routes[i];
        struct str pattern = str_of(route->pattern);
        if (route->method != WEB_GET)
            continue;
        struct str body = page_at(path_of(pattern, desk, code));
        bool is_page = str_starts(body, STR("<!doctype"));
        bool is_marked = str_find(body, STR("<meta name=\"robots\" content=\"noindex\">")) != SIZE_MAX;
        if (test_response.is_unlisted == is_listed(pattern) || is_marked != (is_page && !is_listed(pattern)))
            fail_msg("%s", route->pattern);
        listed += is_listed(pattern);
        unlisted += !is_listed(pattern);
    }
    assert_true(listed == 6 && unlisted > 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_a_machine_made_up_is_not_found_by_search, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
