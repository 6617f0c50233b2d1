/* Tables of a page of spending. */
#include "service/accounting/lang.h"
#include "service/accounting/spend/spend_view.h"

#define ROOM(view, type, count) arena_array((view)->ctx->arena, type, (count))

enum status spend_table(struct spend_view *view, const char *id, enum text_key caption, enum text_key none, size_t rows,
                        struct spend_page_table **ret_table)
{
    REQUIRE(view->page.table_count < SPEND_TABLES_MAX);
    struct spend_page_table *table = &view->page.tables[view->page.table_count++];
    *table = (struct spend_page_table){.id = str_of(id),
                                       .caption = text_of(view->ctx->language, caption),
                                       .none = text_of(view->ctx->language, none),
                                       .note = STR(""),
                                       .act = STR(""),
                                       .button = STR(""),
                                       .heads = ROOM(view, struct spend_page_table_head, SPEND_HEADS_MAX),
                                       .rows = ROOM(view, struct spend_page_table_row, rows + 1)};
    *ret_table = table;
    return table->heads == NULL || table->rows == NULL ? LIMIT : OK;
}

static bool is_number(enum spend_column column)
{
    return column == SPEND_NUMBER || column == SPEND_OPTIONAL_NUMBER;
}

static bool is_optional(enum spend_column column)
{
    return column == SPEND_OPTIONAL || column == SPEND_OPTIONAL_NUMBER;
}

void spend_head(struct spend_view *view, struct spend_page_table *table, enum text_key title, enum spend_column column)
{
    REQUIRE(table->head_count < SPEND_HEADS_MAX);
    table->heads[table->head_count++] =
        (struct spend_page_table_head){.title = text_of(view->ctx->language, title),
                                       .is_number = is_number(column),
                                       .is_optional = is_optional(column)};
}

struct spend_page_table_row *spend_row(struct spend_view *view, struct spend_page_table *table, struct str name,
                                       struct str path)
{
    struct spend_page_table_row *row = &table->rows[table->row_count];
    *row = (struct spend_page_table_row){.name = name, .path = path, .has_path = path.len > 0, .tick = STR(""),
                                         .tick_id = STR(""), .used = STR(""), .held = STR(""), .nar = STR(""),
                                         .cells = ROOM(view, struct spend_page_table_row_cell, SPEND_HEADS_MAX)};
    if (row->cells == NULL)
        return NULL;
    table->row_count++;
    return row;
}

/* "37.5%", as SVG says widths. */
static struct str width_of(struct spend_view *view, struct money part, struct money whole)
{
    struct money mille;
    if (part.cents <= 0 || whole.cents <= 0 || money_share(part, 1000, whole.cents, &mille) != OK)
        return STR("0");
    return str_format(view->ctx->arena, "%lld.%lld%%", (long long)(mille.cents / 10), (long long)(mille.cents % 10));
}

void spend_bar(struct spend_view *view, struct spend_page_table_row *row, struct money used, struct money held,
               struct money whole)
{
    row->has_bar = true;
    row->used = width_of(view, used, whole);
    row->held = width_of(view, held, whole);
}

void spend_narrow(struct spend_page_table_row *row, struct str text)
{
    row->has_nar = text.len > 0;
    row->nar = text;
}

void spend_cell(struct spend_page_table_row *row, struct str text, enum spend_column column)
{
    REQUIRE(row->cell_count < SPEND_HEADS_MAX);
    row->cells[row->cell_count++] = (struct spend_page_table_row_cell){
        .text = text, .is_number = is_number(column), .is_optional = is_optional(column)};
}

void spend_cell_tag(struct spend_page_table_row *row, struct str text, enum spend_mood mood)
{
    spend_cell(row, text, SPEND_TEXT);
    struct spend_page_table_row_cell *cell = &row->cells[row->cell_count - 1];
    cell->is_tag = text.len > 0;
    cell->is_good = mood == SPEND_GOOD;
    cell->is_bad = mood == SPEND_BAD;
}

void spend_note(struct spend_page_table *table, struct str text)
{
    table->has_note = text.len > 0;
    table->note = text;
}
