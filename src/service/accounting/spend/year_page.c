#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/credit_sql.h"
#include "service/accounting/spend/spend_view.h"

/* ---- the year: its credits, and what waits ---- */

static struct str waiting(struct ctx *ctx, int64_t count)
{
    return count > 0 ? str_format(ctx->arena, "%lld", (long long)count) : text_of(ctx->language, T_accounting_nothing);
}

static enum status add_waiting(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct sql_credit_year_counts_row row;
    TRY(sql_credit_year_counts(ctx->db, ctx->arena,
                               (struct sql_credit_year_counts){.budget = year->budget, .year = year->year}, &row));
    spend_fact(view, T_accounting_bills_waiting, waiting(ctx, row.bills), spend_path(ctx, year, "/bills"));
    spend_fact(view, T_accounting_orders_waiting, waiting(ctx, row.orders), spend_path(ctx, year, "/orders"));
    spend_fact(view, T_accounting_titles_waiting, waiting(ctx, row.titles), spend_path(ctx, year, "/titles"));
    spend_fact(view, T_accounting_slips_waiting, waiting(ctx, row.slips), spend_path(ctx, year, "/slips"));
    return OK;
}

static void cell_row(struct spend_view *view, struct spend_page_table *table, const struct credit_year *year,
                     const struct book_cell *cell)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table_row *row =
        spend_row(view, table, cell->key.level, str_format(ctx->arena, "/accounting/cells/%lld", (long long)cell->id));
    if (row == NULL)
        return;
    if (cell->key.direction == CELL_EXPENSE)
        spend_bar(view, row, cell->ordered, cell->reserved, cell->voted);
    spend_narrow(row, credit_level_label(ctx, year, cell->key.level));
    spend_cell(row, credit_level_label(ctx, year, cell->key.level), SPEND_OPTIONAL);
    spend_cell(row, page_money(ctx, cell->voted), SPEND_NUMBER);
    if (cell->key.direction == CELL_EXPENSE)
        spend_cell(row, page_money(ctx, cell->reserved), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, cell->ordered), SPEND_OPTIONAL_NUMBER);
    spend_cell(row, page_money(ctx, cell->available), SPEND_NUMBER);
}

static enum status add_part(struct spend_view *view, const struct credit_year *year, const struct book_cell *cells,
                            size_t count, enum cell_section section, enum cell_direction direction)
{
    static const char *const ids[CELL_SECTIONS][CELL_DIRECTIONS] = {{"df", "rf"}, {"di", "ri"}};
    static const enum text_key titles[CELL_SECTIONS][CELL_DIRECTIONS] = {
        {T_accounting_functioning_expense, T_accounting_functioning_receipt},
        {T_accounting_investment_expense, T_accounting_investment_receipt}};
    struct spend_page_table *table;
    TRY(spend_table(view, ids[section][direction], titles[section][direction], T_accounting_no_credits, count, &table));
    spend_head(view, table, year->is_by_article[section] ? T_accounting_account : T_accounting_chapter, SPEND_TEXT);
    spend_head(view, table, T_accounting_label, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_opened, SPEND_NUMBER);
    if (direction == CELL_EXPENSE)
        spend_head(view, table, T_accounting_engaged, SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, direction == CELL_EXPENSE ? T_accounting_ordered : T_accounting_titled,
               SPEND_OPTIONAL_NUMBER);
    spend_head(view, table, direction == CELL_EXPENSE ? T_accounting_available : T_accounting_to_come, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++)
        if (cells[i].key.section == section && cells[i].key.direction == direction)
            cell_row(view, table, year, &cells[i]);
    if (direction == CELL_EXPENSE && table->row_count > 0)
        spend_note(table, text_of(view->ctx->language, T_accounting_desk_used));
    return OK;
}

static bool has_part(const struct book_cell *cells, size_t count, enum cell_section section,
                     enum cell_direction direction)
{
    for (size_t i = 0; i < count; i++)
        if (cells[i].key.section == section && cells[i].key.direction == direction)
            return true;
    return false;
}

enum status spend_credits(struct spend_view *view, const struct credit_year *year)
{
    struct book_cell *cells;
    size_t count;
    TRY(book_cells(view->ctx, year->siret, year->year, &cells, &count));
    for (int section = 0; section < CELL_SECTIONS; section++)
        if (has_part(cells, count, (enum cell_section)section, CELL_EXPENSE))
            TRY(add_part(view, year, cells, count, (enum cell_section)section, CELL_EXPENSE));
    return OK;
}

/* Whether its credits are without tax: said by an administrator, for what is ordered from then on. */
static enum status add_tax(struct spend_view *view, const struct credit_year *year)
{
    struct spend_page_action *action;
    if (year->recovers_tax)
        spend_fact(view, T_accounting_tax, text_of(view->ctx->language, T_accounting_tax_recovered), STR(""));
    if (!(view->ctx->actor.rights & PERMISSION_ADMINISTER))
        return OK;
    TRY(spend_action(view, "tax", T_accounting_tax,
                     year->recovers_tax ? T_accounting_tax_bear_go : T_accounting_tax_recover_go,
                     spend_path(view->ctx, year, year->recovers_tax ? "/tax/borne" : "/tax/recovered"), &action));
    action->has_text = true;
    action->text = text_of(view->ctx->language, year->recovers_tax ? T_accounting_tax_is_recovered
                                                                   : T_accounting_tax_is_borne);
    action->is_main = false;
    return OK;
}

