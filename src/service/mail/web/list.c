#include "service/mail/web/list_html.h"
#include "service/mail/web/webmail.h"

/* Why this part of a list begins: the day of its first conversation, in words. */
static struct str day_words(struct ctx *ctx, struct instant at)
{
    struct str today = page_day(ctx, ctx->now), day = page_day(ctx, at);
    if (str_eq(today, day))
        return text_of(ctx->language, T_mail_today);
    return day;
}

static enum status fill_spans(struct ctx *ctx, const struct mail_conversation *from, struct list_date_thread *thread)
{
    thread->spans = arena_array(ctx->arena, struct list_date_thread_span, from->excerpt_count + 1);
    if (thread->spans == NULL)
        return LIMIT;
    for (size_t i = 0; i < from->excerpt_count; i++)
        thread->spans[thread->span_count++] =
            (struct list_date_thread_span){.text = from->excerpt[i].text, .is_match = from->excerpt[i].is_match,
                               .is_plain = !from->excerpt[i].is_match};
    return OK;
}

static enum status fill_thread(struct ctx *ctx, const struct mail_conversation *from, int64_t folder,
                               struct list_date_thread *thread)
{
    bool has_subject = from->subject.len > 0;
    struct str path = webmail_folder_path(ctx, folder != 0 ? folder : from->folder);
    *thread = (struct list_date_thread){
        .id = from->id, .people = from->people, .has_many = from->messages > 1, .messages = from->messages,
        .subject = has_subject ? from->subject : text_of(ctx->language, T_mail_no_subject),
        .at = page_when(ctx, from->at), .moment = page_iso(ctx, from->at), .is_new = from->is_unread,
        .is_flagged = from->is_flagged, .has_attachment = from->has_attachment, .is_draft = from->is_draft,
        .path = str_format(ctx->arena, "%.*s/c/%lld", STR_ARG(path), (long long)from->id)};
    return fill_spans(ctx, from, thread);
}

/* One part for each day of the last week, one for what is older. */
static enum status fill_days(struct ctx *ctx, const struct mail_page *from, int64_t folder, struct list_view *view)
{
    struct list_date *day = NULL;
    view->dates = arena_array(ctx->arena, struct list_date, from->count + 1);
    if (view->dates == NULL)
        return LIMIT;
    for (size_t i = 0; i < from->count; i++) {
        bool is_recent = ctx->now.ms - from->at[i].at.ms < 7 * INT64_C(86400000);
        struct str label = is_recent ? day_words(ctx, from->at[i].at) : text_of(ctx->language, T_mail_earlier);
        if (day == NULL || !str_eq(day->label, label)) {
            day = &view->dates[view->date_count++];
            day->label = label;
            day->threads = arena_array(ctx->arena, struct list_date_thread, from->count - i);
            if (day->threads == NULL)
                return LIMIT;
        }
        TRY(fill_thread(ctx, &from->at[i], folder, &day->threads[day->thread_count++]));
    }
    return OK;
}

