#include "service/payroll/view/panel.h"

#include "service/payroll/lang.h"

#define ROOM(panel, type, count) arena_array((panel)->ctx->arena, type, (count))

/* ---- the page ---- */

static enum status make_room(struct panel *panel)
{
    struct panel_page_view *page = &panel->page;
    page->facts = ROOM(panel, struct panel_page_fact, PANEL_FACTS_MAX);
    page->tables = ROOM(panel, struct panel_page_table, PANEL_TABLES_MAX);
    page->actions = ROOM(panel, struct panel_page_action, PANEL_ACTIONS_MAX);
    page->links = ROOM(panel, struct panel_page_link, PANEL_LINKS_MAX);
    page->crumbs = ROOM(panel, struct panel_page_crumb, PANEL_LINKS_MAX);
    page->mores = ROOM(panel, struct panel_page_more, PANEL_LINKS_MAX);
    page->faults = ROOM(panel, struct panel_page_fault, PANEL_FAULTS_MAX);
    page->warnings = ROOM(panel, struct panel_page_warning, PANEL_FAULTS_MAX);
    bool is_full = page->facts == NULL || page->tables == NULL || page->actions == NULL || page->links == NULL ||
                   page->crumbs == NULL || page->mores == NULL || page->faults == NULL || page->warnings == NULL;
    return is_full ? LIMIT : OK;
}

enum status panel_begin(struct panel *panel, struct ctx *ctx, const struct web_request *request, struct str title)
{
    *panel = (struct panel){.ctx = ctx, .request = request};
    panel->page = (struct panel_page_view){.form_token = request->form_token, .home = STR("/payroll"),
                                           .home_title = text_of(ctx->language, T_payroll_menu),
                                           .title = title, .tag = STR(""), .stand = STR(""), .error = STR(""),
                                           .nothing = STR(""), .nothing_text = STR(""), .moving_words = STR(""),
                                           .moving_value = STR(""), .moving_max = STR(""), .moving_path = STR(""),
                                           .is_saved = web_has(request, "saved")};
    return make_room(panel);
}

enum status panel_end(struct panel *panel, struct web_response *response)
{
    struct page page;
    struct panel_page_view *view = &panel->page;
    struct page_head head = {.title = view->title, .menu = "/payroll", .search_path = STR_NONE,
                             .is_error = view->has_error};
    view->has_facts = view->fact_count > 0;
    view->has_more = view->more_count > 0;
    if (view->has_error) {
        response->code = 422;
        view->is_saved = false;
    }
    for (size_t i = 0; i < view->table_count; i++)
        view->tables[i].is_empty = view->tables[i].row_count == 0;
    page_begin(&page, panel->ctx, panel->request, response);
    panel_page_html(&page.html, view);
    return page_end(&page, &head);
}

void panel_trouble(struct panel *panel)
{
    panel->page.has_error = true;
    panel->page.error = text_of(panel->ctx->language, panel->ctx->failure.sentence);
}

void panel_fault(struct panel *panel, struct str mend)
{
    if (panel->page.fault_count < PANEL_FAULTS_MAX)
        panel->page.faults[panel->page.fault_count++].mend = mend;
}

void panel_warn(struct panel *panel, struct str text)
{
    if (panel->page.warning_count < PANEL_FAULTS_MAX)
        panel->page.warnings[panel->page.warning_count++].text = text;
}

void panel_stand(struct panel *panel, struct str text)
{
    panel->page.has_stand = text.len > 0;
    panel->page.stand = text;
}

void panel_moving(struct panel *panel, struct str words, struct str path, int64_t done, int64_t all)
{
    panel->page.is_moving = true;
    panel->page.moving_words = words;
    panel->page.moving_path = path;
    panel->page.moving_value = panel_number(panel->ctx, done);
    panel->page.moving_max = panel_number(panel->ctx, all > 0 ? all : 1);
}

void panel_tag(struct panel *panel, enum text_key text, enum panel_mood mood)
{
    panel->page.has_tag = true;
    panel->page.tag = text_of(panel->ctx->language, text);
    panel->page.is_good = mood == PANEL_GOOD;
    panel->page.is_bad = mood == PANEL_BAD;
}

