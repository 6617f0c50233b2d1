#include "service/mail/web/webmail.h"
#include "service/mail/lang.h"
#include "service/mail/web/write_html.h"

struct shown {
    enum text_key error; /* T_none: none */
    struct str detail;   /* the text that is no address */
    bool is_saved;
};

static enum status fill_identities(struct ctx *ctx, struct str from, struct write_view *view)
{
    struct mail_identity *identities;
    size_t count;
    TRY(mail_identities(ctx, &identities, &count));
    view->identities = arena_array(ctx->arena, struct write_identity, count + 1);
    if (view->identities == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->identities[view->identity_count++] = (struct write_identity){
            .name = identities[i].name, .address = identities[i].address,
            .is_chosen = str_eq(identities[i].address, from)};
    return OK;
}

/* What the browser offers while somebody types, without a script: whom this person writes to most. */
static enum status fill_people(struct ctx *ctx, struct write_view *view)
{
    struct mail_identity *found;
    size_t count;
    TRY(mail_complete(ctx, STR(""), &found, &count));
    view->contacts = arena_array(ctx->arena, struct write_contact, count + 1);
    if (view->contacts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->contacts[view->contact_count++] = (struct write_contact){.name = found[i].name,
                                                                       .address = found[i].address};
    return OK;
}

static enum status fill_parts(struct ctx *ctx, const struct mail_draft *draft, struct write_view *view)
{
    view->parts = arena_array(ctx->arena, struct write_part, draft->part_count + 1);
    if (view->parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < draft->part_count; i++)
        view->parts[view->part_count++] = (struct write_part){
            .number = draft->parts[i].number, .name = draft->parts[i].file_name,
            .kind = webmail_part_kind(ctx, draft->parts[i].type, draft->parts[i].file_name),
            .size = page_size(ctx, draft->parts[i].size)};
    view->has_parts = view->part_count > 0;
    return OK;
}

static struct str heading_of(struct ctx *ctx, const struct mail_draft *draft)
{
    static const enum text_key headings[] = {T_mail_write_title, T_mail_reply_title, T_mail_reply_all,
                                             T_mail_forward_title};
    return text_of(ctx->language, headings[draft->kind]);
}

/* The typing begins where something is still to be typed: the answer, or whom to write to. */
static void fill_start(const struct mail_draft *draft, struct shown shown, struct write_view *view)
{
    bool is_untouched = shown.error == T_none && !shown.is_saved;
    view->is_answer = is_untouched && (draft->kind == MAIL_REPLY || draft->kind == MAIL_REPLY_ALL);
    view->is_new = is_untouched && !view->is_answer && draft->to.len == 0;
    view->is_answer |= is_untouched && draft->kind == MAIL_NEW && draft->to.len > 0;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct mail_draft *draft, struct shown shown)
{
    struct page page;
    struct mail_settings settings;
    TRY(mail_settings_get(ctx, &settings));
    struct write_view view = {.form_token = request->form_token,
                              .draft = draft->id,
                              .kind = draft->kind,
                              .heading = heading_of(ctx, draft),
                              .about = draft->about,
                              .to = draft->to,
                              .cc = draft->cc,
                              .bcc = draft->bcc,
                              .subject = draft->subject,
                              .text = draft->text,
                              .has_copies = draft->cc.len > 0 || draft->bcc.len > 0,
                              .is_saved = shown.is_saved,
                              .saved = shown.is_saved ? page_when(ctx, draft->saved) : STR(""),
                              .has_error = shown.error != T_none,
                              .error = text_of(ctx->language, shown.error),
                              .detail = shown.detail,
                              .has_detail = shown.detail.len > 0,
                              .undo_s = settings.undo_s,
                              .can_undo = settings.undo_s > 0,
                              .max = page_size(ctx, MAIL_ATTACHMENT_MAX)};
    TRY(fill_identities(ctx, draft->from, &view));
    TRY(fill_people(ctx, &view));
    TRY(fill_parts(ctx, draft, &view));
    fill_start(draft, shown, &view);
    view.has_choice = view.identity_count > 1;
    if (shown.error != T_none)
        response->code = 422;
    struct page_head head = webmail_head(ctx, view.heading);
    head.is_error = shown.error != T_none;
    page_begin(&page, ctx, request, response);
    write_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status webmail_write_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const struct {
        const char *word;
        enum mail_draft_kind kind;
    } kinds[] = {{"reply", MAIL_REPLY}, {"all", MAIL_REPLY_ALL}, {"forward", MAIL_FORWARD}};
    struct mail_draft draft;
    enum mail_draft_kind kind = MAIL_NEW;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(web_value(request, "kind"), str_of(kinds[i].word)))
            kind = kinds[i].kind;
    TRY(mail_draft_begin(ctx, kind, kind == MAIL_NEW ? 0 : web_int(request, "about", 0), &draft));
    struct str to = web_value(request, "to");
    if (kind == MAIL_NEW && to.len > 0 && to.len <= MAIL_HEADER_TEXT_MAX)
        draft.to = to;
    return show(ctx, request, response, &draft, (struct shown){.detail = STR("")});
}

enum status webmail_draft_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_draft draft;
    TRY(mail_draft_get(ctx, webmail_number(request->params[0]), &draft));
    return show(ctx, request, response, &draft, (struct shown){.detail = STR(""), .is_saved = true});
}

/* ---- the form ---- */

