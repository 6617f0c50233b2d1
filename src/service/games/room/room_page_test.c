#include "service/games/test_games.h"

#include <stdio.h>

#include "service/games/games_service.h"
#include "service/games/room/room.h"

enum { PATH_MAX_BYTES = 300 };

static struct str body;
/* Of the room that open_room opened. */
static char desk[PATH_MAX_BYTES], key[100], code[20], player_path[200], me[100];

static void open_room(void)
{
    struct room room;
    assert_int_equal(test_page(&test, "/games/room", "game=true-or-invented&seed=7", &body), 303);
    assert_true(str_starts(body, STR("/games/room/desk?key=")));
    snprintf(desk, sizeof desk, "%.*s", STR_ARG(str_slice(body, 0, str_find_byte(body, '&'))));
    snprintf(key, sizeof key, "%s", strchr(desk, '=') + 1);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(room_at_desk(&ctx, str_of(key), &room), OK);
    snprintf(code, sizeof code, "%.*s", STR_ARG(room.code));
}

static void join(void)
{
    char path[PATH_MAX_BYTES];
    snprintf(path, sizeof path, "/games/room/%s", code);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "Entrer dans la salle");
    assert_int_equal(test_page(&test, path, "", &body), 303);
    assert_true(str_starts(body, str_format(test.arena, "%s?me=", path)));
    snprintf(player_path, sizeof player_path, "%.*s", STR_ARG(body));
    snprintf(me, sizeof me, "%s", strchr(player_path, '=') + 1);
}

/* Where a press leads. */
static struct str press(const char *what, int step)
{
    char form[PATH_MAX_BYTES];
    snprintf(form, sizeof form, "key=%s&step=%d&%s", key, step, what);
    assert_int_equal(test_page(&test, "/games/room/desk", form, &body), 303);
    return body;
}

static struct str vote(int card, int sure)
{
    char form[PATH_MAX_BYTES], path[PATH_MAX_BYTES];
    snprintf(form, sizeof form, "me=%s&card=%d&sure=%d", me, card, sure);
    snprintf(path, sizeof path, "/games/room/%s", code);
    assert_int_equal(test_page(&test, path, form, &body), 303);
    return body;
}

static struct str page(const char *path)
{
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    return body;
}

/* With a word more in the address. */
static struct str page_with(const char *path, const char *more)
{
    char whole[PATH_MAX_BYTES];
    snprintf(whole, sizeof whole, "%s&%s", path, more);
    return page(whole);
}

static struct str screen(void)
{
    char path[PATH_MAX_BYTES];
    snprintf(path, sizeof path, "/games/room/%s/screen", code);
    return page(path);
}

/* ---- one game ---- */

static void pages_play_a_whole_game(void **state)
{
    (void)state;
    assert_has(page("/games/true-or-invented?seed=7"), "/games/room?game=true-or-invented&amp;seed=7");
    assert_has(page("/games/room?game=dont-know&seed=7"), "<option value=\"dont-know\" selected>");
    open_room();
    assert_has(page_with(desk, "new=1"), "Gardez cette adresse");
    assert_lacks(page(desk), "Gardez cette adresse");
    join();
    assert_has(page(player_path), "Vous êtes ");
    assert_true(str_find(page(desk), STR("Présents : ")) != SIZE_MAX);
    assert_true(str_find(screen(), str_of(code)) != SIZE_MAX);
    for (int card = 0; card < GAME_CARDS; card++) {
        assert_true(str_eq(press("do=on", 2 * card), str_of(desk)));
        assert_has(page(player_path), "type=\"range\"");
        assert_has(screen(), "Votes reçus : 0");
        assert_true(str_eq(vote(card, 70), str_of(player_path)));
        assert_has(page(player_path), "Votre vote est noté : curseur à 70");
        assert_has(screen(), "Votes reçus : 1");
        assert_lacks(body, "Ce que la salle a dit"); /* not before it is turned */
        assert_lacks(body, "class=\"stamp");
        assert_lacks(page(desk), "class=\"stamp");
        (void)press("do=on", 2 * card + 1);
        assert_has(page(player_path), "class=\"stamp");
        assert_has(screen(), "Ce que la salle a dit");
        assert_has(body, "Licence Ouverte 2.0");
    }
    assert_has(page(desk), "Finir : le bilan de la salle");
    (void)press("do=on", 2 * GAME_CARDS);
    assert_has(page(player_path), "Votre feuille");
    assert_has(screen(), "Le bilan de la salle");
    assert_has(page(desk), "Le bilan de la salle");
    assert_has(press("do=wipe", 0), "/games/room?wiped=1");
    assert_has(page("/games/room?wiped=1"), "La salle est effacée");
    assert_int_equal(test_page(&test, desk, NULL, &body), 404);
    assert_int_equal(test_page(&test, player_path, NULL, &body), 404);
}

