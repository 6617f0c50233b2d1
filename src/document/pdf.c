#include "document/pdf_page.h"

#include <stdlib.h>

enum { MEMORY_MAX = 96 << 20, SCRATCH_MAX = 64 << 20, LEVELS = 3, LANGUAGE_MAX = 35, SPACE_MAX = 200 };

static const struct pdf_style of_heading[LEVELS] = {
    {PDF_PT(23), PDF_PT(29), 0, PDF_PT(10), PDF_SERIF_BOLD, PDF_INK},
    {PDF_PT(15), PDF_PT(20), PDF_PT(16), PDF_PT(5), PDF_SERIF_BOLD, PDF_INK},
    {PDF_PT(10.5), PDF_PT(15), PDF_PT(12), PDF_PT(3), PDF_SANS_BOLD, PDF_INK},
};
static const struct pdf_style of_paragraph = {PDF_PT(11), PDF_PT(16.5), 0, PDF_PT(8), PDF_SERIF, PDF_INK};
static const struct pdf_style of_item = {PDF_PT(11), PDF_PT(16.5), 0, PDF_PT(3), PDF_SERIF, PDF_INK};
static const struct pdf_style of_label = {PDF_PT(9.5), PDF_PT(14), PDF_PT(14), PDF_PT(8), PDF_SANS, PDF_SOFT};

/* ---- its life ---- */

static bool is_language(struct str language)
{
    for (size_t i = 0; i < language.len; i++)
        if (!ascii_is_alpha(language.at[i]) && !ascii_is_digit(language.at[i]) && language.at[i] != '-')
            return false;
    return language.len >= 2 && language.len <= LANGUAGE_MAX;
}

/* A text of one line, as strings beside the pages are. */
static enum status keep_clean(struct arena *arena, struct str text, struct str *ret_kept)
{
    struct buf clean BUF_SCOPE = BUF_INIT(3 * PDF_CELL_MAX + 1);
    if (text.len > PDF_CELL_MAX)
        return LIMIT;
    pdf_text_clean(&clean, text);
    for (size_t i = 0; i < clean.len; i++)
        if (clean.at[i] == '\n')
            clean.at[i] = ' ';
    *ret_kept = str_copy(arena, str_trim(buf_str(&clean)));
    return str_is_absent(*ret_kept) ? LIMIT : OK;
}

static enum status begin(struct pdf *pdf, const struct pdf_about *about)
{
    if (!is_language(about->language))
        return INVALID;
    TRY(keep_clean(pdf->arena, about->title, &pdf->title));
    TRY(keep_clean(pdf->arena, about->footer, &pdf->footer));
    pdf->language = str_copy(pdf->arena, about->language);
    pdf->root = pdf_mark_add(pdf->arena, NULL, "Document", NULL);
    REQUIRE(pdf->language.at != NULL && pdf->root != NULL);
    pdf->created = about->created;
    pdf->width = PDF_MM(about->is_landscape ? PDF_LONG : PDF_SHORT);
    pdf->height = PDF_MM(about->is_landscape ? PDF_SHORT : PDF_LONG);
    return pdf->title.len == 0 ? INVALID : OK;
}

enum status pdf_create(const struct pdf_fonts *fonts, const struct pdf_about *about, struct pdf **ret_pdf)
{
    struct pdf *pdf = calloc(1, sizeof *pdf);
    REQUIRE(pdf != NULL);
    pdf->fonts = fonts;
    pdf->arena = arena_create(MEMORY_MAX);
    pdf->scratch = arena_create(SCRATCH_MAX);
    pdf->known = map_in(pdf->arena, PDF_KNOWN_MAX);
    enum status begun = begin(pdf, about);
    if (begun != OK)
        pdf_destroy(&pdf);
    else
        *ret_pdf = pdf;
    return begun;
}

void pdf_destroy(struct pdf **pdf)
{
    if (*pdf == NULL)
        return;
    for (struct pdf_page *page = (*pdf)->first_page; page != NULL; page = page->next)
        buf_finish(&page->content);
    arena_destroy(&(*pdf)->arena);
    arena_destroy(&(*pdf)->scratch);
    free(*pdf);
    *pdf = NULL;
}

/* ---- what is said ---- */

static struct pdf_frame whole_measure(const struct pdf *pdf, int64_t indent)
{
    return (struct pdf_frame){PDF_MM(PDF_MARGIN) + indent, pdf->y, PDF_MM(PDF_MEASURE) - indent, PDF_LEFT};
}

/* Nothing stands above the first line of a page. */
static void leave(struct pdf *pdf, int64_t height)
{
    if (pdf->page != NULL && pdf->y > PDF_MM(PDF_MARGIN))
        pdf->y += height;
}

/* Only one part of a sheet is being written. */
static enum status expect_nothing_open(struct pdf *pdf)
{
    arena_reset(pdf->scratch);
    return pdf->list != NULL || pdf->columns.mark != NULL ? BUG : OK;
}

enum status pdf_heading(struct pdf *pdf, int level, struct str text)
{
    static const char *const types[LEVELS] = {"H1", "H2", "H3"};
    TRY(expect_nothing_open(pdf));
    if (level < 1 || level > LEVELS || level > pdf->level + 1) /* ISO 14289-1 section 7.4.2 */
        return INVALID;
    const struct pdf_style *style = &of_heading[level - 1];
    struct pdf_text set;
    TRY(pdf_set_text(pdf, text, PDF_TEXT_MAX, style, PDF_MM(PDF_MEASURE), &set));
    if (set.glyphs.count == 0)
        return INVALID;
    leave(pdf, style->before);
    int64_t follows = style->after + 2 * of_paragraph.leading;
    int64_t wanted = (int64_t)set.rows.count * style->leading + follows;
    if (wanted < pdf->height / 2)
        TRY(pdf_page_room(pdf, wanted, NULL));
    TRY(pdf_flow(pdf, pdf_mark_add(pdf->arena, pdf->root, types[level - 1], NULL), &set, style,
                 whole_measure(pdf, 0)));
    pdf->y += style->after;
    pdf->level = level;
    return OK;
}

