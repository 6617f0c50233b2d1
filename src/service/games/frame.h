/* The frame of a game's page: crumbs, title and tabs before its own markup, the rule and what goes with it beside. */
#ifndef SERVICE_GAMES_FRAME_H
#define SERVICE_GAMES_FRAME_H

#include "service/games/game.h"

/* What of a game the page shows. */
enum frame_tab { FRAME_PLAY, FRAME_BENCH, FRAME_TRIAL, FRAME_SHEET };

struct frame {
    const struct game *game;
    enum frame_tab tab;
    enum game_level level;
    struct str path;  /* of this page with its query, without a level: "/games/village?seed=7" */
    int64_t seed;     /* shown, and given to other tabs; -1: none */
    bool is_pair;     /* two play by turns */
};

/* page_begin, then the frame's upper part; the game's template writes into page->html; frame_end ends the page. */
void frame_begin(struct page *page, struct ctx *ctx, const struct web_request *request, struct web_response *response,
                 const struct frame *frame);
MUST_USE enum status frame_end(struct page *page, const struct frame *frame);

/* The lines of a text, each of them a sentence, with the figures it counts (figures.h; arena). */
MUST_USE enum status frame_lines(struct ctx *ctx, enum text_key text, struct str **ret_lines, size_t *ret_count);

#endif
