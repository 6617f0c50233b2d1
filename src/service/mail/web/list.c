#include "service/mail/web/list_html.h"
#include "service/mail/lang.h"
#include "service/mail/web/webmail.h"

/* Why this part of a list begins: the day of its first conversation, in words. */
static struct str day_words(struct ctx *ctx, struct instant at)
{
    struct str today = page_day(ctx, ctx->now), day = page_day(ctx, at);
    if (str_eq(today, day))
        return text_of(ctx->language, T_mail_today);
    char *words = str_c(ctx->arena, day);
    if (words == NULL)
        return day;
    words[0] = (char)(words[0] >= 'a' && words[0] <= 'z' ? words[0] - 'a' + 'A' : words[0]);
    return str_of(words);
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

static enum status fill_thread(struct ctx *ctx, const struct mail_conversation *from, int64_t folder, bool is_checked,
                               struct list_date_thread *thread)
{
    bool has_subject = from->subject.len > 0;
    struct str path = webmail_folder_path(ctx, folder != 0 ? folder : from->folder);
    *thread = (struct list_date_thread){
        .id = from->id, .people = from->people, .has_many = from->messages > 1, .messages = from->messages,
        .subject = has_subject ? from->subject : text_of(ctx->language, T_mail_no_subject),
        .at = page_when(ctx, from->at), .moment = page_iso(ctx, from->at), .is_new = from->is_unread,
        .is_flagged = from->is_flagged, .has_attachment = from->has_attachment, .is_draft = from->is_draft,
        .is_checked = is_checked, .has_excerpt = from->excerpt_count > 0 && from->excerpt[0].text.len > 0,
        .path = str_format(ctx->arena, "%.*s/c/%lld", STR_ARG(path), (long long)from->id)};
    return fill_spans(ctx, from, thread);
}

/* One part for each day of the last week, one for what is older. */
static enum status fill_days(struct ctx *ctx, const struct mail_page *from, int64_t folder, bool are_checked,
                             struct list_view *view)
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
        TRY(fill_thread(ctx, &from->at[i], folder, are_checked, &day->threads[day->thread_count++]));
    }
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

/* A message that can still be called back has not left: the words say when it will. */
static enum status fill_leaving(struct ctx *ctx, struct list_view *view)
{
    struct mail_settings settings;
    struct buf text BUF_SCOPE = BUF_INIT(500);
    TRY(mail_settings_get(ctx, &settings));
    struct text_arg count = NUMBER_ARG("count", settings.undo_s);
    translate(&text, ctx->language, T_mail_done_leaving, &count, 1);
    view->done = str_copy(ctx->arena, buf_str(&text));
    view->undo_s = settings.undo_s;
    return OK;
}

/* This very page with every box ticked: what a script does at once, a link does without one. */
static enum status fill_all_path(struct ctx *ctx, const struct web_request *request, struct list_view *view)
{
    struct buf path BUF_SCOPE = BUF_INIT(8000);
    int64_t at = web_int(request, "at", 0), id = web_int(request, "id", 0);
    view->are_checked = web_has(request, "all");
    buf_add_format(&path, "?");
    if (view->is_search) {
        buf_add_literal(&path, "q=");
        html_url_component_add(&path, view->words);
        buf_add_literal(&path, "&");
    }
    if (at != 0)
        buf_add_format(&path, "at=%lld&id=%lld&", (long long)at, (long long)id);
    if (web_has(request, "newer"))
        buf_add_literal(&path, "newer&");
    if (!view->are_checked)
        buf_add_literal(&path, "all");
    view->all_path = str_copy(ctx->arena, buf_str(&path));
    return buf_status(&path);
}

/* What the last form did, said once, from the redirect's query. */
static enum status fill_done(struct ctx *ctx, const struct web_request *request, struct list_view *view)
{
    static const struct {
        const char *word;
        enum text_key sentence;
    } done[] = {{"read", T_mail_done_read},       {"unread", T_mail_done_unread}, {"flag", T_mail_done_flag},
                {"unflag", T_mail_done_unflag},   {"archive", T_mail_done_move},  {"move", T_mail_done_move},
                {"inbox", T_mail_done_move},      {"junk", T_mail_done_junk},     {"delete", T_mail_done_delete},
                {"restore", T_mail_done_restore}, {"sent", T_mail_done_sent},     {"dropped", T_mail_done_dropped},
                {"back", T_mail_done_back},       {"none", T_mail_done_none},     {"where", T_mail_done_where}};
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
    view->is_undone = str_eq(word, STR("none")) || str_eq(word, STR("where"));
    view->is_done = view->has_done && !view->is_undone;
    view->has_left = str_eq(word, STR("delete")) && !view->is_trash;
    if (view->has_left) {
        int64_t trash;
        TRY(mail_folder_by_role(ctx, MAIL_TRASH, &trash));
        view->left_path = webmail_folder_path(ctx, trash);
    }
    view->outgoing = web_int(request, "outgoing", 0);
    view->can_undo = view->outgoing > 0 && str_eq(word, STR("sent"));
    return view->can_undo ? fill_leaving(ctx, view) : OK;
}

