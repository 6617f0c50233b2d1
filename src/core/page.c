#include "core/page.h"

#include "core/place.h"
#include "core/service.h"
#include "os/clock.h"
#include "web/layout_html.h"
#include "web/refusal_html.h"

static const struct place nowhere = {.name = STR_INIT(""), .title = STR_INIT("parvis"), .kind = STR_INIT("")};

static const struct place *place_of(const struct ctx *ctx)
{
    return ctx->place != NULL ? ctx->place : &nowhere;
}

struct str page_kind(struct ctx *ctx, struct str kind)
{
    static const struct {
        const char *kind;
        enum text_key words;
    } kinds[] = {{"commune", T_kind_commune},       {"epci", T_kind_epci},           {"metropolis", T_kind_metropolis},
                 {"department", T_kind_department}, {"syndicate", T_kind_syndicate}, {"ccas", T_kind_ccas}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(kind, str_of(kinds[i].kind)))
            return text_of(ctx->language, kinds[i].words);
    return STR("");
}

static struct str title_of(struct ctx *ctx, const struct page_head *head, struct str kind, struct str town)
{
    struct text_arg args[] = {TEXT_ARG("what", head->title), TEXT_ARG("kind", kind), TEXT_ARG("town", town)};
    enum text_key key = head->is_error ? T_layout_title_error : T_layout_title;
    return text_with(ctx->arena, ctx->language, key, args, 3);
}

