#include "document/pdf_page.h"

enum { PAGE_BYTES_MAX = 4 << 20, KEPT_TOGETHER = 2 };

int64_t pdf_text_width(const struct pdf *pdf)
{
    return pdf->width - 2 * PDF_MM(PDF_MARGIN);
}

static int64_t bottom(const struct pdf *pdf)
{
    return pdf->height - PDF_MM(PDF_MARGIN) - PDF_MM(2);
}

enum status pdf_page_turn(struct pdf *pdf)
{
    struct pdf_page *page = pdf->page_count < PDF_PAGES_MAX ? arena_new(pdf->arena, struct pdf_page) : NULL;
    if (page == NULL)
        return LIMIT;
    page->content = BUF_INIT(PAGE_BYTES_MAX);
    if (pdf->page == NULL)
        pdf->first_page = page;
    else
        pdf->page->next = page;
    pdf->page = page;
    pdf->page_count++;
    pdf->y = PDF_MM(PDF_MARGIN);
    return OK;
}

enum status pdf_page_room(struct pdf *pdf, int64_t height, bool *ret_is_new)
{
    bool is_new = pdf->page == NULL || pdf->y + height > bottom(pdf);
    if (is_new)
        TRY(pdf_page_turn(pdf));
    if (ret_is_new != NULL)
        *ret_is_new = is_new;
    return pdf->y + height > bottom(pdf) ? LIMIT : OK;
}

enum status pdf_leaf_begin(struct pdf *pdf, struct pdf_mark *leaf)
{
    struct pdf_piece *piece = leaf == NULL ? NULL : pdf_piece_add(pdf->arena, leaf, pdf->page);
    if (piece == NULL)
        return LIMIT;
    buf_add_format(&pdf->page->content, "/%s << /MCID %d >> BDC\n", leaf->type, piece->number);
    return OK;
}

void pdf_artifact_begin(struct pdf *pdf, const char *kind)
{
    buf_add_format(&pdf->page->content, "/Artifact << /Type /%s >> BDC\n", kind);
}

void pdf_leaf_end(struct pdf *pdf)
{
    buf_add_literal(&pdf->page->content, "EMC\n");
}

static void add_point(struct pdf *pdf, int64_t x, int64_t y, const char *operator)
{
    pdf_add_thousandths(&pdf->page->content, x);
    buf_add_byte(&pdf->page->content, ' ');
    pdf_add_thousandths(&pdf->page->content, pdf->height - y);
    buf_add_c(&pdf->page->content, operator);
}

void pdf_stroke(struct pdf *pdf, const struct pdf_stroke *stroke)
{
    struct buf *content = &pdf->page->content;
    pdf_artifact_begin(pdf, "Layout");
    buf_add_c(content, stroke->dash == PDF_FAINT ? "0.7 0.71 0.69 RG " : "0.451 0.463 0.435 RG ");
    pdf_add_thousandths(content, stroke->width);
    buf_add_c(content, stroke->dash == PDF_DASHED ? " w [3 3] 0 d " : " w [] 0 d ");
    add_point(pdf, stroke->x, stroke->y, " m ");
    add_point(pdf, stroke->to_x, stroke->to_y, " l S\n");
    pdf_leaf_end(pdf);
}

enum status pdf_set_text(struct pdf *pdf, struct str utf8, size_t max, const struct pdf_style *style, int64_t width,
                         struct pdf_text *ret_text)
{
    *ret_text = (struct pdf_text){.fonts = pdf->fonts,
                                  .arena = pdf->scratch,
                                  .known = &pdf->known,
                                  .face = style->face,
                                  .language = hb_language_from_string(pdf->language.at, (int)pdf->language.len)};
    TRY(pdf_text_shape(ret_text, utf8, max));
    return pdf_text_break(ret_text, (int32_t)(width * 1000 / style->size));
}

enum status pdf_draw_rows(struct pdf *pdf, const struct pdf_text *text, const struct pdf_style *style,
                          struct pdf_frame frame, size_t from, size_t to)
{
    struct buf *content = &pdf->page->content;
    buf_add_c(content, style->tone == PDF_SOFT ? "0.29 0.329 0.341 rg\n" : "0.106 0.137 0.149 rg\n");
    for (size_t i = from; i < to; i++) {
        const struct pdf_row *row = &text->rows.at[i];
        int64_t free_width = frame.width - row->width * style->size / 1000;
        int64_t shift = frame.align == PDF_LEFT ? 0 : frame.align == PDF_RIGHT ? free_width : free_width / 2;
        /* Letters stand in the middle of the leading: a capital is about 0.7 of the size. */
        int64_t base = frame.y + (int64_t)(i - from) * style->leading + style->leading / 2 + style->size * 35 / 100;
        struct pdf_place place = {frame.x + (shift > 0 ? shift : 0), pdf->height - base, style->size};
        TRY(pdf_text_draw(text, row, place, content, pdf->usage, pdf->arena));
    }
    return buf_status(content);
}

enum status pdf_flow(struct pdf *pdf, struct pdf_mark *leaf, const struct pdf_text *text,
                     const struct pdf_style *style, struct pdf_frame frame)
{
    size_t count = text->rows.count;
    /* The first lines stay together; what a page holds of the rest is one piece. */
    TRY(pdf_page_room(pdf, style->leading * (int64_t)(count < KEPT_TOGETHER ? count : KEPT_TOGETHER), NULL));
    for (size_t from = 0, to; from < count; from = to) {
        TRY(pdf_page_room(pdf, style->leading, NULL));
        size_t room = (size_t)((bottom(pdf) - pdf->y) / style->leading);
        to = count - from < room ? count : from + room;
        frame.y = pdf->y;
        TRY(pdf_leaf_begin(pdf, leaf));
        TRY(pdf_draw_rows(pdf, text, style, frame, from, to));
        pdf_leaf_end(pdf);
        pdf->y += (int64_t)(to - from) * style->leading;
    }
    return OK;
}
