#include "proto/html/typed.h"
#include "service/mail/lang.h"
#include "service/mail/web/print_html.h"
#include "service/mail/web/read_html.h"
#include "service/mail/web/webmail.h"

/* ---- one message ---- */

enum { FRAME_HEIGHT_MIN = 140, FRAME_HEIGHT_MAX = 700 }; /* CSS pixels */

static struct str proof_tag(struct ctx *ctx, enum mail_proof proof)
{
    static const enum text_key tags[] = {T_mail_proof_none, T_mail_proof_domain, T_mail_proof_house,
                                         T_mail_proof_false};
    return text_of(ctx->language, tags[proof]);
}

static struct str proof_words(struct ctx *ctx, enum mail_proof proof)
{
    static const enum text_key words[] = {T_mail_proof_none_text, T_mail_proof_domain_text, T_mail_proof_house_text,
                                          T_mail_proof_false_text};
    return text_of(ctx->language, words[proof]);
}

static enum status fill_parts(struct ctx *ctx, const struct mail_message *from, struct read_message *message)
{
    message->parts = arena_array(ctx->arena, struct read_message_part, from->part_count + 1);
    if (message->parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < from->part_count; i++) {
        const struct mail_part *part = &from->parts[i];
        struct str name = part->file_name.len > 0 ? part->file_name : text_of(ctx->language, T_mail_no_name);
        if (part->is_inline && from->has_html)
            continue;
        message->parts[message->part_count++] = (struct read_message_part){
            .name = name, .kind = webmail_part_kind(ctx, part->type, name), .size = page_size(ctx, part->size),
            .path = str_format(ctx->arena, "/mail/message/%lld/part/%lld", (long long)from->id,
                               (long long)part->number)};
    }
    message->has_parts = message->part_count > 0;
    return OK;
}

/* The text as markup; what answers it is above, so a long quotation at the end is folded. */
static enum status fill_text(struct ctx *ctx, struct str from, bool is_folded, struct html_part *ret_text)
{
    struct buf markup BUF_SCOPE = BUF_INIT(HTML_PAGE_MAX);
    struct html html = {.out = &markup, .language = ctx->language};
    typed_write(&html, from, is_folded ? text_of(ctx->language, T_mail_quoted) : STR_NONE);
    TRY(buf_status(&markup));
    ret_text->bytes = str_copy(ctx->arena, buf_str(&markup));
    return str_is_absent(ret_text->bytes) ? LIMIT : OK;
}

/* Without a script the frame cannot take the height of what it shows: about that of its lines. */
static int64_t frame_height(struct str text)
{
    int64_t height = 60;
    while (!str_is_absent(text) && height < FRAME_HEIGHT_MAX)
        height += 26 * (1 + (int64_t)str_cut(&text, '\n').len / 110);
    return height < FRAME_HEIGHT_MIN ? FRAME_HEIGHT_MIN : height;
}

/* Whether pictures wait to be asked for, and how many. */
static enum status fill_images(struct ctx *ctx, const struct web_request *request, const struct mail_message *from,
                               struct read_message *message)
{
    struct buf body BUF_SCOPE = BUF_INIT(HTML_PAGE_MAX);
    bool shows;
    if (!from->has_html)
        return OK;
    TRY(webmail_shows_images(ctx, from, &shows));
    shows |= web_int(request, "images", 0) == from->id;
    enum status done = webmail_body(ctx, from->id, shows, &body, &message->held);
    if (done == LIMIT || done == NOT_FOUND) { /* too large to be shown as it was meant: its text is */
        message->has_html = false;
        message->is_text = true;
        return OK;
    }
    TRY(done);
    message->has_held = message->held > 0;
    if (web_int(request, "images", 0) == from->id)
        message->frame_path = str_format(ctx->arena, "/mail/message/%lld/html?images", (long long)from->id);
    message->once_path = str_format(ctx->arena, "%.*s?images=%lld", STR_ARG(request->path), (long long)from->id);
    message->back = request->path;
    message->images_path = str_format(ctx->arena, "/mail/message/%lld/images", (long long)from->id);
    message->form_token = request->form_token;
    return OK;
}