static void two_at_the_desk_do_no_harm(void **state)
{
    (void)state;
    open_room();
    (void)press("do=on", 0);
    assert_has(press("do=on", 0), "&notice=late");
    assert_has(press("do=end", 0), "&notice=late");
    assert_has(page_with(desk, "notice=late"), "Rien n’a changé");
    assert_has(body, "Carte 1 sur 10");
    assert_has(press("do=hands&low=3&unsure=0&high=201", 1), "&notice=hands");
    assert_has(press("do=hands&low=3&unsure=0&high=5", 0), "&notice=late");
    assert_true(str_eq(press("do=hands&low=3&unsure=0&high=5", 1), str_of(desk)));
    assert_has(page(desk), "mains comptées : 8");
    assert_has(screen(), "Votes reçus : 8");
    assert_int_equal(test_page(&test, "/games/room/desk", "key=other&step=1&do=on", &body), 404);
    assert_int_equal(test_page(&test, "/games/room/desk", strchr(desk, '?') + 1, &body), 404); /* says nothing to do */
}

static void a_vote_after_the_card_was_turned_is_refused(void **state)
{
    (void)state;
    open_room();
    join();
    (void)press("do=on", 0);
    assert_true(str_eq(vote(0, 10), str_of(player_path)));
    (void)press("do=on", 1);
    assert_has(vote(0, 90), "&notice=late"); /* the page of before, from the back button */
    assert_has(page_with(player_path, "notice=late"), "votre vote ne compte pas");
    assert_has(body, "à 10");
    (void)press("do=on", 2);
    assert_has(vote(0, 90), "&notice=late");
    assert_has(page(player_path), "value=\"50\"");
}

static void somebody_elses_token_is_nobodys(void **state)
{
    (void)state;
    char path[PATH_MAX_BYTES];
    open_room();
    join();
    char other[100];
    snprintf(other, sizeof other, "%s", me);
    open_room();
    (void)press("do=on", 0);
    snprintf(path, sizeof path, "/games/room/%s?me=%s", code, other);
    assert_has(page(path), "Entrer dans la salle");
    snprintf(me, sizeof me, "%s", other);
    assert_true(str_eq(vote(0, 90), str_format(test.arena, "/games/room/%s", code)));
    assert_has(page(desk), "Votes sur la carte 1 : 0");
    assert_has(body, "Joueurs : 0");
}

/* A room that one person filled by the code alone: the desk makes room, and nobody waits for phantoms. */
static void the_desk_frees_a_room_that_one_person_filled(void **state)
{
    (void)state;
    char path[PATH_MAX_BYTES];
    open_room();
    join();
    char playing[sizeof player_path];
    snprintf(playing, sizeof playing, "%s", player_path);
    snprintf(path, sizeof path, "/games/room/%s", code);
    for (int i = 2; i <= ROOM_PLAYERS_MAX; i++)
        assert_int_equal(test_page(&test, path, "", &body), 303);
    assert_int_not_equal(test_page(&test, path, "", &body), 303);
    assert_has(body, "La salle est pleine");
    (void)press("do=on", 0);
    (void)vote(0, 70);
    assert_has(page(desk), "Joueurs\u00A0: 40. Votes sur la carte 1\u00A0: 1");
    assert_has(body, "Libérer les places de ceux qui n’ont pas encore voté");
    assert_true(str_eq(press("do=free", 1), str_of(desk)));
    assert_has(page(desk), "Joueurs\u00A0: 1. Votes sur la carte 1\u00A0: 1");
    assert_lacks(body, "Votes attendus"); /* who voted is awaited no more, and nobody else is in */
    assert_lacks(body, "Libérer les places");
    assert_has(page(playing), "Votre vote est noté");
    join();
    assert_true(str_eq(press("do=free", 1), str_of(desk)));
    assert_has(page(player_path), "Entrez de nouveau"); /* who is really there is told, and comes back */
    assert_has(body, "Entrer dans la salle");
    (void)press("do=end", 1);
    assert_has(press("do=free", 2), "&notice=late");
}

/* ---- doors ---- */

