/* The games service as the house sees it. */
#ifndef SERVICE_GAMES_GAMES_SERVICE_H
#define SERVICE_GAMES_GAMES_SERVICE_H

#include "core/page.h"
#include "core/service.h"

extern const struct service games_service;

web_handler games_home_show, games_machine_file, games_card_show, games_letter_show;

/* What the pages share: the head of a page of games, and a sentence with its values (arena). */
struct page_head games_head(struct str title);
struct str games_words(struct ctx *ctx, enum text_key key, const struct text_arg *args, size_t arg_count);

#endif