static enum status fill_message(struct ctx *ctx, const struct mail_message *from, struct read_message *message)
{
    bool is_known = from->from_name.len > 0;
    *message = (struct read_message){
        .from = is_known ? from->from_name : from->from_address,
        .address = from->from_address,
        .has_address = is_known,
        .to = from->to,
        .to_names = from->to_names,
        .cc = from->cc,
        .has_cc = from->cc.len > 0,
        .bcc = from->bcc,
        .has_bcc = from->bcc.len > 0,
        .moment = page_moment(ctx, from->at),
        .iso = page_iso(ctx, from->at),
        .excerpt = from->excerpt,
        .is_text_cut = from->is_text_cut,
        .frame_height = frame_height(from->text),
        .is_text = !from->has_html,
        .has_html = from->has_html,
        .is_draft = from->is_draft,
        .is_sound = from->proof == MAIL_PROOF_HOUSE || from->proof == MAIL_PROOF_DOMAIN,
        .is_unsure = from->proof == MAIL_PROOF_NONE,
        .is_false = from->proof == MAIL_PROOF_FALSE,
        .proof = proof_tag(ctx, from->proof),
        .proof_text = proof_words(ctx, from->proof),
        .reply_path = str_format(ctx->arena, "/mail/write?kind=reply&about=%lld", (long long)from->id),
        .all_path = str_format(ctx->arena, "/mail/write?kind=all&about=%lld", (long long)from->id),
        .forward_path = str_format(ctx->arena, "/mail/write?kind=forward&about=%lld", (long long)from->id),
        .draft_path = str_format(ctx->arena, "/mail/draft/%lld", (long long)from->draft),
        .frame_path = str_format(ctx->arena, "/mail/message/%lld/html", (long long)from->id),
        .print_path = str_format(ctx->arena, "/mail/message/%lld/print", (long long)from->id),
        .source_path = str_format(ctx->arena, "/mail/message/%lld/source", (long long)from->id)};
    TRY(fill_text(ctx, from->text, true, &message->text));
    return fill_parts(ctx, from, message);
}

/* ---- a conversation ---- */

/* Unread ones and the newest stand open; the rest is folded. */
static enum status fill_messages(struct ctx *ctx, const struct web_request *request, const struct mail_reading *from,
                                 struct read_view *view)
{
    view->messages = arena_array(ctx->arena, struct read_message, from->count + 1);
    if (view->messages == NULL)
        return LIMIT;
    for (size_t i = 0; i < from->count; i++) {
        TRY(fill_message(ctx, &from->at[i], &view->messages[i]));
        TRY(fill_images(ctx, request, &from->at[i], &view->messages[i]));
        view->messages[i].is_open = i + 1 == from->count || from->at[i].is_unread;
        view->is_flagged |= from->at[i].is_flagged;
    }
    view->message_count = from->count;
    return OK;
}

static struct str neighbour(struct ctx *ctx, struct str base, int64_t conversation)
{
    return str_format(ctx->arena, "%.*s/c/%lld", STR_ARG(base), (long long)conversation);
}

static void fill_place(struct ctx *ctx, const struct mail_reading *from, int64_t folder, struct read_view *view)
{
    struct mail_folder found;
    enum mail_role role = folder > 0 && mail_folder_get(ctx, folder, &found) == OK ? found.role : MAIL_OWN;
    struct str base = webmail_folder_path(ctx, folder);
    view->back = base;
    view->folder = webmail_folder_name(ctx, folder);
    view->has_newer = from->newer != 0;
    view->has_older = from->older != 0;
    view->newer = neighbour(ctx, base, from->newer);
    view->older = neighbour(ctx, base, from->older);
    view->is_trash = role == MAIL_TRASH || folder == MAIL_FOLDER_DELETED;
    view->can_archive = !view->is_trash && role != MAIL_ARCHIVE && role != MAIL_DRAFTS;
    view->can_delete = folder != MAIL_FOLDER_DELETED;
    view->can_move = folder != MAIL_FOLDER_DELETED && role != MAIL_DRAFTS;
}

