#include "service/accounting/spend/spend_view.h"

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
