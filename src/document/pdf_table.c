#include "document/pdf_page.h"

static const struct pdf_style of_caption = {PDF_PT(9.5), PDF_PT(14), PDF_PT(8), PDF_PT(4), PDF_SANS_BOLD, PDF_INK};
static const struct pdf_style of_head = {PDF_PT(8.5), PDF_PT(12), 0, 0, PDF_SANS_BOLD, PDF_SOFT};
static const struct pdf_style of_cell = {PDF_PT(9.5), PDF_PT(14), 0, 0, PDF_SANS, PDF_INK};
enum { GAP = 10000, PAD_Y = 4000, HEAVY = 1000, SHARE_MAX = 1000 }; /* thousandths of a point, but for the share */

/* One row: its texts in their columns, and where it stands. */
struct row {
    struct pdf_text cells[PDF_COLUMNS_MAX];
    const struct pdf_style *style;
    int64_t height;
};

static enum status set_row(struct pdf *pdf, const struct str *cells, const struct pdf_style *style, struct row *row)
{
    const struct pdf_columns *columns = &pdf->columns;
    row->style = style;
    row->height = 0;
    for (size_t i = 0; i < columns->table.column_count; i++) {
        TRY(pdf_set_text(pdf, cells[i], PDF_CELL_MAX, style, columns->width[i], &row->cells[i]));
        int64_t height = (int64_t)row->cells[i].rows.count * style->leading;
        if (height > row->height)
            row->height = height;
    }
    row->height += 2 * PAD_Y;
    return OK;
}

static struct pdf_frame cell_frame(const struct pdf *pdf, size_t i)
{
    const struct pdf_columns *columns = &pdf->columns;
    bool is_right = columns->table.columns[i].is_right;
    return (struct pdf_frame){columns->x[i], pdf->y + PAD_Y, columns->width[i], is_right ? PDF_RIGHT : PDF_LEFT};
}

static enum status draw_cell(struct pdf *pdf, const struct row *row, size_t i)
{
    return pdf_draw_rows(pdf, &row->cells[i], row->style, cell_frame(pdf, i), 0, row->cells[i].rows.count);
}

static void rule_off(struct pdf *pdf, int64_t width)
{
    int64_t left = PDF_MM(PDF_MARGIN);
    pdf_stroke(pdf, &(struct pdf_stroke){left, pdf->y, left + pdf_text_width(pdf), pdf->y, width,
                                         width == PDF_HAIR ? PDF_FAINT : PDF_SOLID});
}

/* A row as marks: heads say what they are the head of (ISO 32000-1 table 349). */
static enum status draw_marked(struct pdf *pdf, const struct row *row, struct pdf_mark *group, bool is_head)
{
    struct pdf_mark *line = pdf_mark_add(pdf->arena, group, "TR", NULL);
    if (line == NULL)
        return LIMIT;
    for (size_t i = 0; i < pdf->columns.table.column_count; i++) {
        bool is_row_head = !is_head && i == 0 && pdf->columns.table.has_row_heads;
        const char *scope = is_head ? "/O /Table /Scope /Column" : is_row_head ? "/O /Table /Scope /Row" : NULL;
        TRY(pdf_leaf_begin(pdf, pdf_mark_add(pdf->arena, line, scope != NULL ? "TH" : "TD", scope)));
        TRY(draw_cell(pdf, row, i));
        pdf_leaf_end(pdf);
    }
    pdf->y += row->height;
    rule_off(pdf, is_head ? HEAVY : PDF_HAIR);
    return OK;
}

static enum status draw_again(struct pdf *pdf, const struct row *row)
{
    pdf_artifact_begin(pdf, "Pagination");
    for (size_t i = 0; i < pdf->columns.table.column_count; i++)
        TRY(draw_cell(pdf, row, i));
    pdf_leaf_end(pdf);
    pdf->y += row->height;
    rule_off(pdf, HEAVY);
    return OK;
}

static enum status set_head(struct pdf *pdf, struct row *head)
{
    struct str heads[PDF_COLUMNS_MAX];
    for (size_t i = 0; i < pdf->columns.table.column_count; i++)
        heads[i] = pdf->columns.table.columns[i].head;
    return set_row(pdf, heads, &of_head, head);
}