static enum status entries_of(struct ctx *ctx, const struct page_head *head, struct layout_view *view)
{
    struct service_menu menu[SERVICE_MENU_MAX];
    size_t count = service_menu(ctx, service_all, place_of(ctx)->services_on, menu);
    view->entries = arena_array(ctx->arena, struct layout_entry, count + 1);
    if (view->entries == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->entries[i] = (struct layout_entry){
            .path = str_of(menu[i].entry->path),
            .label = text_of(ctx->language, menu[i].entry->label),
            .icon = menu[i].entry->icon,
            .is_current = head->menu != NULL && strcmp(head->menu, menu[i].entry->path) == 0,
        };
    view->entry_count = count;
    view->has_menu = count > 0 || view->is_signed_in;
    return OK;
}

struct str page_digits(struct ctx *ctx, struct str phone)
{
    struct buf digits BUF_SCOPE = BUF_INIT(40);
    for (size_t i = 0; i < phone.len; i++)
        if (ascii_is_digit(phone.at[i]))
            buf_add_byte(&digits, phone.at[i]);
    struct str national = buf_str(&digits);
    bool is_french = !str_starts(str_trim(phone), STR("+")) && national.len == 10 && national.at[0] == '0';
    return is_french ? str_format(ctx->arena, "33%.*s", STR_ARG(str_after(national, 1)))
                     : str_copy(ctx->arena, national);
}

static struct str shown_name(const struct ctx *ctx)
{
    return ctx->actor.name.len > 0 ? ctx->actor.name : ctx->actor.address;
}

enum { KEPT_MAX = 20 };

/* Who switches the language before signing in keeps what the address said: a code, where to go on. */
static enum status kept_of(const struct page *page, struct layout_view *view)
{
    const struct web_request *request = page->request;
    view->fields = arena_array(page->ctx->arena, struct layout_field, KEPT_MAX);
    if (view->fields == NULL)
        return LIMIT;
    if (view->is_signed_in || request->method != WEB_GET || request->fields == NULL)
        return OK;
    for (size_t i = 0; i < request->fields->count && view->field_count < KEPT_MAX; i++)
        if (!str_eq(request->fields->at[i].name, STR("language")))
            view->fields[view->field_count++] =
                (struct layout_field){.name = request->fields->at[i].name, .value = request->fields->at[i].value};
    return OK;
}

/* Those this page may be read in beside its own: the other one that is whole, or all. */
static enum status languages_of(const struct page *page, struct layout_view *view)
{
    int count = page->request->is_in_every_language && !view->is_person ? LANGUAGE_COUNT : LANGUAGE_WHOLE;
    view->languages = arena_array(page->ctx->arena, struct layout_language, (size_t)count);
    if (view->languages == NULL)
        return LIMIT;
    for (int i = 0; i < count; i++)
        if ((enum language)i != page->ctx->language)
            view->languages[view->language_count++] = (struct layout_language){
                .code = language_code((enum language)i), .name = text_of((enum language)i, T_layout_language)};
    view->has_languages = view->language_count > 1;
    return OK;
}

static enum status view_of(struct page *page, const struct page_head *head, struct layout_view *view)
{
    static const struct str tones[] = {STR_INIT("agent"), STR_INIT("resident"), STR_INIT("easy")};
    struct ctx *ctx = page->ctx;
    const struct place *place = place_of(ctx);
    struct str kind = page_kind(ctx, place->kind);
    *view = (struct layout_view){
        .code = language_code(ctx->language), .is_from_right = ctx->language == LANGUAGE_AR,
        .plate_code = language_code(ctx->language < LANGUAGE_WHOLE ? ctx->language : LANGUAGE_FR),
        .title = title_of(ctx, head, kind, place->title),
        .tone = tones[head->tone], .kind = kind, .town = place->title, .path = page->request->path,
        .person = shown_name(ctx), .form_token = page->request->form_token, .desk = place->desk, .phone = place->phone,
        .phone_digits = page_digits(ctx, place->phone), .hours = place->hours,
        .is_signed_in = ctx->actor.rights != 0, .has_place = ctx->place != NULL,
        .is_person = ctx->actor.person != 0, .is_mandate = ctx->actor.mandate != 0, .mandate = ctx->actor.mandate,
        .has_mandate_reason = ctx->actor.mandate_reason.len > 0,
        .mandate_reason = ctx->actor.mandate_reason.len > 0 ? ctx->actor.mandate_reason : STR(""),
        .mandate_until = page_moment(ctx, ctx->actor.mandate_ends),
        .has_search = !str_is_absent(head->search_path),
        .has_phone = place->phone.len > 0, .has_hours = place->hours.len > 0, .search_path = head->search_path,
        .search_words = head->search_words, .is_unlisted = head->is_unlisted};
    TRY(kept_of(page, view));
    TRY(languages_of(page, view));
    return entries_of(ctx, head, view);
}

void page_begin(struct page *page, struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    *page = (struct page){.ctx = ctx, .request = request, .response = response, .body = BUF_INIT(HTML_PAGE_MAX)};
    page->html = (struct html){.out = &page->body, .language = ctx->language};
}

static enum status lay_out(struct page *page, const struct page_head *head)
{
    struct layout_view view;
    TRY(view_of(page, head, &view));
    page->html.out = &page->response->body;
    layout_html(&page->html, &view, (struct html_part){buf_str(&page->body)});
    return buf_status(&page->response->body);
}

enum status page_end(struct page *page, const struct page_head *head)
{
    enum status done = buf_status(&page->body);
    page->response->is_unlisted = head->is_unlisted;
    if (done == OK && page->request->wants_fragment)
        buf_add(&page->response->body, buf_str(&page->body));
    else if (done == OK)
        done = lay_out(page, head);
    page_drop(page);
    return done;
}

void page_drop(struct page *page)
{
    buf_finish(&page->body);
}

/* ---- refusals ---- */

static enum text_key sentence_of(enum status status)
{
    switch (status) {
    case INVALID: return T_web_invalid;
    case NOT_FOUND: return T_web_not_found;
    case DENIED: return T_web_denied;
    case CONFLICT: return T_web_conflict;
    case LIMIT: return T_web_limit;
    case BUSY: case OUTSIDE: return T_web_busy;
    case GONE: return T_web_gone;
    default: return T_web_broken;
    }
}

/* The last resort, when even the layout does not fit. */
static void answer_plainly(struct web_response *response, struct str sentence)
{
    buf_clear(&response->body);
    response->content_type = STR("text/plain; charset=utf-8");
    buf_add(&response->body, sentence);
    buf_add_byte(&response->body, '\n');
}

void page_refusal(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                  enum status status)
{
    struct page page;
    enum text_key sentence = ctx->failure.sentence != T_none ? ctx->failure.sentence : sentence_of(status);
    buf_clear(&response->body);
    *response = (struct web_response){
        .code = web_code(status), .content_type = STR("text/html; charset=utf-8"), .body = response->body};
    page_begin(&page, ctx, request, response);
    struct refusal_view view = {
        .code = response->code,
        .sentence = text_of(ctx->language, sentence),
        .trace = ctx->trace,
        .has_trace = ctx->trace.len > 0,
    };
    refusal_html(&page.html, &view);
    struct page_head head = {.title = view.sentence, .tone = ctx->actor.person != 0 ? PAGE_AGENT : PAGE_RESIDENT};
    if (page_end(&page, &head) != OK)
        answer_plainly(response, view.sentence);
}

/* ---- words ---- */

struct str page_moment(struct ctx *ctx, struct instant at)
{
    struct buf text BUF_SCOPE = BUF_INIT(200);
    translate_moment(&text, ctx->language, at, clock_offset_minutes(at));
    return str_copy(ctx->arena, buf_str(&text));
}

struct str page_when(struct ctx *ctx, struct instant at)
{
    struct buf text BUF_SCOPE = BUF_INIT(200);
    translate_when(&text, ctx->language, at, ctx->now, clock_offset_minutes(at));
    return str_copy(ctx->arena, buf_str(&text));
}

struct str page_day(struct ctx *ctx, struct instant at)
{
    struct buf text BUF_SCOPE = BUF_INIT(200);
    translate_weekday(&text, ctx->language, at, clock_offset_minutes(at));
    return str_copy(ctx->arena, buf_str(&text));
}

struct str page_date(struct ctx *ctx, struct date date)
{
    struct buf text BUF_SCOPE = BUF_INIT(200);
    translate_date(&text, ctx->language, instant_of_date(date), 0);
    return str_copy(ctx->arena, buf_str(&text));
}

struct str page_iso(struct ctx *ctx, struct instant at)
{
    struct civil civil = civil_of(at, clock_offset_minutes(at));
    return str_format(ctx->arena, "%04d-%02d-%02dT%02d:%02d", civil.year, civil.month, civil.day, civil.hour,
                      civil.minute);
}

int32_t page_offset_at(struct instant at)
{
    return clock_offset_minutes(at);
}

int32_t page_offset_minutes(const struct ctx *ctx)
{
    return clock_offset_minutes(ctx->now);
}

struct str page_money(struct ctx *ctx, struct money money)
{
    struct buf text BUF_SCOPE = BUF_INIT(64);
    translate_money(&text, ctx->language, money);
    return str_copy(ctx->arena, buf_str(&text));
}

struct str page_size(struct ctx *ctx, int64_t bytes)
{
    struct buf text BUF_SCOPE = BUF_INIT(200);
    translate_size(&text, ctx->language, bytes);
    return str_copy(ctx->arena, buf_str(&text));
}