static enum status read_draft(struct ctx *ctx, const struct web_request *request, struct mail_draft *draft)
{
    int64_t *kept, kind = web_int(request, "kind", MAIL_NEW);
    if (kind < MAIL_NEW || kind > MAIL_FORWARD)
        return INVALID;
    *draft = (struct mail_draft){.id = web_int(request, "draft", 0), .kind = (enum mail_draft_kind)kind,
                                 .about = web_int(request, "about", 0), .from = web_text(request, "from"),
                                 .to = web_text(request, "to"), .cc = web_text(request, "cc"),
                                 .bcc = web_text(request, "bcc"), .subject = web_text(request, "subject"),
                                 .text = web_text(request, "text")};
    TRY(webmail_ids(ctx, request, "part", &kept, &draft->part_count));
    draft->parts = arena_array(ctx->arena, struct mail_part, draft->part_count + 1);
    if (draft->parts == NULL)
        return LIMIT;
    int64_t dropped = web_int(request, "detach", -1);
    size_t count = 0;
    for (size_t i = 0; i < draft->part_count; i++)
        if (kept[i] != dropped)
            draft->parts[count++].number = kept[i];
    draft->part_count = count;
    return OK;
}

static enum status read_files(struct ctx *ctx, const struct web_request *request, struct mail_file **ret_files,
                              size_t *ret_count)
{
    size_t count = 0;
    struct mail_file *files = arena_array(ctx->arena, struct mail_file, request->fields->count + 1);
    if (files == NULL)
        return LIMIT;
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *from = &request->fields->at[i];
        if (!str_is_absent(from->file_name))
            files[count++] = (struct mail_file){from->file_name, from->content_type, from->value};
    }
    *ret_files = files;
    *ret_count = count;
    return OK;
}

/* The typed text is saved before anything can be refused; the page then shows the draft as kept. */
static enum status show_refused(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                int64_t id, enum text_key error)
{
    struct mail_draft draft;
    struct str detail = ctx->failure.detail;
    TRY(mail_draft_get(ctx, id, &draft));
    return show(ctx, request, response, &draft,
                (struct shown){.error = error, .detail = str_is_absent(detail) ? STR("") : detail, .is_saved = true});
}

static enum status send(struct ctx *ctx, const struct web_request *request, struct web_response *response, int64_t id)
{
    struct mail_sent sent;
    int64_t inbox;
    enum status done = mail_send(ctx, id, &sent);
    bool is_told = done == INVALID || done == DENIED || done == LIMIT || done == NOT_FOUND;
    if (is_told && ctx->failure.sentence != T_none)
        return show_refused(ctx, request, response, id, ctx->failure.sentence);
    TRY(done);
    TRY(mail_folder_by_role(ctx, MAIL_INBOX, &inbox));
    return web_redirect(ctx, response, "/mail/%lld?done=sent&outgoing=%lld", (long long)inbox,
                        sent.until.ms > ctx->now.ms ? (long long)sent.outgoing : 0LL);
}

enum status webmail_draft_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_draft draft;
    struct mail_file *files;
    size_t file_count;
    int64_t id = 0;
    struct str act = web_value(request, "do");
    TRY(read_draft(ctx, request, &draft));
    if (str_eq(act, STR("drop"))) {
        if (draft.id != 0)
            TRY(mail_draft_drop(ctx, draft.id));
        return web_redirect(ctx, response, "/mail?done=dropped");
    }
    TRY(read_files(ctx, request, &files, &file_count));
    enum status done = mail_draft_save(ctx, &draft, files, file_count, &id);
    if (done == LIMIT && id != 0)
        return show_refused(ctx, request, response, id, ctx->failure.sentence);
    TRY(done);
    if (str_eq(act, STR("send")))
        return send(ctx, request, response, id);
    if (request->wants_fragment) {
        response->content_type = STR("application/json");
        buf_add_format(&response->body, "{\"draft\":%lld}\n", (long long)id);
        return OK;
    }
    return web_redirect(ctx, response, "/mail/draft/%lld", (long long)id);
}

enum status webmail_undo(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t draft;
    TRY(mail_send_undo(ctx, web_int(request, "outgoing", 0), &draft));
    return web_redirect(ctx, response, "/mail/draft/%lld", (long long)draft);
}

static void add_json_text(struct buf *out, struct str text)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte == '"' || byte == '\\' || byte == '<' || byte < ' ')
            buf_add_format(out, "\\u%04x", byte);
        else
            buf_add_byte(out, text.at[i]);
    }
    buf_add_byte(out, '"');
}

/* For enhance.js: [{"name":…,"address":…}]. */
enum status webmail_complete_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_identity *found;
    size_t count;
    struct str text = str_trim(web_value(request, "q"));
    if (text.len > MAIL_QUERY_MAX)
        return LIMIT;
    TRY(mail_complete(ctx, text, &found, &count));
    response->content_type = STR("application/json");
    buf_add_byte(&response->body, '[');
    for (size_t i = 0; i < count; i++) {
        buf_add_format(&response->body, "%s{\"name\":", i > 0 ? "," : "");
        add_json_text(&response->body, found[i].name);
        buf_add_literal(&response->body, ",\"address\":");
        add_json_text(&response->body, found[i].address);
        buf_add_byte(&response->body, '}');
    }
    buf_add_literal(&response->body, "]\n");
    return buf_status(&response->body);
}
