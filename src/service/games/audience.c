#include "service/games/audience.h"

#include "service/games/games_service.h"
#include "service/games/lang.h"

const struct audience audiences[AUDIENCES] = {
    {"child", T_games_for_child, T_games_for_child_text, LEVEL_CHILD, {&game_village, &game_cut, &game_card}},
    {"teenager", T_games_for_teen, T_games_for_teen_text, LEVEL_ADULT, {&game_hands, &game_feed, &game_letter}},
    {"adult", T_games_for_adult, T_games_for_adult_text, LEVEL_ADULT, {&game_card, &game_duel, &game_talk}},
    {"agent", T_games_for_agent, T_games_for_agent_text, LEVEL_ADULT, {&game_unsure, &game_trace, &game_duel}},
    {"leader", T_games_for_animator, T_games_for_animator_text, LEVEL_ADULT, {NULL}},
};

const struct audience *audience_of(const struct web_request *request)
{
    struct str name = web_text(request, "for");
    for (size_t i = 0; i < AUDIENCES; i++)
        if (str_eq(name, str_of(audiences[i].name)))
            return &audiences[i];
    return NULL;
}