enum status pdf_paragraph(struct pdf *pdf, struct str text)
{
    struct pdf_text set;
    TRY(expect_nothing_open(pdf));
    TRY(pdf_set_text(pdf, text, PDF_TEXT_MAX, &of_paragraph, PDF_MM(PDF_MEASURE), &set));
    if (set.glyphs.count == 0)
        return OK;
    TRY(pdf_flow(pdf, pdf_mark_add(pdf->arena, pdf->root, "P", NULL), &set, &of_paragraph, whole_measure(pdf, 0)));
    pdf->y += of_paragraph.after;
    return OK;
}

enum status pdf_page_break(struct pdf *pdf)
{
    TRY(expect_nothing_open(pdf));
    return pdf_page_turn(pdf);
}

enum status pdf_space(struct pdf *pdf, int height_mm)
{
    TRY(expect_nothing_open(pdf));
    if (height_mm < 0 || height_mm > SPACE_MAX)
        return INVALID;
    TRY(pdf_page_room(pdf, 0, NULL));
    pdf->y += PDF_MM(height_mm);
    return OK;
}

enum status pdf_keep(struct pdf *pdf, int height_mm)
{
    TRY(expect_nothing_open(pdf));
    if (height_mm < 0 || height_mm > SPACE_MAX)
        return INVALID;
    return pdf_page_room(pdf, PDF_MM(height_mm), NULL);
}

/* ---- lists ---- */

enum status pdf_list_begin(struct pdf *pdf, enum pdf_list_kind kind)
{
    TRY(expect_nothing_open(pdf));
    pdf->list_kind = kind;
    pdf->list_number = 0;
    static const char *const numbering[] = {[PDF_BULLETS] = "/O /List /ListNumbering /Disc",
                                            [PDF_NUMBERS] = "/O /List /ListNumbering /Decimal",
                                            [PDF_BOXES] = "/O /List /ListNumbering /Square"};
    pdf->list = pdf_mark_add(pdf->arena, pdf->root, "L", numbering[kind]);
    return pdf->list == NULL ? LIMIT : OK;
}

static struct str item_label(struct pdf *pdf)
{
    pdf->list_number++;
    if (pdf->list_kind == PDF_NUMBERS)
        return str_format(pdf->scratch, "%d.", pdf->list_number);
    return pdf->list_kind == PDF_BOXES ? STR("☐") : STR("•");
}

enum status pdf_list_item(struct pdf *pdf, struct str text)
{
    static const int64_t indent = PDF_PT(16);
    struct pdf_text label, set;
    if (pdf->list == NULL)
        return BUG;
    arena_reset(pdf->scratch);
    struct pdf_mark *item = pdf_mark_add(pdf->arena, pdf->list, "LI", NULL);
    if (item == NULL)
        return LIMIT;
    TRY(pdf_set_text(pdf, item_label(pdf), PDF_CELL_MAX, &of_item, indent, &label));
    TRY(pdf_set_text(pdf, text, PDF_TEXT_MAX, &of_item, PDF_MM(PDF_MEASURE) - indent, &set));
    TRY(pdf_page_room(pdf, of_item.leading * (set.rows.count > 1 ? 2 : 1), NULL));
    struct pdf_frame frame = whole_measure(pdf, indent);
    TRY(pdf_leaf_begin(pdf, pdf_mark_add(pdf->arena, item, "Lbl", NULL)));
    TRY(pdf_draw_rows(pdf, &label, &of_item, whole_measure(pdf, 0), 0, label.rows.count));
    pdf_leaf_end(pdf);
    TRY(pdf_flow(pdf, pdf_mark_add(pdf->arena, item, "LBody", NULL), &set, &of_item, frame));
    pdf->y += of_item.after;
    return OK;
}

enum status pdf_list_end(struct pdf *pdf)
{
    if (pdf->list == NULL)
        return BUG;
    pdf->list = NULL;
    pdf->y += of_paragraph.after - of_item.after;
    return OK;
}

/* ---- lines to write on ---- */

enum status pdf_line(struct pdf *pdf, struct str label)
{
    struct pdf_text set;
    TRY(expect_nothing_open(pdf));
    TRY(pdf_set_text(pdf, label, PDF_CELL_MAX, &of_label, PDF_MM(PDF_MEASURE) / 2, &set));
    if (set.glyphs.count == 0)
        return INVALID;
    leave(pdf, of_label.before);
    TRY(pdf_page_room(pdf, of_label.leading * (int64_t)set.rows.count + PDF_PT(2), NULL));
    TRY(pdf_flow(pdf, pdf_mark_add(pdf->arena, pdf->root, "P", NULL), &set, &of_label, whole_measure(pdf, 0)));
    int64_t end_of_label = set.rows.at[set.rows.count - 1].width * of_label.size / 1000 + PDF_PT(8);
    int64_t y = pdf->y - PDF_PT(2), left = PDF_MM(PDF_MARGIN);
    pdf_stroke(pdf, &(struct pdf_stroke){left + end_of_label, y, left + PDF_MM(PDF_MEASURE), y, PDF_HAIR, PDF_SOLID});
    pdf->y += of_label.after;
    return OK;
}
