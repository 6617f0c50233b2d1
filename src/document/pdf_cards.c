#include "document/pdf_page.h"

enum { COLUMNS_MAX = 8, HEIGHT_MIN = 15, HEIGHT_MAX = 200, PAD = 8000, GAP = 5000, SIZES = 6 };

/* From large to small: the first in which a card's text fits. */
static const struct pdf_style of_big[SIZES] = {
    {PDF_PT(26), PDF_PT(31), 0, 0, PDF_SERIF, PDF_INK},
    {PDF_PT(21), PDF_PT(26), 0, 0, PDF_SERIF, PDF_INK},
    {PDF_PT(17), PDF_PT(21), 0, 0, PDF_SERIF, PDF_INK},
    {PDF_PT(14), PDF_PT(18), 0, 0, PDF_SERIF, PDF_INK},
    {PDF_PT(11.5), PDF_PT(15), 0, 0, PDF_SERIF, PDF_INK},
    {PDF_PT(9.5), PDF_PT(12.5), 0, 0, PDF_SERIF, PDF_INK},
};
static const struct pdf_style of_small = {PDF_PT(8.5), PDF_PT(12), 0, 0, PDF_SANS, PDF_SOFT};

struct card {
    struct pdf_text big, small;
    const struct pdf_style *style;
    int64_t height; /* of both */
};

static int64_t height_of(const struct pdf_text *text, const struct pdf_style *style)
{
    return (int64_t)text->rows.count * style->leading;
}

/* Shaped once: all sizes are of one face, and lines are broken anew. A word that would have to be cut asks for a
 * smaller size as well, but for the smallest, the only one in which words are cut. */
static enum status set_big(struct pdf *pdf, struct str text, int64_t width, int64_t room, struct card *card)
{
    TRY(pdf_set_text(pdf, text, PDF_CELL_MAX, &of_big[0], INT32_MAX, &card->big));
    int64_t widest = pdf_text_widest(&card->big);
    for (size_t i = 0; i < SIZES; i++) {
        card->style = &of_big[i];
        if (widest * card->style->size / 1000 > width && i < SIZES - 1)
            continue;
        TRY(pdf_text_break(&card->big, (int32_t)(width * 1000 / card->style->size)));
        if (height_of(&card->big, card->style) <= room)
            return OK;
    }
    return LIMIT;
}

static enum status set_card(struct pdf *pdf, const struct pdf_card *given, int64_t width, int64_t height,
                            struct card *card)
{
    int64_t inner = width - 2 * PAD, room = height - 2 * PAD;
    TRY(pdf_set_text(pdf, given->small, PDF_CELL_MAX, &of_small, inner, &card->small));
    int64_t small_height = height_of(&card->small, &of_small) + (given->small.len > 0 ? GAP : 0);
    if (small_height > room)
        return LIMIT;
    TRY(set_big(pdf, given->big, inner, room - small_height, card));
    card->height = height_of(&card->big, card->style) + small_height;
    return OK;
}

static enum status draw_card(struct pdf *pdf, const struct card *card, struct pdf_frame frame, struct pdf_mark *list)
{
    struct pdf_mark *item = pdf_mark_add(pdf->arena, list, "LI", NULL);
    struct pdf_mark *body = item == NULL ? NULL : pdf_mark_add(pdf->arena, item, "LBody", NULL);
    if (body == NULL)
        return LIMIT;
    if (card->big.rows.count > 0) {
        TRY(pdf_leaf_begin(pdf, pdf_mark_add(pdf->arena, body, "P", NULL)));
        TRY(pdf_draw_rows(pdf, &card->big, card->style, frame, 0, card->big.rows.count));
        pdf_leaf_end(pdf);
    }
    frame.y += height_of(&card->big, card->style) + GAP;
    if (card->small.rows.count > 0) {
        TRY(pdf_leaf_begin(pdf, pdf_mark_add(pdf->arena, body, "P", NULL)));
        TRY(pdf_draw_rows(pdf, &card->small, &of_small, frame, 0, card->small.rows.count));
        pdf_leaf_end(pdf);
    }
    return OK;
}

/* Where to cut: around each card of the row, the line above only where no row stands there. */
static void draw_cuts(struct pdf *pdf, int columns, int64_t width, int64_t height, bool is_first)
{
    int64_t left = PDF_MM(PDF_MARGIN), right = left + columns * width, foot = pdf->y + height;
    for (int i = 0; i <= columns; i++) {
        int64_t x = left + i * width;
        pdf_stroke(pdf, &(struct pdf_stroke){x, pdf->y, x, foot, PDF_HAIR, PDF_DASHED});
    }
    if (is_first)
        pdf_stroke(pdf, &(struct pdf_stroke){left, pdf->y, right, pdf->y, PDF_HAIR, PDF_DASHED});
    pdf_stroke(pdf, &(struct pdf_stroke){left, foot, right, foot, PDF_HAIR, PDF_DASHED});
}

static bool is_grid(struct pdf_grid grid)
{
    return grid.columns >= 1 && grid.columns <= COLUMNS_MAX && grid.height_mm >= HEIGHT_MIN &&
           grid.height_mm <= HEIGHT_MAX;
}

enum status pdf_cards_fit(struct pdf *pdf, struct pdf_grid grid, const struct pdf_card *cards, size_t count)
{
    if (!is_grid(grid))
        return INVALID;
    for (size_t i = 0; i < count; i++) {
        struct card card;
        arena_reset(pdf->scratch);
        TRY(set_card(pdf, &cards[i], pdf_text_width(pdf) / grid.columns, PDF_MM(grid.height_mm), &card));
    }
    return OK;
}

enum status pdf_cards(struct pdf *pdf, struct pdf_grid grid, const struct pdf_card *cards, size_t count)
{
    if (pdf->list != NULL || pdf->columns.mark != NULL)
        return BUG;
    if (!is_grid(grid))
        return INVALID;
    int64_t width = pdf_text_width(pdf) / grid.columns, height = PDF_MM(grid.height_mm);
    if (count == 0)
        return OK;
    struct pdf_mark *list = pdf_mark_add(pdf->arena, pdf->root, "L", "/O /List /ListNumbering /None");
    if (list == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct card card;
        bool is_new;
        int column = (int)(i % (size_t)grid.columns);
        arena_reset(pdf->scratch);
        if (column == 0) {
            TRY(pdf_page_room(pdf, height, &is_new));
            int64_t left = (int64_t)(count - i);
            draw_cuts(pdf, left < grid.columns ? (int)left : grid.columns, width, height, is_new || i == 0);
        }
        TRY(set_card(pdf, &cards[i], width, height, &card));
        struct pdf_frame frame = {PDF_MM(PDF_MARGIN) + column * width + PAD,
                                  pdf->y + (height - card.height) / 2, width - 2 * PAD, PDF_MIDDLE};
        TRY(draw_card(pdf, &card, frame, list));
        if (column == grid.columns - 1 || i == count - 1)
            pdf->y += height;
    }
    pdf->y += PDF_PT(14);
    return OK;
}