void panel_nothing(struct panel *panel, enum text_key title, enum text_key text)
{
    panel->page.has_nothing = true;
    panel->page.nothing = text_of(panel->ctx->language, title);
    panel->page.nothing_text = text_of(panel->ctx->language, text);
}

void panel_link(struct panel *panel, struct str path, enum text_key title)
{
    REQUIRE(panel->page.link_count < PANEL_LINKS_MAX);
    panel->page.links[panel->page.link_count++] =
        (struct panel_page_link){.path = path, .title = text_of(panel->ctx->language, title)};
}

void panel_crumb(struct panel *panel, struct str path, struct str title)
{
    REQUIRE(panel->page.crumb_count < PANEL_LINKS_MAX);
    panel->page.crumbs[panel->page.crumb_count++] = (struct panel_page_crumb){.path = path, .title = title};
}

void panel_fact(struct panel *panel, enum text_key label, struct str value, struct str path)
{
    REQUIRE(panel->page.fact_count < PANEL_FACTS_MAX);
    if (value.len > 0)
        panel->page.facts[panel->page.fact_count++] =
            (struct panel_page_fact){.label = text_of(panel->ctx->language, label), .value = value, .path = path,
                                     .has_path = path.len > 0};
}

void panel_more(struct panel *panel, struct str path, enum text_key title)
{
    REQUIRE(panel->page.more_count < PANEL_LINKS_MAX);
    panel->page.mores[panel->page.more_count++] =
        (struct panel_page_more){.path = path, .title = text_of(panel->ctx->language, title)};
}

/* ---- tables ---- */

static bool is_number(enum panel_column column)
{
    return column == PANEL_NUMBER || column == PANEL_OPTIONAL_NUMBER;
}

static bool is_optional(enum panel_column column)
{
    return column == PANEL_OPTIONAL || column == PANEL_OPTIONAL_NUMBER;
}

enum status panel_table(struct panel *panel, const char *id, enum text_key caption, enum text_key none, size_t rows,
                        struct panel_page_table **ret_table)
{
    REQUIRE(panel->page.table_count < PANEL_TABLES_MAX);
    struct panel_page_table *table = &panel->page.tables[panel->page.table_count++];
    *table = (struct panel_page_table){.id = str_of(id), .caption = text_of(panel->ctx->language, caption),
                                       .none = text_of(panel->ctx->language, none), .note = STR(""),
                                       .heads = ROOM(panel, struct panel_page_table_head, PANEL_HEADS_MAX),
                                       .rows = ROOM(panel, struct panel_page_table_row, rows + 1)};
    *ret_table = table;
    return table->heads == NULL || table->rows == NULL ? LIMIT : OK;
}

void panel_head(struct panel *panel, struct panel_page_table *table, enum text_key title, enum panel_column column)
{
    REQUIRE(table->head_count < PANEL_HEADS_MAX);
    table->heads[table->head_count++] =
        (struct panel_page_table_head){.title = text_of(panel->ctx->language, title),
                                       .is_number = is_number(column), .is_optional = is_optional(column)};
}

struct panel_page_table_row *panel_row(struct panel *panel, struct panel_page_table *table, struct str name,
                                       struct str path)
{
    struct panel_page_table_row *row = &table->rows[table->row_count];
    *row = (struct panel_page_table_row){.name = name, .path = path, .has_path = path.len > 0, .nar = STR(""),
                                         .cells = ROOM(panel, struct panel_page_table_row_cell, PANEL_HEADS_MAX)};
    if (row->cells == NULL)
        return NULL;
    table->row_count++;
    return row;
}

void panel_narrow(struct panel_page_table_row *row, struct str text)
{
    row->has_nar = text.len > 0;
    row->nar = text;
}

