#include "service/accounting/spend/spend_view.h"

#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"

enum { DAY_BYTES = 16 };

/* ---- texts ---- */

struct str spend_day(struct ctx *ctx, struct date day)
{
    return day.days == 0 ? STR("") : page_date(ctx, day);
}

struct str spend_clock(struct ctx *ctx, const struct delay *delay, enum spend_mood *ret_mood)
{
    enum { SOON = 10 };
    *ret_mood = SPEND_PLAIN;
    if (delay->is_interrupted)
        return text_of(ctx->language, T_accounting_clock_waits);
    int32_t left = delay->due.days - ctx_today(ctx).days;
    *ret_mood = left < 0 ? SPEND_BAD : left > SOON ? SPEND_GOOD : SPEND_PLAIN;
    struct text_arg count = NUMBER_ARG("count", left < 0 ? -left : left);
    return text_with(ctx->arena, ctx->language, left < 0 ? T_accounting_clock_late : T_accounting_clock_left, &count,
                     1);
}

struct str spend_iso(struct ctx *ctx, struct date day)
{
    struct buf text BUF_SCOPE = BUF_INIT(DAY_BYTES);
    if (day.days == 0)
        return STR("");
    date_write(&text, day);
    return str_copy(ctx->arena, buf_str(&text));
}

struct str spend_number(struct ctx *ctx, uint64_t number)
{
    return str_format(ctx->arena, "%llu", (unsigned long long)number);
}

struct str spend_path(struct ctx *ctx, const struct credit_year *year, const char *rest)
{
    return str_format(ctx->arena, "/accounting/years/%lld/%d%s", (long long)year->budget, year->year, rest);
}

/* ---- fields ---- */

enum status spend_read_day(struct ctx *ctx, const struct web_request *request, const char *name, struct date *ret_day)
{
    return date_parse(web_text(request, name), ret_day) == OK
               ? OK
               : refuse(ctx, INVALID, "accounting.day", T_accounting_day_wrong);
}

enum status spend_read_money(struct ctx *ctx, const struct web_request *request, const char *name,
                             struct money *ret_money)
{
    return budget_amount_read(ctx->language, web_text(request, name), ret_money) == OK
               ? OK
               : refuse(ctx, INVALID, "accounting.amount", T_accounting_amount_wrong);
}

enum status spend_read_command(struct ctx *ctx, const struct web_request *request, unsigned char ret_id[ENTRY_ID_BYTES])
{
    return book_id_read(web_text(request, "command"), ret_id) == OK
               ? OK
               : refuse(ctx, INVALID, "accounting.command", T_accounting_command_wrong);
}

enum status spend_read_number(const struct web_request *request, size_t place, int64_t *ret_number)
{
    return str_to_i64(request->params[place], ret_number) == OK && *ret_number > 0 ? OK : NOT_FOUND;
}

enum status spend_read_year(struct ctx *ctx, const struct web_request *request, struct credit_year *ret_year)
{
    int64_t budget, year;
    TRY(spend_read_number(request, 0, &budget));
    TRY(spend_read_number(request, 1, &year));
    return year <= CELL_YEAR_LAST ? credit_year(ctx, budget, (int32_t)year, ret_year) : NOT_FOUND;
}

/* ---- the page ---- */

#define ROOM(view, type, count) arena_array((view)->ctx->arena, type, (count))

static enum status make_room(struct spend_view *view)
{
    struct spend_page_view *page = &view->page;
    page->facts = ROOM(view, struct spend_page_fact, SPEND_FACTS_MAX);
    page->tables = ROOM(view, struct spend_page_table, SPEND_TABLES_MAX);
    page->actions = ROOM(view, struct spend_page_action, SPEND_ACTIONS_MAX);
    page->tabs = ROOM(view, struct spend_page_tab, SPEND_TABS);
    page->links = ROOM(view, struct spend_page_link, SPEND_LINKS_MAX);
    page->crumbs = ROOM(view, struct spend_page_crumb, SPEND_LINKS_MAX);
    page->mores = ROOM(view, struct spend_page_more, SPEND_MORE_MAX);
    bool is_full = page->facts == NULL || page->tables == NULL || page->actions == NULL || page->tabs == NULL ||
                   page->links == NULL || page->crumbs == NULL || page->mores == NULL;
    return is_full ? LIMIT : OK;
}