static enum status fill_targets(struct ctx *ctx, struct list_view *view)
{
    struct mail_folder *folders;
    size_t count;
    TRY(mail_folders(ctx, &folders, &count));
    view->targets = arena_array(ctx->arena, struct list_target, count + 1);
    if (view->targets == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (folders[i].role != MAIL_DRAFTS && folders[i].role != MAIL_SENT)
            view->targets[view->target_count++] =
                (struct list_target){.id = folders[i].id, .label = webmail_folder_label(ctx, &folders[i])};
    return OK;
}

static struct str cursor_path(struct ctx *ctx, struct str base, const struct mail_conversation *at, bool is_newer)
{
    return str_format(ctx->arena, "%.*s%sat=%lld&id=%lld%s", STR_ARG(base),
                      str_find_byte(base, '?') == SIZE_MAX ? "?" : "&", (long long)at->at.ms, (long long)at->id,
                      is_newer ? "&newer" : "");
}

static void fill_pages(struct ctx *ctx, const struct mail_page *from, struct str base, struct list_view *view)
{
    view->total = from->total;
    view->first = from->before + 1;
    view->last = from->before + (int64_t)from->count;
    view->is_empty = from->count == 0;
    view->has_any = from->count > 0;
    view->has_newer = from->has_newer && from->count > 0;
    view->has_older = from->has_older && from->count > 0;
    view->newer = view->has_newer ? cursor_path(ctx, base, &from->at[0], true) : STR("");
    view->older = view->has_older ? cursor_path(ctx, base, &from->at[from->count - 1], false) : STR("");
}

static enum status ask_of(struct ctx *ctx, const struct web_request *request, int64_t folder,
                          struct mail_page_ask *ret_ask)
{
    struct mail_settings settings;
    TRY(mail_settings_get(ctx, &settings));
    *ret_ask = (struct mail_page_ask){
        .folder = folder, .cursor = {.at_ms = web_int(request, "at", 0), .id = web_int(request, "id", 0)},
        .is_newer = web_has(request, "newer"), .limit = settings.page_size};
    return OK;
}

/* What the last form did, said once, from the redirect's query. */
static void fill_done(struct ctx *ctx, const struct web_request *request, struct list_view *view)
{
    static const struct {
        const char *word;
        enum text_key sentence;
    } done[] = {{"read", T_mail_done_read},       {"unread", T_mail_done_unread}, {"flag", T_mail_done_flag},
                {"unflag", T_mail_done_unflag},   {"archive", T_mail_done_move},  {"move", T_mail_done_move},
                {"inbox", T_mail_done_move},      {"junk", T_mail_done_junk},     {"delete", T_mail_done_delete},
                {"restore", T_mail_done_restore}, {"sent", T_mail_done_sent},     {"dropped", T_mail_done_dropped},
                {"back", T_mail_done_back}};
    struct str word = web_value(request, "done");
    struct buf text BUF_SCOPE = BUF_INIT(500);
    for (size_t i = 0; i < sizeof done / sizeof done[0]; i++) {
        if (!str_eq(word, str_of(done[i].word)))
            continue;
        struct text_arg count = NUMBER_ARG("count", web_int(request, "count", 0));
        translate(&text, ctx->language, done[i].sentence, &count, 1);
        view->has_done = true;
        view->done = str_copy(ctx->arena, buf_str(&text));
    }
    view->outgoing = web_int(request, "outgoing", 0);
    view->can_undo = view->outgoing > 0 && str_eq(word, STR("sent"));
}

static void fill_kind(struct ctx *ctx, int64_t folder, struct list_view *view)
{
    struct mail_folder found;
    enum mail_role role = folder > 0 && mail_folder_get(ctx, folder, &found) == OK ? found.role : MAIL_OWN;
    view->is_trash = role == MAIL_TRASH || folder == MAIL_FOLDER_DELETED;
    view->is_junk = role == MAIL_JUNK;
    view->is_deleted = folder == MAIL_FOLDER_DELETED;
    view->can_archive = role != MAIL_ARCHIVE && !view->is_trash && !view->is_junk;
    view->can_delete = folder != MAIL_FOLDER_DELETED;
}

static enum status fill_common(struct ctx *ctx, const struct web_request *request, const struct mail_page *from,
                               int64_t folder, struct list_view *view)
{
    view->form_token = request->form_token;
    TRY(webmail_side(ctx, folder, &view->side));
    TRY(fill_days(ctx, from, folder, view));
    TRY(fill_targets(ctx, view));
    fill_done(ctx, request, view);
    fill_kind(ctx, folder, view);
    return OK;
}

static struct str unread_title(struct ctx *ctx, int64_t unread, struct str name)
{
    struct buf text BUF_SCOPE = BUF_INIT(1000);
    struct text_arg args[] = {NUMBER_ARG("count", unread), TEXT_ARG("folder", name)};
    if (unread == 0)
        return name;
    translate(&text, ctx->language, T_mail_unread_title, args, 2);
    return str_copy(ctx->arena, buf_str(&text));
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        int64_t folder)
{
    struct mail_page_ask ask;
    struct mail_page found;
    struct mail_state state = {0};
    struct page page;
    TRY(ask_of(ctx, request, folder, &ask));
    TRY(mail_list(ctx, &ask, &found));
    if (folder > 0)
        TRY(mail_state_get(ctx, folder, 0, &state));
    struct str base = webmail_folder_path(ctx, folder), name = webmail_folder_name(ctx, folder);
    struct list_view view = {.heading = name, .action = str_format(ctx->arena, "%.*s/act", STR_ARG(base)),
                             .unread = found.unread, .has_unread = found.unread > 0, .is_folder = true,
                             .state_path = str_format(ctx->arena, "%.*s/state", STR_ARG(base)), .mark = state.mark};
    fill_pages(ctx, &found, base, &view);
    TRY(fill_common(ctx, request, &found, folder, &view));
    view.is_all_read = found.unread == 0 && view.has_any && !view.has_done;
    struct page_head head = webmail_head(ctx, unread_title(ctx, found.unread, name));
    page_begin(&page, ctx, request, response);
    list_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status webmail_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t folder = webmail_folder_id(request->params[0]);
    return folder == 0 ? NOT_FOUND : show(ctx, request, response, folder);
}

enum status webmail_inbox_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t inbox;
    TRY(mail_folder_by_role(ctx, MAIL_INBOX, &inbox));
    return show(ctx, request, response, inbox);
}