static void codes_are_asked_for_and_not_guessed(void **state)
{
    (void)state;
    char path[PATH_MAX_BYTES];
    open_room();
    join();
    snprintf(path, sizeof path, "/games/room?code=%s", code);
    assert_int_equal(test_page(&test, path, NULL, &body), 303);
    assert_int_equal(test_page(&test, "/games/room?code=%3Cb%3E", NULL, &body), 422);
    assert_has(body, "Aucune salle n’a ce code");
    assert_has(body, "value=\"&lt;b&gt;\"");
    for (int i = 1; i < BRAKE_CODES_A_MINUTE; i++)
        assert_int_equal(test_page(&test, "/games/room/BBBBBB/screen", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/room/BBBBBB", NULL, &body), 429);
    assert_has(body, "Trop d’essais");
    assert_int_equal(test_page(&test, path, NULL, &body), 429); /* right codes are not told from wrong ones */
    assert_int_equal(test_page(&test, player_path, NULL, &body), 200);
    assert_int_equal(test_page(&test, desk, NULL, &body), 200);
    test.now.ms += 60 * 1000;
    assert_int_equal(test_page(&test, path, NULL, &body), 303);
}

static void rooms_are_opened_with_measure(void **state)
{
    (void)state;
    assert_int_equal(test_page(&test, "/games/room", "game=nothing&seed=7", &body), 422);
    assert_has(body, "Choisissez un jeu de la liste");
    assert_int_equal(test_page(&test, "/games/room", "game=true-or-invented&seed=1000000", &body), 422);
    assert_int_equal(test_page(&test, "/games/room", "game=where-from&seed=1", &body), 404); /* no sources */
    for (int i = 0; i < BRAKE_ROOMS_AN_HOUR; i++)
        open_room();
    assert_int_equal(test_page(&test, "/games/room", "game=true-or-invented&seed=7", &body), 429);
}

static void a_forged_form_of_somebody_signed_in_does_nothing(void **state)
{
    (void)state;
    open_room();
    test_act_as(&test, 1, ROLE_AGENT);
    char form[PATH_MAX_BYTES];
    snprintf(form, sizeof form, "key=%s&step=0&do=on", key);
    assert_int_equal(test_page(&test, "/games/room/desk", form, &body), 403);
    snprintf(form, sizeof form, "form_token=" TEST_TOKEN "&key=%s&step=0&do=on", key);
    assert_int_equal(test_page(&test, "/games/room/desk", form, &body), 303);
    assert_has(page(desk), "name=\"form_token\" value=\"" TEST_TOKEN "\"");
}

static void the_language_asked_for_stays(void **state)
{
    (void)state;
    char path[PATH_MAX_BYTES], form[PATH_MAX_BYTES];
    open_room();
    join();
    (void)press("do=on", 0);
    snprintf(path, sizeof path, "%s&language=en", player_path);
    assert_has(page(path), "?language=en\"");
    snprintf(path, sizeof path, "/games/room/%s?language=en", code);
    snprintf(form, sizeof form, "me=%s&card=0&sure=70", me);
    assert_int_equal(test_page(&test, path, form, &body), 303);
    assert_true(str_ends(body, STR("&language=en")));
}

/* Every game that has cards, but for the one that asks for a town's sources. */
static void every_game_with_cards_is_played_in_a_room(void **state)
{
    (void)state;
    for (size_t i = 0; game_all[i] != NULL; i++) {
        struct ctx ctx = test_ctx(&test);
        struct room room;
        struct str its_key;
        if (game_all[i]->draw == NULL || game_all[i] == &game_trace)
            continue;
        assert_int_equal(DO(&test, room_open(&ctx, str_of(game_all[i]->slug), 7, &room, &its_key)), OK);
        snprintf(key, sizeof key, "%.*s", STR_ARG(its_key));
        snprintf(code, sizeof code, "%.*s", STR_ARG(room.code));
        (void)press("do=on", 0);
        assert_has(screen(), "Carte 1 sur 10");
        (void)press("do=on", 1);
        assert_has(screen(), "class=\"stamp");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pages_play_a_whole_game, open_games, close_games),
        cmocka_unit_test_setup_teardown(two_at_the_desk_do_no_harm, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_vote_after_the_card_was_turned_is_refused, open_games, close_games),
        cmocka_unit_test_setup_teardown(somebody_elses_token_is_nobodys, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_desk_frees_a_room_that_one_person_filled, open_games, close_games),
        cmocka_unit_test_setup_teardown(codes_are_asked_for_and_not_guessed, open_games, close_games),
        cmocka_unit_test_setup_teardown(rooms_are_opened_with_measure, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_forged_form_of_somebody_signed_in_does_nothing, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_language_asked_for_stays, open_games, close_games),
        cmocka_unit_test_setup_teardown(every_game_with_cards_is_played_in_a_room, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