static void add_tabs(struct spend_view *view, const struct credit_year *year, enum spend_tab here)
{
    static const struct {
        enum text_key title;
        const char *rest;
    } tabs[SPEND_TABS] = {
        [SPEND_CREDITS] = {T_accounting_tab_credits, ""},
        [SPEND_ENGAGEMENTS] = {T_accounting_tab_engagements, "/engagements"},
        [SPEND_BILLS] = {T_accounting_tab_bills, "/bills"},
        [SPEND_ORDERS] = {T_accounting_tab_orders, "/orders"},
        [SPEND_TITLES] = {T_accounting_tab_titles, "/titles"},
        [SPEND_SLIPS] = {T_accounting_tab_slips, "/slips"},
    };
    for (size_t i = 0; i < SPEND_TABS; i++)
        view->page.tabs[view->page.tab_count++] =
            (struct spend_page_tab){.path = spend_path(view->ctx, year, tabs[i].rest),
                                    .title = text_of(view->ctx->language, tabs[i].title),
                                    .is_here = i == (size_t)here};
}

enum status spend_begin(struct spend_view *view, struct ctx *ctx, const struct web_request *request,
                        const struct credit_year *year, enum spend_tab here, struct str title)
{
    *view = (struct spend_view){.ctx = ctx, .request = request, .command = book_id(ctx)};
    view->page = (struct spend_page_view){.form_token = request->form_token, .home = STR("/accounting"),
                                          .title = title, .tag = STR(""), .stand = STR(""), .error = STR(""),
                                          .nothing = STR(""), .nothing_text = STR(""),
                                          .more_title = text_of(ctx->language, T_accounting_desk_more),
                                          .moving_title = STR(""), .moving_stage = STR(""), .moving_words = STR(""),
                                          .closed = STR(""), .close_path = STR(""),
                                          .note = {.title = STR(""), .why = STR(""), .charts = STR("/accounting")},
                                          .moving_value = STR(""), .moving_max = STR(""), .moving_path = STR(""),
                                          .is_saved = web_has(request, "saved")};
    TRY(make_room(view));
    if (year == NULL)
        return OK;
    spend_crumb(view, spend_path(ctx, year, ""),
                str_format(ctx->arena, "%.*s %d", STR_ARG(year->label), year->year));
    add_tabs(view, year, here);
    const struct budget_chart_used used = {.year = year->chart_year, .is_decided = year->is_chart_decided};
    view->page.note = budget_chart_note(ctx, &used, year->year);
    return OK;
}

enum status spend_end(struct spend_view *view, struct web_response *response)
{
    struct page page;
    struct page_head head = budget_head(view->page.title);
    head.search_path = STR("/accounting/search");
    head.search_words = web_text(view->request, "q");
    view->page.has_facts = view->page.fact_count > 0;
    view->page.has_more = view->page.more_count > 0;
    view->page.has_tabs = view->page.tab_count > 0;
    head.is_error = view->page.has_error || view->page.has_faults;
    if (head.is_error) {
        response->code = 422;
        view->page.is_saved = false;
    }
    for (size_t i = 0; i < view->page.table_count; i++)
        view->page.tables[i].is_empty = view->page.tables[i].row_count == 0;
    page_begin(&page, view->ctx, view->request, response);
    spend_page_html(&page.html, &view->page);
    return page_end(&page, &head);
}