/* A copy of what the caller gave, and each column's place by its share. */
static enum status keep_columns(struct pdf *pdf, const struct pdf_table *table)
{
    struct pdf_columns *kept = &pdf->columns;
    int64_t shares = 0, x = PDF_MM(PDF_MARGIN);
    struct pdf_column *columns = arena_array(pdf->arena, struct pdf_column, table->column_count);
    if (columns == NULL)
        return LIMIT;
    for (size_t i = 0; i < table->column_count; i++) {
        columns[i] = table->columns[i];
        columns[i].head = str_copy(pdf->arena, table->columns[i].head);
        if (str_is_absent(columns[i].head) && table->columns[i].head.len > 0)
            return LIMIT;
        shares += columns[i].share;
    }
    /* The outer columns stand flush with the text around the table. */
    int64_t free_width = pdf_text_width(pdf) - GAP * (int64_t)(table->column_count - 1);
    for (size_t i = 0; i < table->column_count; i++) {
        kept->x[i] = x;
        kept->width[i] = free_width * columns[i].share / shares;
        x += kept->width[i] + GAP;
    }
    kept->table = *table;
    kept->table.columns = columns;
    return OK;
}

static enum status check_columns(const struct pdf_table *table)
{
    if (table->column_count < 1)
        return INVALID;
    if (table->column_count > PDF_COLUMNS_MAX)
        return LIMIT;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].share < 1 || table->columns[i].share > SHARE_MAX)
            return INVALID;
        if (table->columns[i].head.len > PDF_CELL_MAX)
            return LIMIT;
    }
    return OK;
}

static enum status draw_caption(struct pdf *pdf, struct str caption, struct pdf_mark *table)
{
    struct pdf_text set;
    if (caption.len == 0)
        return OK;
    TRY(pdf_set_text(pdf, caption, PDF_TEXT_MAX, &of_caption, pdf_text_width(pdf), &set));
    int64_t follows = 4 * of_cell.leading;
    int64_t wanted = (int64_t)set.rows.count * of_caption.leading + follows;
    if (wanted < pdf->height / 2)
        TRY(pdf_page_room(pdf, wanted, NULL));
    struct pdf_frame frame = {PDF_MM(PDF_MARGIN), 0, pdf_text_width(pdf), PDF_LEFT};
    TRY(pdf_flow(pdf, pdf_mark_add(pdf->arena, table, "Caption", NULL), &set, &of_caption, frame));
    pdf->y += of_caption.after;
    return OK;
}

enum status pdf_table_begin(struct pdf *pdf, const struct pdf_table *table)
{
    struct row head;
    arena_reset(pdf->scratch);
    if (pdf->list != NULL || pdf->columns.mark != NULL)
        return BUG;
    TRY(check_columns(table));
    TRY(keep_columns(pdf, table));
    struct pdf_mark *mark = pdf_mark_add(pdf->arena, pdf->root, "Table", NULL);
    if (mark == NULL)
        return LIMIT;
    TRY(pdf_page_room(pdf, 0, NULL));
    pdf->y += of_caption.before;
    TRY(draw_caption(pdf, table->caption, mark));
    TRY(set_head(pdf, &head));
    TRY(pdf_page_room(pdf, head.height + of_cell.leading + 2 * PAD_Y, NULL));
    struct pdf_mark *group = pdf_mark_add(pdf->arena, mark, "THead", NULL);
    pdf->columns.body = group == NULL ? NULL : pdf_mark_add(pdf->arena, mark, "TBody", NULL);
    if (pdf->columns.body == NULL)
        return LIMIT;
    pdf->columns.mark = mark;
    return draw_marked(pdf, &head, group, true);
}

enum status pdf_table_row(struct pdf *pdf, const struct str *cells)
{
    struct row row, head;
    bool is_new;
    if (pdf->columns.mark == NULL)
        return BUG;
    arena_reset(pdf->scratch);
    TRY(set_row(pdf, cells, &of_cell, &row));
    TRY(pdf_page_room(pdf, row.height, &is_new));
    if (is_new) {
        TRY(set_head(pdf, &head));
        TRY(draw_again(pdf, &head));
        TRY(pdf_page_room(pdf, row.height, &is_new));
        if (is_new)
            return LIMIT; /* not even below a head of its own */
    }
    return draw_marked(pdf, &row, pdf->columns.body, false);
}

enum status pdf_table_end(struct pdf *pdf)
{
    if (pdf->columns.mark == NULL)
        return BUG;
    pdf->columns = (struct pdf_columns){0};
    pdf->y += PDF_PT(14);
    return OK;
}
