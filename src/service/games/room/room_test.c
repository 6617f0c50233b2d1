#include "service/games/test_games.h"

#include <stdio.h>

#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/room/room_tally.h"

static struct room opened(struct str *ret_key)
{
    struct ctx ctx = test_ctx(&test);
    struct room room;
    assert_int_equal(DO(&test, room_open(&ctx, STR("true-or-invented"), 7, &room, ret_key)), OK);
    return room;
}

static enum status press(struct room *room, int64_t step, enum room_press what)
{
    struct ctx ctx = test_ctx(&test);
    return DO(&test, room_press(&ctx, room, step, what));
}

static struct room_player joined(const struct room *room)
{
    struct ctx ctx = test_ctx(&test);
    struct room_player player;
    struct str token;
    assert_int_equal(DO(&test, room_join(&ctx, room, &token)), OK);
    assert_int_equal(room_player(&ctx, room, token, &player), OK);
    return player;
}

static enum status vote(const struct room *room, const struct room_player *player, int64_t card, int64_t sure)
{
    struct ctx ctx = test_ctx(&test);
    return DO(&test, room_vote(&ctx, room, player, card, sure));
}

static struct room_tally tally_of(const struct room *room)
{
    struct ctx ctx = test_ctx(&test);
    struct room_tally tally;
    assert_int_equal(room_tally(&ctx, room, &tally), OK);
    return tally;
}

/* ---- a room's life ---- */

static void a_room_goes_card_by_card(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key), found;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(room_card(&room), -1);
    for (int card = 0; card < GAME_CARDS; card++) {
        assert_int_equal(press(&room, room.step, ROOM_ON), OK);
        assert_true(room_is_asking(&room) && !room_is_turned(&room));
        assert_int_equal(room_card(&room), card);
        assert_int_equal(press(&room, room.step, ROOM_ON), OK);
        assert_true(room_is_turned(&room) && !room_is_asking(&room));
        assert_int_equal(room_card(&room), card);
        assert_int_equal(room.turned, card + 1);
    }
    assert_int_equal(press(&room, room.step, ROOM_ON), OK);
    assert_int_equal(room.step, ROOM_OVER);
    assert_false(room_is_asking(&room) || room_is_turned(&room));
    assert_int_equal(room_card(&room), -1);
    assert_int_equal(press(&room, ROOM_OVER, ROOM_ON), CONFLICT);
    assert_int_equal(room_find(&ctx, room.code, &found), OK);
    assert_int_equal(found.step, ROOM_OVER);
    assert_int_equal(found.turned, GAME_CARDS);
}

static void codes_are_read_as_people_type_them(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key), found;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(room.code.len, ROOM_CODE_LETTERS);
    for (size_t i = 0; i < room.code.len; i++)
        assert_true(str_find_byte(STR("AEIOUYCGQVbdf015"), room.code.at[i]) == SIZE_MAX);
    struct str lower = str_lower(test.arena, room.code);
    struct str typed = str_format(test.arena, " %.*s-%.*s ", 3, lower.at, 3, lower.at + 3);
    assert_int_equal(room_find(&ctx, typed, &found), OK);
    assert_int_equal(found.id, room.id);
    assert_int_equal(room_find(&ctx, str_slice(room.code, 0, 5), &found), NOT_FOUND);
    assert_int_equal(room_find(&ctx, str_format(test.arena, "%.*sB", STR_ARG(room.code)), &found), NOT_FOUND);
    assert_int_equal(room_at_desk(&ctx, key, &found), OK);
    assert_int_equal(room_at_desk(&ctx, room.code, &found), NOT_FOUND);
    assert_int_equal(room_at_desk(&ctx, STR(""), &found), NOT_FOUND);
}

static void a_late_press_changes_nothing(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key), other = room;
    assert_int_equal(press(&room, 0, ROOM_ON), OK);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(room_at_desk(&ctx, key, &other), OK);
    assert_int_equal(press(&other, 0, ROOM_ON), CONFLICT);
    assert_int_equal(press(&other, 0, ROOM_END), CONFLICT);
    assert_int_equal(room_at_desk(&ctx, key, &other), OK);
    assert_int_equal(other.step, 1);
    assert_int_equal(press(&other, 1, ROOM_END), OK);
    assert_int_equal(other.step, ROOM_OVER);
    assert_int_equal(other.turned, 0);
}