/* What is so when a folder is empty, and one useful next step. */
static void fill_empty(struct ctx *ctx, enum mail_role role, int64_t folder, struct list_view *view)
{
    static const struct {
        enum mail_role role;
        enum text_key title, text;
    } words[] = {{MAIL_INBOX, T_mail_empty, T_mail_empty_text},
                 {MAIL_DRAFTS, T_mail_empty_drafts, T_mail_empty_drafts_text},
                 {MAIL_SENT, T_mail_empty_sent, T_mail_empty_sent_text},
                 {MAIL_ARCHIVE, T_mail_empty_archive, T_mail_empty_archive_text},
                 {MAIL_JUNK, T_mail_empty_junk, T_mail_empty_junk_text},
                 {MAIL_TRASH, T_mail_empty_trash, T_mail_empty_trash_text}};
    enum text_key title = T_mail_empty_own, text = T_mail_empty_own_text;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].role == role) {
            title = words[i].title;
            text = words[i].text;
        }
    if (folder == MAIL_FOLDER_FLAGGED) {
        title = T_mail_empty_flagged;
        text = T_mail_empty_flagged_text;
    } else if (folder == MAIL_FOLDER_DELETED) {
        title = T_mail_empty_deleted;
        text = T_mail_empty_deleted_text;
    }
    view->empty = text_of(ctx->language, title);
    view->empty_text = text_of(ctx->language, text);
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
    view->can_write = role == MAIL_DRAFTS || role == MAIL_SENT;
    fill_empty(ctx, role, folder, view);
}

static enum status fill_common(struct ctx *ctx, const struct web_request *request, const struct mail_page *from,
                               int64_t folder, struct list_view *view)
{
    view->form_token = request->form_token;
    TRY(webmail_side(ctx, folder, &view->side));
    fill_kind(ctx, folder, view);
    TRY(fill_days(ctx, from, folder, web_has(request, "all"), view));
    TRY(webmail_targets(ctx, folder, &view->targets));
    TRY(fill_done(ctx, request, view));
    TRY(fill_all_path(ctx, request, view));
    return OK;
}

static struct str unread_title(struct ctx *ctx, int64_t unread, struct str name)
{
    struct text_arg args[] = {NUMBER_ARG("count", unread), TEXT_ARG("folder", name)};
    return unread == 0 ? name : text_with(ctx->arena, ctx->language, T_mail_unread_title, args, 2);
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

/* The fields of "search better" become words of the query, where they can be seen and changed. */
static bool add_fields(struct ctx *ctx, const struct web_request *request, struct buf *query)
{
    static const struct {
        const char *name;
        enum text_key term;
    } fields[] = {{"sender", T_mail_search_term_from}, {"about", T_mail_search_term_subject},
                  {"after", T_mail_search_term_after}, {"before", T_mail_search_term_before}};
    size_t length = query->len;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        struct str value = str_trim(web_value(request, fields[i].name));
        const char *mark = str_find_byte(value, ' ') != SIZE_MAX ? "\"" : "";
        if (value.len > 0 && str_find_byte(value, '"') == SIZE_MAX)
            buf_add_format(query, " %.*s:%s%.*s%s", STR_ARG(text_of(ctx->language, fields[i].term)), mark,
                           STR_ARG(value), mark);
    }
    if (web_has(request, "files"))
        buf_add_format(query, " %.*s", STR_ARG(text_of(ctx->language, T_mail_search_term_files)));
    return query->len > length;
}

static enum status search_with_fields(struct ctx *ctx, struct web_response *response, struct str query)
{
    struct buf encoded BUF_SCOPE = BUF_INIT(8000);
    if (str_trim(query).len > MAIL_QUERY_MAX)
        return LIMIT;
    html_url_component_add(&encoded, str_trim(query));
    TRY(buf_status(&encoded));
    return web_redirect(ctx, response, "/mail/search?q=%.*s", STR_ARG(buf_str(&encoded)));
}

static struct str found_words(struct ctx *ctx, int64_t total, struct str words)
{
    struct text_arg args[] = {NUMBER_ARG("count", total), TEXT_ARG("words", words)};
    return text_with(ctx->arena, ctx->language, T_mail_found, args, 2);
}

enum status webmail_search_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_page_ask ask;
    struct mail_page found = {0};
    struct page page;
    struct buf encoded BUF_SCOPE = BUF_INIT(4000), query BUF_SCOPE = BUF_INIT(4000);
    struct str words = str_trim(web_value(request, "q"));
    if (words.len > MAIL_QUERY_MAX)
        return LIMIT;
    buf_add(&query, words);
    if (add_fields(ctx, request, &query))
        return search_with_fields(ctx, response, buf_str(&query));
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
    struct page_head head = webmail_head(ctx, words.len > 0 ? found_words(ctx, found.total, words) : view.heading);
    head.search_words = words;
    view.found = head.title;
    view.has_found = words.len > 0 && found.count > 0;
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
    const char *join = str_find_byte(base, '?') == SIZE_MAX ? "?" : "&";
    if (selection.count == 0)
        return web_redirect(ctx, response, "%.*s%sdone=none", STR_ARG(base), join);
    if (str_eq(web_value(request, "do"), STR("move")) && web_int(request, "to", 0) == 0)
        return web_redirect(ctx, response, "%.*s%sdone=where", STR_ARG(base), join);
    TRY(webmail_act(ctx, request, &selection, &changed));
    return web_redirect(ctx, response, "%.*s%sdone=%.*s&count=%lld", STR_ARG(base), join,
                        STR_ARG(web_value(request, "do")), (long long)changed);
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
    return buf_status(&response->body);
}