enum status webmail_search_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_page_ask ask;
    struct mail_page found = {0};
    struct page page;
    struct buf encoded BUF_SCOPE = BUF_INIT(4000);
    struct str words = str_trim(web_value(request, "q"));
    if (words.len > MAIL_QUERY_MAX)
        return LIMIT;
    TRY(ask_of(ctx, request, web_int(request, "folder", 0), &ask));
    if (words.len > 0)
        TRY(mail_search(ctx, words, &ask, &found));
    html_url_component_add(&encoded, words);
    struct str base = str_format(ctx->arena, "/mail/search?q=%.*s", STR_ARG(buf_str(&encoded)));
    struct list_view view = {.heading = text_of(ctx->language, T_mail_search),
                             .action = STR("/mail/search/act"),
                             .is_search = true,
                             .has_words = words.len > 0,
                             .words = words,
                             .has_no_words = words.len == 0,
                             .back = base,
                             .state_path = STR("")};
    fill_pages(ctx, &found, base, &view);
    TRY(fill_common(ctx, request, &found, 0, &view));
    struct page_head head = webmail_head(ctx, view.heading);
    head.search_words = words;
    page_begin(&page, ctx, request, response);
    list_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status webmail_list_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    bool is_search = request->params[0].len == 0;
    struct mail_selection selection = {.folder = is_search ? 0 : webmail_folder_id(request->params[0])};
    int64_t *ids, changed;
    if (!is_search && selection.folder == 0)
        return NOT_FOUND;
    TRY(webmail_ids(ctx, request, "id", &ids, &selection.count));
    selection.ids = ids;
    struct str base = is_search ? web_local_path(web_value(request, "back"), STR("/mail/search"))
                                : webmail_folder_path(ctx, selection.folder);
    if (selection.count == 0)
        return web_redirect(ctx, response, "%.*s", STR_ARG(base));
    TRY(webmail_act(ctx, request, &selection, &changed));
    return web_redirect(ctx, response, "%.*s%sdone=%.*s&count=%lld", STR_ARG(base),
                        str_find_byte(base, '?') == SIZE_MAX ? "?" : "&", STR_ARG(web_value(request, "do")),
                        (long long)changed);
}

/* What a page of this folder asks from time to time: has anything come? Plain numbers, for enhance.js. */
enum status webmail_state_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_state state;
    int64_t folder = webmail_number(request->params[0]);
    TRY(mail_state_get(ctx, folder, web_int(request, "since", 0), &state));
    response->content_type = STR("application/json");
    buf_add_format(&response->body, "{\"mark\":%lld,\"unread\":%lld,\"came\":%lld}\n", (long long)state.mark,
                   (long long)state.unread, (long long)state.came);
    return OK;
}