static void votes_end_when_the_card_is_turned(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key);
    struct room_player player = joined(&room);
    assert_int_equal(vote(&room, &player, 0, 60), CONFLICT);
    assert_int_equal(press(&room, 0, ROOM_ON), OK);
    assert_int_equal(vote(&room, &player, 0, 60), OK);
    assert_int_equal(vote(&room, &player, 0, 70), OK);
    assert_int_equal(vote(&room, &player, 1, 70), CONFLICT);
    assert_int_equal(vote(&room, &player, 0, 101), INVALID);
    assert_int_equal(vote(&room, &player, 0, -1), INVALID);
    assert_int_equal(press(&room, 1, ROOM_ON), OK);
    assert_int_equal(vote(&room, &player, 0, 90), CONFLICT);
    struct room_tally tally = tally_of(&room);
    assert_int_equal(tally.count, 1);
    assert_int_equal(room_tally_vote(&tally, player.id, 0), 70);
}

static void a_flood_of_votes_is_one_row(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key);
    struct room_player player = joined(&room);
    assert_int_equal(press(&room, 0, ROOM_ON), OK);
    for (int i = 0; i < 300; i++)
        assert_int_equal(vote(&room, &player, 0, i % 101), OK);
    struct room_tally tally = tally_of(&room);
    assert_int_equal(tally.count, 1);
    assert_int_equal(tally.said[0].sure, 299 % 101);
}

static void a_room_is_full_and_its_trees_differ(void **state)
{
    (void)state;
    struct str key, token;
    struct room room = opened(&key);
    bool is_taken[ROOM_PLAYERS_MAX] = {false};
    for (int i = 0; i < ROOM_PLAYERS_MAX; i++) {
        struct room_player player = joined(&room);
        assert_true(player.tree >= 0 && player.tree < ROOM_PLAYERS_MAX);
        assert_false(is_taken[player.tree]);
        is_taken[player.tree] = true;
    }
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_join(&ctx, &room, &token)), LIMIT);
    struct str trees = text_of(LANGUAGE_FR, T_games_room_trees), english = text_of(LANGUAGE_EN, T_games_room_trees);
    assert_int_equal(str_count_byte(trees, '\n') + 1, ROOM_PLAYERS_MAX);
    assert_int_equal(str_count_byte(english, '\n') + 1, ROOM_PLAYERS_MAX);
}

static bool is_in(const struct room *room, const struct room_player *player)
{
    struct ctx ctx = test_ctx(&test);
    struct room_player *players;
    size_t count;
    bool is_there = false;
    assert_int_equal(room_players(&ctx, room, &players, &count), OK);
    for (size_t i = 0; i < count; i++)
        is_there |= players[i].id == player->id;
    return is_there;
}

/* One more in a full room, once its desk has freed what nobody voted from. */
static struct room_player joined_after_free(const struct room *room)
{
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_free(&ctx, room)), OK);
    return joined(room);
}

/* A full room; the first of its players. */
static struct room_player fill(const struct room *room)
{
    struct room_player first = joined(room);
    for (int i = 1; i < ROOM_PLAYERS_MAX; i++)
        (void)joined(room);
    return first;
}

/* One who makes players and lets none of them vote shuts nobody out for long. */
static void who_never_votes_gives_way_in_a_full_room(void **state)
{
    (void)state;
    struct str key, token;
    struct room room = opened(&key);
    struct room_player first = fill(&room);
    test.now.ms += 10 * ROOM_SILENT_MS; /* nobody could vote yet */
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_join(&ctx, &room, &token)), LIMIT);
    assert_int_equal(press(&room, 0, ROOM_ON), OK);
    assert_int_equal(vote(&room, &first, 0, 60), OK);
    test.now.ms += ROOM_SILENT_MS - 1;
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_join(&ctx, &room, &token)), LIMIT);
    test.now.ms += 1;
    struct room_player late = joined(&room);
    assert_true(is_in(&room, &first) && is_in(&room, &late));
    for (int i = 2; i < ROOM_PLAYERS_MAX; i++)
        (void)joined(&room);
    assert_true(is_in(&room, &first) && is_in(&room, &late));
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_join(&ctx, &room, &token)), LIMIT); /* the new ones have their time too */
    assert_int_equal(tally_of(&room).count, 1);
}

static void the_desk_frees_places_without_a_vote(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key);
    struct room_player before = fill(&room);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_free(&ctx, &room)), OK); /* before the first card: everybody */
    assert_false(is_in(&room, &before));
    struct room_player voter = fill(&room);
    assert_int_equal(press(&room, 0, ROOM_ON), OK);
    assert_int_equal(vote(&room, &voter, 0, 0), OK);
    assert_int_equal(press(&room, 1, ROOM_ON), OK);
    assert_int_equal(press(&room, 2, ROOM_ON), OK);
    struct room_player silent = joined_after_free(&room);
    assert_true(is_in(&room, &voter));
    assert_true(is_in(&room, &silent));
    assert_int_equal(press(&room, 3, ROOM_END), OK);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_free(&ctx, &room)), CONFLICT);
    assert_true(is_in(&room, &silent));
    assert_int_equal(tally_of(&room).count, 1);
}

