#include "service/games/paper/workshop.h"

#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"

const struct workshop workshops[WORKSHOPS] = {
    {.minutes = 20,
     .title = T_games_workshop20_title,
     .text = T_games_workshop20_text,
     .legs = {{.game = &game_card, .minutes = 8, .plan = T_games_workshop_plan_card20},
              {.game = &game_village, .minutes = 7, .plan = T_games_workshop_plan_village20},
              {.game = &game_hands, .minutes = 5, .plan = T_games_workshop_plan_hands}},
     .leg_count = 3},
    {.minutes = 60,
     .title = T_games_workshop60_title,
     .text = T_games_workshop60_text,
     .legs = {{.game = &game_hands, .minutes = 5, .plan = T_games_workshop_plan_hands},
              {.game = &game_card, .minutes = 10, .plan = T_games_workshop_plan_card},
              {.game = &game_letter, .minutes = 10, .plan = T_games_workshop_plan_letter},
              {.game = &game_feed, .minutes = 10, .plan = T_games_workshop_plan_feed},
              {.game = &game_trace,
               .minutes = 10,
               .plan = T_games_workshop_plan_trace,
               .instead = &game_duel,
               .instead_plan = T_games_workshop_plan_duel}},
     .leg_count = 5,
     .debate = 15},
};

const struct workshop *workshop_find(int64_t minutes)
{
    for (size_t i = 0; i < WORKSHOPS; i++)
        if (workshops[i].minutes == minutes)
            return &workshops[i];
    return NULL;
}

enum status workshop_steps(struct ctx *ctx, enum text_key plan, int begins,
                           struct workshop_step ret_steps[WORKSHOP_STEPS_MAX], size_t *ret_count)
{
    struct str *lines;
    size_t count;
    TRY(frame_lines(ctx, plan, &lines, &count));
    if (count > WORKSHOP_STEPS_MAX)
        return INVALID;
    for (size_t i = 0; i < count; i++) {
        struct str text = lines[i];
        uint64_t minutes;
        if (str_to_u64(str_cut(&text, ' '), 60, &minutes) != OK || str_is_absent(text))
            return INVALID;
        ret_steps[i] = (struct workshop_step){begins, begins + (int)minutes, text};
        begins += (int)minutes;
    }
    *ret_count = count;
    return OK;
}

/* Is the game played there at all? Of the others it is known. */
static enum status has_paper(struct ctx *ctx, const struct game *game)
{
    struct paper paper;
    return paper_of(ctx, game, WORKSHOP_SEED, &paper);
}

enum status workshop_choose(struct ctx *ctx, const struct workshop *workshop, size_t leg,
                            struct workshop_played *ret_played)
{
    const struct workshop_leg *of = &workshop->legs[leg];
    struct workshop_played played = {.game = of->game, .plan = of->plan};
    for (size_t i = 0; i < leg; i++)
        played.from += workshop->legs[i].minutes;
    played.to = played.from + of->minutes;
    enum status done = of->instead != NULL ? has_paper(ctx, of->game) : OK;
    if (done == NOT_FOUND)
        played = (struct workshop_played){of->instead, of->instead_plan, true, played.from, played.to};
    else
        TRY(done);
    *ret_played = played;
    return OK;
}
