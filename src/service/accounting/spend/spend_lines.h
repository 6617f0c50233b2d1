/* Tables that several pages of spending have: what an act is charged to, and pieces with what became of them. */
#ifndef SERVICE_ACCOUNTING_SPEND_SPEND_LINES_H
#define SERVICE_ACCOUNTING_SPEND_SPEND_LINES_H

#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/spend_view.h"

/* The lines of that act. */
MUST_USE enum status spend_lines(struct spend_view *view, uint64_t sequence);

enum spend_ticks { SPEND_NO_TICKS, SPEND_TICKS };
/* A table of pieces; with ticks, each may be chosen for what the table does, and one that lacks a document says so. */
MUST_USE enum status spend_pieces(struct spend_view *view, struct spend_page_table *table, const struct piece *pieces,
                                  size_t count, enum spend_ticks ticks);

enum text_key spend_piece_state(const struct piece *piece);
enum spend_mood spend_piece_mood(const struct piece *piece);
struct str spend_engagement_path(struct ctx *ctx, uint64_t sequence, const char *rest);
struct str spend_piece_path(struct ctx *ctx, uint64_t sequence, const char *rest);

#endif
