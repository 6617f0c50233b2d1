#include "service/games/games_service.h"

static const struct web_route routes[] = {
    {WEB_GET, "/games", PERMISSION_NONE, true, games_home_show},
    {WEB_GET, "/games/machine/{file}", PERMISSION_NONE, true, games_machine_file},
    {WEB_GET, "/games/true-or-invented", PERMISSION_NONE, true, games_play_show},
    {WEB_GET, "/games/dialogue", PERMISSION_NONE, true, games_talk_show},
    {WEB_GET, "/games/next-letter", PERMISSION_NONE, true, games_letter_show},
    {WEB_GET, "/games/feed-the-machine", PERMISSION_NONE, true, games_feed_show},
    {WEB_POST, "/games/feed-the-machine", PERMISSION_NONE, true, games_feed_start},
    {WEB_GET, "/games/feed-the-machine/training", PERMISSION_NONE, true, games_feed_run_show},
    {WEB_GET, "/games/feed-the-machine/compare", PERMISSION_NONE, true, games_feed_compare_show},
};

static const struct menu_entry menu[] = {{T_games_menu, "/games", "game", PERMISSION_NONE}};

const struct service games_service = {
    .name = "games",
    .title = T_games_menu,
    .summary = T_games_summary,
    .is_on_at_first = true,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