void panel_cell(struct panel_page_table_row *row, struct str text, enum panel_column column)
{
    REQUIRE(row->cell_count < PANEL_HEADS_MAX);
    row->cells[row->cell_count++] =
        (struct panel_page_table_row_cell){.text = text, .act = STR(""), .button = STR(""),
                                           .is_number = is_number(column), .is_optional = is_optional(column)};
}

void panel_cell_tag(struct panel_page_table_row *row, struct str text, enum panel_mood mood)
{
    panel_cell(row, text, PANEL_TEXT);
    struct panel_page_table_row_cell *cell = &row->cells[row->cell_count - 1];
    cell->is_tag = text.len > 0;
    cell->is_good = mood == PANEL_GOOD;
    cell->is_bad = mood == PANEL_BAD;
}

void panel_cell_act(struct panel *panel, struct panel_page_table_row *row, struct str path, enum text_key button)
{
    panel_cell(row, STR(""), PANEL_TEXT);
    struct panel_page_table_row_cell *cell = &row->cells[row->cell_count - 1];
    cell->has_act = path.len > 0;
    cell->act = path;
    cell->button = text_of(panel->ctx->language, button);
}

/* ---- forms ---- */

enum status panel_action(struct panel *panel, const char *id, enum text_key title, enum text_key button,
                         struct str path, struct panel_page_action **ret_action)
{
    REQUIRE(panel->page.action_count < PANEL_ACTIONS_MAX);
    struct panel_page_action *action = &panel->page.actions[panel->page.action_count++];
    *action = (struct panel_page_action){.id = str_of(id), .title = text_of(panel->ctx->language, title),
                                         .text = STR(""), .path = path,
                                         .button = text_of(panel->ctx->language, button),
                                         .is_main = panel->page.action_count == 1,
                                         .fields = ROOM(panel, struct panel_page_action_field, PANEL_FIELDS_MAX)};
    *ret_action = action;
    return action->fields == NULL ? LIMIT : OK;
}

void panel_text(struct panel_page_action *action, struct str text)
{
    action->has_text = text.len > 0;
    action->text = text;
}

struct panel_page_action_field *panel_field(struct panel *panel, struct panel_page_action *action, const char *name,
                                            enum text_key label, enum panel_field kind)
{
    static const char *const types[] = {[PANEL_WORDS] = "text", [PANEL_DATE] = "date", [PANEL_MONTH] = "month",
                                        [PANEL_FILE] = "file", [PANEL_SELECT] = ""};
    REQUIRE(action->field_count < PANEL_FIELDS_MAX);
    struct panel_page_action_field *field = &action->fields[action->field_count++];
    struct str sent = panel->request->method == WEB_POST ? web_value(panel->request, name) : STR_NONE;
    *field = (struct panel_page_action_field){
        .id = str_format(panel->ctx->arena, "%.*s-%s", STR_ARG(action->id), name), .name = str_of(name),
        .label = text_of(panel->ctx->language, label), .value = str_is_absent(sent) ? STR("") : sent,
        .type = str_of(types[kind]), .is_input = kind < PANEL_FILE, .is_file = kind == PANEL_FILE,
        .is_select = kind == PANEL_SELECT, .is_required = true, .hint = STR(""), .hint_id = STR("")};
    action->takes_files |= field->is_file;
    return field;
}

void panel_value(struct panel *panel, struct panel_page_action_field *field, struct str value)
{
    if (panel->request->method != WEB_POST)
        field->value = value;
}

void panel_hint(struct panel *panel, struct panel_page_action_field *field, enum text_key hint)
{
    field->has_hint = true;
    field->hint = text_of(panel->ctx->language, hint);
    field->hint_id = str_format(panel->ctx->arena, "%.*s-hint", STR_ARG(field->id));
}

enum status panel_options(struct panel *panel, struct panel_page_action_field *field, size_t room)
{
    field->options = ROOM(panel, struct panel_page_action_field_option, room + 1);
    return field->options == NULL ? LIMIT : OK;
}

void panel_option(struct panel_page_action_field *field, struct str value, struct str text)
{
    field->options[field->option_count++] =
        (struct panel_page_action_field_option){.value = value, .text = text, .is_chosen = str_eq(field->value, value)};
}