/* Before its vote a year has credits of its own kind; the next one may be given some. */
static enum status add_before(struct spend_view *view, const struct credit_year *year, unsigned rights)
{
    struct credit_year next;
    if (year->is_before) {
        spend_tag(view, T_accounting_before_tag, SPEND_PLAIN);
        spend_stand(view, text_of(view->ctx->language, T_accounting_before_stand));
    }
    enum status done = credit_year(view->ctx, year->budget, year->year + 1, &next);
    if (done != NOT_FOUND || year->is_before || !(rights & RIGHT_PREPARE))
        return done == NOT_FOUND ? OK : done;
    spend_link(view, spend_path(view->ctx, year, "/before"), T_accounting_before);
    return OK;
}

enum status spend_year_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct spend_view view;
    struct book_cell *cells;
    size_t count;
    unsigned rights;
    bool is_open;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(right_held(ctx, &rights));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_CREDITS,
                    str_format(ctx->arena, "%.*s %d", STR_ARG(text_of(ctx->language, T_accounting_year)), year.year)));
    TRY(spend_is_open(&view, &year, &is_open));
    if (is_open && (rights & RIGHT_ENGAGE))
        spend_link(&view, spend_path(ctx, &year, "/engage"), T_accounting_engage);
    spend_link(&view, spend_path(ctx, &year, "/close"), T_accounting_close_title);
    TRY(add_before(&view, &year, rights));
    TRY(add_waiting(&view, &year));
    TRY(book_cells(ctx, year.siret, year.year, &cells, &count));
    for (int section = 0; section < CELL_SECTIONS; section++)
        for (int direction = 0; direction < CELL_DIRECTIONS; direction++)
            TRY(add_part(&view, &year, cells, count, (enum cell_section)section, (enum cell_direction)direction));
    TRY(add_tax(&view, &year));
    return spend_end(&view, response);
}

enum status spend_tax_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct str way = request->params[2];
    TRY(spend_read_year(ctx, request, &year));
    if (!str_eq(way, STR("recovered")) && !str_eq(way, STR("borne")))
        return NOT_FOUND;
    TRY(credit_set_tax(ctx, &year, str_eq(way, STR("recovered"))));
    return web_redirect(ctx, response, "/accounting/years/%lld/%d?saved=1", (long long)year.budget, year.year);
}

/* ---- one level: every act that moved it ---- */

static struct str act_name(struct ctx *ctx, const struct book_act *act)
{
    static const enum text_key names[ENTRY_KINDS] = {
        [ENTRY_VOTE] = T_accounting_kind_vote,           [ENTRY_TRANSFER] = T_accounting_kind_move,
        [ENTRY_ENGAGE] = T_accounting_kind_engage,       [ENTRY_RELEASE] = T_accounting_kind_release,
        [ENTRY_ORDER] = T_accounting_kind_order,         [ENTRY_ORDER_DIRECT] = T_accounting_kind_order,
        [ENTRY_ORDER_REDUCE] = T_accounting_kind_reduce, [ENTRY_TITLE] = T_accounting_kind_title,
        [ENTRY_TITLE_REDUCE] = T_accounting_kind_reduce, [ENTRY_CLOSE] = T_accounting_kind_close};
    struct str name = text_of(ctx->language, names[act->kind < ENTRY_KINDS ? act->kind : ENTRY_VOTE]);
    return act->number == 0 ? name : str_format(ctx->arena, "%.*s %u", STR_ARG(name), act->number);
}

static struct str act_path(struct ctx *ctx, const struct book_act *act)
{
    if (act->kind == ENTRY_ENGAGE)
        return str_format(ctx->arena, "/accounting/engagements/%llu", (unsigned long long)act->sequence);
    return act->number > 0 ? str_format(ctx->arena, "/accounting/pieces/%llu", (unsigned long long)act->sequence)
                           : STR("");
}

enum status spend_cell_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct sql_credit_cell_row cell;
    struct credit_year year;
    struct spend_view view;
    struct spend_page_table *table;
    struct book_act *acts;
    size_t count;
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    TRY(sql_credit_cell(ctx->db, ctx->arena, (struct sql_credit_cell){.id = id}, &cell));
    TRY(credit_year(ctx, cell.budget, (int32_t)cell.year, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_CREDITS, cell.level));
    spend_stand(&view, credit_level_label(ctx, &year, cell.level));
    spend_fact(&view, T_accounting_opened, page_money(ctx, (struct money){-cell.council}), STR(""));
    if (cell.direction == CELL_EXPENSE)
        spend_fact(&view, T_accounting_engaged, page_money(ctx, (struct money){cell.reserved}), STR(""));
    spend_fact(&view, cell.direction == CELL_EXPENSE ? T_accounting_ordered : T_accounting_titled,
               page_money(ctx, (struct money){cell.ordered}), STR(""));
    spend_fact(&view, cell.direction == CELL_EXPENSE ? T_accounting_available : T_accounting_to_come,
               page_money(ctx, (struct money){cell.available}), STR(""));
    TRY(book_acts_of_cell(ctx, id, &acts, &count));
    TRY(spend_table(&view, "acts", T_accounting_moves, T_accounting_no_moves, count, &table));
    spend_head(&view, table, T_accounting_act, SPEND_TEXT);
    spend_head(&view, table, T_accounting_day, SPEND_TEXT);
    spend_head(&view, table, T_accounting_object, SPEND_OPTIONAL);
    spend_head(&view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(&view, table, act_name(ctx, &acts[i]), act_path(ctx, &acts[i]));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, acts[i].day), SPEND_TEXT);
        spend_cell(row, acts[i].label, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, acts[i].amount), SPEND_NUMBER);
    }
    return spend_end(&view, response);
}