enum status webmail_read_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t folder = webmail_folder_id(request->params[0]), id = webmail_number(request->params[1]), changed;
    struct mail_reading found;
    struct page page;
    if (folder == 0 || id == 0)
        return NOT_FOUND;
    TRY(mail_read(ctx, id, folder, &found));
    struct mail_selection selection = {.folder = folder, .ids = &id, .count = 1};
    if (folder != MAIL_FOLDER_DELETED)
        TRY(mail_mark(ctx, &selection, MAIL_READ, &changed));
    bool has_subject = found.subject.len > 0;
    struct read_view view = {.form_token = request->form_token,
                             .subject = has_subject ? found.subject : text_of(ctx->language, T_mail_no_subject),
                             .left_out = found.left_out,
                             .has_where = web_has(request, "where"),
                             .has_left_out = found.left_out > 0,
                             .action = str_format(ctx->arena, "%.*s/c/%lld/act",
                                                  STR_ARG(webmail_folder_path(ctx, folder)), (long long)id)};
    TRY(webmail_side(ctx, folder, &view.side));
    TRY(webmail_targets(ctx, folder, &view.targets));
    TRY(fill_messages(ctx, request, &found, &view));
    fill_place(ctx, &found, folder, &view);
    if (found.count > 0) {
        const struct read_message *last = &view.messages[found.count - 1];
        view.reply_path = last->reply_path;
        view.all_path = last->all_path;
        view.forward_path = last->forward_path;
        view.can_reply = !found.at[found.count - 1].is_draft;
    }
    struct page_head head = webmail_head(ctx, view.subject);
    page_begin(&page, ctx, request, response);
    read_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status webmail_read_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id = webmail_number(request->params[1]), changed;
    struct mail_selection selection = {.folder = webmail_folder_id(request->params[0]), .ids = &id, .count = 1};
    struct str act = web_value(request, "do"), base = webmail_folder_path(ctx, selection.folder);
    if (selection.folder == 0 || id == 0)
        return NOT_FOUND;
    if (str_eq(act, STR("move")) && web_int(request, "to", 0) == 0)
        return web_redirect(ctx, response, "%.*s/c/%lld?where", STR_ARG(base), (long long)id);
    TRY(webmail_act(ctx, request, &selection, &changed));
    if (str_eq(act, STR("flag")) || str_eq(act, STR("unflag")))
        return web_redirect(ctx, response, "%.*s/c/%lld", STR_ARG(base), (long long)id);
    return web_redirect(ctx, response, "%.*s?done=%.*s&count=%lld", STR_ARG(base), STR_ARG(act), (long long)changed);
}

/* ---- on paper ---- */

enum status webmail_print_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_message found;
    struct page page;
    TRY(mail_message_get(ctx, webmail_number(request->params[0]), &found));
    bool has_subject = found.subject.len > 0;
    struct print_view view = {
        .subject = has_subject ? found.subject : text_of(ctx->language, T_mail_no_subject),
        .from = found.from_name, .address = found.from_address, .to = found.to, .cc = found.cc,
        .has_cc = found.cc.len > 0, .moment = page_moment(ctx, found.at),
        .parts = arena_array(ctx->arena, struct print_part, found.part_count + 1)};
    if (view.parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < found.part_count; i++)
        view.parts[view.part_count++] = (struct print_part){
            .name = found.parts[i].file_name, .size = page_size(ctx, found.parts[i].size)};
    view.has_parts = view.part_count > 0;
    TRY(fill_text(ctx, found.text, false, &view.text));
    struct page_head head = webmail_head(ctx, view.subject);
    page_begin(&page, ctx, request, response);
    print_html(&page.html, &view);
    return page_end(&page, &head);
}
