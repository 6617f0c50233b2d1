/* The games service as the house sees it. */
#ifndef SERVICE_GAMES_GAMES_SERVICE_H
#define SERVICE_GAMES_GAMES_SERVICE_H

#include "core/page.h"
#include "core/service.h"

extern const struct service games_service;

web_handler games_home_show, games_machine_file, games_card_show, games_letter_show;

/* The head of each page of games. */
struct page_head games_head(struct str title);

#endif