enum status spend_trouble(struct spend_view *view, const struct faults *faults)
{
    struct spend_page_view *page = &view->page;
    if (faults == NULL)
        return OK;
    size_t count = faults->count;
    page->has_faults = count > 0;
    page->has_error = count == 0;
    page->error = text_of(view->ctx->language, view->ctx->failure.sentence);
    page->faults = ROOM(view, struct spend_page_fault, count + 1);
    if (page->faults == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        page->faults[page->fault_count++].mend = fault_say(view->ctx, &faults->kept[i]);
    return OK;
}

bool spend_is_refused(enum status done, const struct faults *faults)
{
    return done == INVALID || faults->found > 0;
}

void spend_stand(struct spend_view *view, struct str text)
{
    view->page.has_stand = text.len > 0;
    view->page.stand = text;
}

void spend_empty(struct spend_view *view, enum text_key title, enum text_key text)
{
    view->page.has_nothing = true;
    view->page.nothing = text_of(view->ctx->language, title);
    view->page.nothing_text = text_of(view->ctx->language, text);
}

void spend_moving(struct spend_view *view, const struct spend_work *work)
{
    view->page.is_moving = true;
    view->page.moving_title = text_of(view->ctx->language, work->title);
    view->page.moving_stage = spend_number(view->ctx, (uint64_t)work->stage);
    view->page.moving_words = work->words;
    view->page.moving_value = spend_number(view->ctx, (uint64_t)work->done);
    view->page.moving_max = spend_number(view->ctx, (uint64_t)work->all);
    view->page.moving_path = work->path;
}

void spend_tag(struct spend_view *view, enum text_key text, enum spend_mood mood)
{
    view->page.has_tag = true;
    view->page.tag = text_of(view->ctx->language, text);
    view->page.is_good = mood == SPEND_GOOD;
    view->page.is_bad = mood == SPEND_BAD;
}

void spend_link(struct spend_view *view, struct str path, enum text_key title)
{
    REQUIRE(view->page.link_count < SPEND_LINKS_MAX);
    view->page.links[view->page.link_count++] =
        (struct spend_page_link){.path = path, .title = text_of(view->ctx->language, title)};
}

void spend_crumb(struct spend_view *view, struct str path, struct str title)
{
    REQUIRE(view->page.crumb_count < SPEND_LINKS_MAX);
    view->page.crumbs[view->page.crumb_count++] = (struct spend_page_crumb){.path = path, .title = title};
}

void spend_fact(struct spend_view *view, enum text_key label, struct str value, struct str path)
{
    REQUIRE(view->page.fact_count < SPEND_FACTS_MAX);
    if (value.len > 0)
        view->page.facts[view->page.fact_count++] = (struct spend_page_fact){
            .label = text_of(view->ctx->language, label), .value = value, .path = path, .has_path = path.len > 0};
}

void spend_more(struct spend_view *view, struct str path, struct str title)
{
    REQUIRE(view->page.more_count < SPEND_MORE_MAX);
    view->page.mores[view->page.more_count++] = (struct spend_page_more){.path = path, .title = title};
}

enum status spend_is_open(struct spend_view *view, const struct credit_year *year, bool *ret_is_open)
{
    bool is_closed;
    const struct text_arg number = TEXT_ARG("year", str_format(view->ctx->arena, "%d", year->year));
    TRY(book_is_closed(view->ctx, year->siret, year->year, &is_closed));
    *ret_is_open = !is_closed;
    if (!is_closed)
        return OK;
    view->page.is_closed = true;
    view->page.closed = text_with(view->ctx->arena, view->ctx->language, T_accounting_year_is_closed, &number, 1);
    view->page.close_path = spend_path(view->ctx, year, "/close");
    return OK;
}

/* ---- tables ---- */

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

/* ---- forms ---- */

enum status spend_action(struct spend_view *view, const char *id, enum text_key title, enum text_key button,
                         struct str path, struct spend_page_action **ret_action)
{
    REQUIRE(view->page.action_count < SPEND_ACTIONS_MAX);
    struct spend_page_action *action = &view->page.actions[view->page.action_count++];
    *action = (struct spend_page_action){.id = str_of(id),
                                         .title = text_of(view->ctx->language, title),
                                         .text = STR(""),
                                         .path = path,
                                         .command = view->command,
                                         .button = text_of(view->ctx->language, button),
                                         .is_main = view->page.action_count == 1,
                                         .more = STR(""),
                                         .fields = ROOM(view, struct spend_page_action_field, SPEND_FIELDS_MAX)};
    *ret_action = action;
    return action->fields == NULL ? LIMIT : OK;
}

struct spend_page_action_field *spend_field(struct spend_view *view, struct spend_page_action *action,
                                            const char *name, enum text_key label, enum spend_field kind,
                                            struct str value, bool is_required)
{
    REQUIRE(action->field_count < SPEND_FIELDS_MAX);
    struct spend_page_action_field *field = &action->fields[action->field_count++];
    struct str sent = view->request->method == WEB_POST ? web_value(view->request, name) : STR_NONE;
    *field = (struct spend_page_action_field){
        .id = str_format(view->ctx->arena, "%.*s-%s", STR_ARG(action->id), name),
        .name = str_of(name),
        .label = text_of(view->ctx->language, label),
        .value = str_is_absent(sent) ? value : sent,
        .is_text = kind == SPEND_WORDS || kind == SPEND_WIDE,
        .is_wide = kind == SPEND_WIDE,
        .is_date = kind == SPEND_DATE,
        .is_money = kind == SPEND_MONEY,
        .is_file = kind == SPEND_FILE,
        .is_required = is_required,
        .list = STR(""),
        .hint = STR(""),
        .hint_id = STR("")};
    action->takes_files |= field->is_file;
    return field;
}

void spend_hint(struct spend_view *view, struct spend_page_action_field *field, enum text_key hint)
{
    field->has_hint = true;
    field->hint = text_of(view->ctx->language, hint);
    field->hint_id = str_format(view->ctx->arena, "%.*s-hint", STR_ARG(field->id));
}

enum status spend_choices(struct spend_view *view, struct spend_page_action_field *field, size_t room)
{
    field->options = ROOM(view, struct spend_page_action_field_option, room + 1);
    field->list = str_format(view->ctx->arena, "%.*s-list", STR_ARG(field->id));
    field->has_list = field->has_options = field->options != NULL;
    return field->has_options ? OK : LIMIT;
}

void spend_choice(struct spend_page_action_field *field, size_t room, struct str value, struct str text)
{
    if (field->option_count < room)
        field->options[field->option_count++] = (struct spend_page_action_field_option){value, text};
}