static void a_town_has_so_many_rooms(void **state)
{
    (void)state;
    struct str key;
    struct room room;
    for (int i = 0; i < ROOMS_MAX; i++)
        (void)opened(&key);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_open(&ctx, STR("true-or-invented"), 7, &room, &key)), LIMIT);
    test.now.ms += ROOM_LIFE_MS;
    (void)opened(&key);
    assert_int_equal(DO(&test, room_open(&ctx, STR("nothing"), 7, &room, &key)), INVALID);
    assert_int_equal(DO(&test, room_open(&ctx, STR("true-or-invented"), GAME_SEED_MAX + 1, &room, &key)), INVALID);
}

static void a_room_is_gone_after_a_day(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key), found;
    struct room_player player = joined(&room);
    assert_int_equal(press(&room, 0, ROOM_ON), OK);
    assert_int_equal(vote(&room, &player, 0, 60), OK);
    test.now.ms += ROOM_LIFE_MS - 1;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(room_find(&ctx, room.code, &found), OK);
    assert_int_equal(DO(&test, room_sweep(&ctx)), NOT_FOUND);
    test.now.ms += 1;
    ctx = test_ctx(&test);
    assert_int_equal(room_find(&ctx, room.code, &found), NOT_FOUND);
    assert_int_equal(room_at_desk(&ctx, key, &found), NOT_FOUND);
    assert_int_equal(tally_of(&room).count, 1);
    assert_int_equal(DO(&test, room_sweep(&ctx)), OK);
    assert_int_equal(DO(&test, room_sweep(&ctx)), NOT_FOUND);
    assert_int_equal(tally_of(&room).count, 0);
    assert_int_equal(room_player(&ctx, &room, STR(""), &player), NOT_FOUND);
}

/* ---- what rows come to ---- */

static void hands_count_as_a_side(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key);
    struct ctx ctx = test_ctx(&test);
    int64_t hands[ROOM_HANDS] = {3, 1, 6}, many[ROOM_HANDS] = {0, 0, ROOM_HANDS_MAX + 1};
    assert_int_equal(DO(&test, room_hands(&ctx, &room, 0, hands)), CONFLICT);
    assert_int_equal(press(&room, 0, ROOM_ON), OK);
    assert_int_equal(DO(&test, room_hands(&ctx, &room, 1, many)), INVALID);
    many[ROOM_HAND_HIGH] = ROOM_HANDS_MAX;
    assert_int_equal(DO(&test, room_hands(&ctx, &room, 1, many)), OK);
    assert_int_equal(DO(&test, room_hands(&ctx, &room, 1, hands)), OK);
    struct room_tally tally = tally_of(&room);
    struct room_judged judged = room_tally_card(&tally, 0, true);
    assert_int_equal(judged.all, 10);
    assert_int_equal(judged.right, 6);
    assert_int_equal(judged.unsure, 1);
    assert_int_equal(judged.bins[1], 3);
    assert_int_equal(judged.bins[2], 1);
    assert_int_equal(judged.bins[3], 6);
    assert_int_equal(room_tally_card(&tally, 0, false).right, 3);
    assert_int_equal(press(&room, 1, ROOM_ON), OK);
    assert_int_equal(DO(&test, room_hands(&ctx, &room, 1, hands)), CONFLICT);
}

static void bins_are_as_wide_on_both_sides(void **state)
{
    (void)state;
    struct room_said said[101];
    struct room_tally tally = {.said = said, .count = 101};
    for (int i = 0; i <= 100; i++)
        said[i] = (struct room_said){.card = 2, .sure = i, .player = i};
    struct room_judged judged = room_tally_card(&tally, 2, true);
    assert_int_equal(judged.bins[0], judged.bins[4]);
    assert_int_equal(judged.bins[1], judged.bins[3]);
    assert_int_equal(judged.bins[0] + judged.bins[1], 40);
    assert_int_equal(judged.bins[2], 21);
    assert_int_equal(judged.right, 50);
    assert_int_equal(judged.unsure, 1);
}

