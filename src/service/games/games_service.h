/* The games service as the house sees it. */
#ifndef SERVICE_GAMES_GAMES_SERVICE_H
#define SERVICE_GAMES_GAMES_SERVICE_H

#include "core/page.h"
#include "core/service.h"
#include "service/games/game.h"

extern const struct service games_service;

/* Any game's cards: the slug is the path's end. */
web_handler games_play_show;
web_handler games_home_show, games_machine_file, games_letter_show, games_talk_show, games_village_show;

web_handler games_threshold_show, games_pieces_show, games_trace_show, games_labels_show;
web_handler games_wordings_show, games_robot_show;
/* trial/ */
web_handler games_talk_trial_show, games_talk_trial_act, games_sure_trial_show, games_sure_trial_act;
web_handler games_duel_trial_show, games_duel_trial_act;

extern const struct game game_talk, game_card, game_letter, game_village, game_duel;
extern const struct game game_feed, game_unsure, game_cut, game_hands, game_trace, game_sure;
/* letter_game.c, talk_card.c, feed_card.c, label_card.c */
game_draw game_letter_draw, game_talk_draw, game_feed_draw, game_hands_draw;
/* feed_page.c, feed_run.c, feed_compare.c */
web_handler games_feed_show, games_feed_start, games_feed_run_show, games_feed_compare_show;

/* room_page.c, room_desk.c, room_player.c, room_screen.c */
web_handler room_home_show, room_make_act, room_desk_show, room_desk_act, room_player_show, room_player_act;
web_handler room_screen_show;

/* opened_plan.c, opened_numbers.c, opened_neuron.c, opened_card.c, opened_data.c, opened_authors.c */
web_handler opened_plan_show, opened_numbers_show, opened_neuron_show, opened_card_show, opened_data_show;
web_handler opened_authors_show, opened_authors_export;

/* print_page.c, workshop_page.c, workshop_sheet.c */
web_handler games_print_show, games_print_file, games_workshop_show, games_workshop_file;

/* The head of each page of games: search engines keep none of it, since the machine may have made up what it shows. */
struct page_head games_head(struct str title);
/* Of a page where the machine says nothing: kept and found as any other. */
struct page_head games_head_listed(struct str title);

#endif
