#include "service/games/games_service.h"

#include "service/games/lang.h"
#include "service/games/room/room.h"

static const struct web_route routes[] = {
    {WEB_GET, "/games", PERMISSION_NONE, true, games_home_show},
    {WEB_GET, "/games/machine", PERMISSION_NONE, true, opened_plan_show},
    {WEB_GET, "/games/machine/weights", PERMISSION_NONE, true, opened_numbers_show},
    {WEB_GET, "/games/machine/neuron", PERMISSION_NONE, true, opened_neuron_show},
    {WEB_GET, "/games/machine/card", PERMISSION_NONE, true, opened_card_show},
    {WEB_GET, "/games/machine/data", PERMISSION_NONE, true, opened_data_show},
    {WEB_GET, "/games/authors", PERMISSION_NONE, true, opened_authors_show},
    {WEB_GET, "/games/authors.json", PERMISSION_NONE, true, opened_authors_export},
    {WEB_GET, "/games/machine/{file}", PERMISSION_NONE, true, games_machine_file},
    {WEB_GET, "/games/true-or-invented", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/no-such-village", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/duel-of-sources", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/village", PERMISSION_NONE, true, games_village_show},
    {WEB_GET, "/games/dialogue", PERMISSION_NONE, true, games_talk_show},
    {WEB_GET, "/games/talk", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/talk/trial", PERMISSION_NONE, true, games_talk_trial_show},
    {WEB_POST, "/games/talk/trial", PERMISSION_NONE, true, games_talk_trial_act},
    {WEB_GET, "/games/will-it-know", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/small-hands", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/letter", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/next-letter", PERMISSION_NONE, true, games_letter_show},
    {WEB_GET, "/games/dont-know", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/threshold", PERMISSION_NONE, true, games_threshold_show},
    {WEB_GET, "/games/are-you-sure", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/are-you-sure/trial", PERMISSION_NONE, true, games_sure_trial_show},
    {WEB_POST, "/games/are-you-sure/trial", PERMISSION_NONE, true, games_sure_trial_act},
    {WEB_GET, "/games/duel-of-sources/trial", PERMISSION_NONE, true, games_duel_trial_show},
    {WEB_POST, "/games/duel-of-sources/trial", PERMISSION_NONE, true, games_duel_trial_act},
    {WEB_GET, "/games/wordings", PERMISSION_NONE, true, games_wordings_show},
    {WEB_GET, "/games/count-and-cut", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/pieces", PERMISSION_NONE, true, games_pieces_show},
    {WEB_GET, "/games/not-a-robot", PERMISSION_NONE, true, games_robot_show},
    {WEB_GET, "/games/labels", PERMISSION_NONE, true, games_labels_show},
    {WEB_GET, "/games/where-from", PERMISSION_NONE, true, games_trace_show},
    {WEB_GET, "/games/feed-the-machine", PERMISSION_NONE, true, games_feed_show},
    {WEB_POST, "/games/feed-the-machine", PERMISSION_NONE, true, games_feed_start},
    {WEB_GET, "/games/feed-the-machine/training", PERMISSION_NONE, true, games_feed_run_show},
    {WEB_GET, "/games/feed-the-machine/compare", PERMISSION_NONE, true, games_feed_compare_show},
    {WEB_GET, "/games/print", PERMISSION_NONE, true, games_print_show},
    {WEB_GET, "/games/print/{file}", PERMISSION_NONE, true, games_print_file},
    {WEB_GET, "/games/workshop", PERMISSION_NONE, true, games_workshop_show},
    {WEB_GET, "/games/workshop/{file}", PERMISSION_NONE, true, games_workshop_file},
    {WEB_GET, "/games/room", PERMISSION_NONE, true, room_home_show},
    {WEB_POST, "/games/room", PERMISSION_NONE, true, room_make_act},
    {WEB_GET, "/games/room/desk", PERMISSION_NONE, true, room_desk_show},
    {WEB_POST, "/games/room/desk", PERMISSION_NONE, true, room_desk_act},
    {WEB_GET, "/games/room/{code}", PERMISSION_NONE, true, room_player_show},
    {WEB_POST, "/games/room/{code}", PERMISSION_NONE, true, room_player_act},
    {WEB_GET, "/games/room/{code}/screen", PERMISSION_NONE, true, room_screen_show},
};

static const struct service_job jobs[] = {{"rooms", 10 * 60 * 1000, room_sweep}};

static const struct menu_entry menu[] = {{T_games_menu, "/games", "game", PERMISSION_NONE}};

/* Game 10 plays with the texts a town quotes. */
static const char *const needs[] = {"source", NULL};

const struct service games_service = {
    .name = "games",
    .title = T_games_menu,
    .summary = T_games_summary,
    .is_on_at_first = true,
    .owner = WEB_TOWN,
    .needs = needs,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .jobs = jobs,
    .job_count = sizeof jobs / sizeof jobs[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