/* Two who always say the same: the room's mean lies between their own, and rows alone give all of it again. */
static void a_whole_game_is_played_again_from_its_rows(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key), found;
    struct room_player sure = joined(&room), doubting = joined(&room);
    struct game_card cards[GAME_CARDS];
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(room.game->draw(&ctx, room.seed, cards), OK);
    for (int card = 0; card < GAME_CARDS; card++) {
        assert_int_equal(press(&room, room.step, ROOM_ON), OK);
        assert_int_equal(vote(&room, &sure, card, cards[card].is_true ? 100 : 0), OK);
        if (card != 3)
            assert_int_equal(vote(&room, &doubting, card, 50), OK);
        assert_int_equal(press(&room, room.step, ROOM_ON), OK);
    }
    ctx = test_ctx(&test);
    assert_int_equal(room_find(&ctx, room.code, &found), OK);
    struct room_tally tally = tally_of(&found);
    struct round round = room_tally_round(&tally, &found, sure.id);
    assert_int_equal(round.count, GAME_CARDS);
    assert_int_equal(round_sum(&round, cards).points, 100);
    round = room_tally_round(&tally, &found, doubting.id);
    assert_int_equal(round.moves[3], ROUND_SKIPPED);
    assert_int_equal(round_sum(&round, cards).played, GAME_CARDS - 1);
    assert_int_equal(round_sum(&round, cards).points, 75);
    struct round_sum sum = room_tally_sum(&tally, &found, cards);
    assert_int_equal(sum.played, 2 * GAME_CARDS - 1);
    assert_int_equal(sum.points, (100 * GAME_CARDS + 75 * (GAME_CARDS - 1)) / sum.played);
    assert_int_equal(sum.right, (100 * GAME_CARDS + 50 * (GAME_CARDS - 1)) / sum.played);
    assert_int_equal(sum.sure, sum.right);
    assert_true(sum.is_well_doubted);
}

static void what_was_not_turned_does_not_count(void **state)
{
    (void)state;
    struct str key;
    struct room room = opened(&key);
    struct room_player player = joined(&room);
    struct game_card cards[GAME_CARDS] = {{.is_true = true}, {.is_true = true}};
    assert_int_equal(press(&room, 0, ROOM_ON), OK);
    assert_int_equal(vote(&room, &player, 0, 100), OK);
    assert_int_equal(press(&room, 1, ROOM_ON), OK);
    assert_int_equal(press(&room, 2, ROOM_ON), OK);
    assert_int_equal(vote(&room, &player, 1, 0), OK);
    assert_int_equal(press(&room, 3, ROOM_END), OK);
    struct room_tally tally = tally_of(&room);
    assert_int_equal(room_tally_sum(&tally, &room, cards).played, 1);
    assert_int_equal(room_tally_sum(&tally, &room, cards).points, 100);
    assert_int_equal(room_tally_round(&tally, &room, player.id).count, 1);
}

/* A full town: what was opened and left alone gives way, what is led does not. */
static void rooms_left_alone_give_way(void **state)
{
    (void)state;
    struct str key, led_key, joined_key;
    struct room led = opened(&led_key), room, found;
    struct room full = opened(&joined_key);
    (void)joined(&full);
    for (int i = 2; i < ROOMS_MAX; i++)
        room = opened(&key);
    struct ctx ctx = test_ctx(&test);
    test.now.ms += ROOM_IDLE_MS - 1;
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, room_open(&ctx, STR("true-or-invented"), 7, &found, &key)), LIMIT);
    assert_int_equal(press(&led, 0, ROOM_ON), OK);
    test.now.ms += 1;
    for (int i = 2; i < ROOMS_MAX; i++)
        (void)opened(&key);
    ctx = test_ctx(&test);
    assert_int_equal(room_find(&ctx, room.code, &found), NOT_FOUND);
    assert_int_equal(DO(&test, room_open(&ctx, STR("true-or-invented"), 7, &found, &key)), LIMIT);
    assert_int_equal(room_at_desk(&ctx, led_key, &found), OK);
    assert_int_equal(room_at_desk(&ctx, joined_key, &found), OK);
    test.now.ms += ROOM_LEFT_MS;
    for (int i = 0; i < ROOMS_MAX; i++)
        (void)opened(&key);
    ctx = test_ctx(&test);
    assert_int_equal(room_at_desk(&ctx, joined_key, &found), NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_room_goes_card_by_card, open_games, close_games),
        cmocka_unit_test_setup_teardown(codes_are_read_as_people_type_them, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_late_press_changes_nothing, open_games, close_games),
        cmocka_unit_test_setup_teardown(votes_end_when_the_card_is_turned, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_flood_of_votes_is_one_row, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_room_is_full_and_its_trees_differ, open_games, close_games),
        cmocka_unit_test_setup_teardown(who_never_votes_gives_way_in_a_full_room, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_desk_frees_places_without_a_vote, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_town_has_so_many_rooms, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_room_is_gone_after_a_day, open_games, close_games),
        cmocka_unit_test_setup_teardown(hands_count_as_a_side, open_games, close_games),
        cmocka_unit_test_setup_teardown(bins_are_as_wide_on_both_sides, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_whole_game_is_played_again_from_its_rows, open_games, close_games),
        cmocka_unit_test_setup_teardown(what_was_not_turned_does_not_count, open_games, close_games),
        cmocka_unit_test_setup_teardown(rooms_left_alone_give_way, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
