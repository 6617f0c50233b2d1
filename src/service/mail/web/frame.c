/* The HTML of one message, made harmless, as a document of its own for the frame of the reading page. */
#include "proto/html/sanitise.h"
#include "service/mail/lang.h"
#include "service/mail/web/frame_html.h"
#include "service/mail/web/webmail.h"

/* Nothing runs, nothing is sent; pictures of the message itself, and others once they were asked for. The frame's own
 * sandbox is said here too, for whoever opens the address alone. It keeps the host's origin, without which neither the
 * style sheet nor the message's own pictures may load; never together with scripts, which could then leave it. */
#define POLICY_START "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
#define POLICY_END                                                                                                     \
    "; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; "                                                  \
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

enum status webmail_body(struct ctx *ctx, int64_t message, bool shows_images, struct buf *out, int64_t *ret_held)
{
    struct str source;
    struct html html = {.out = out, .language = ctx->language};
    struct sanitise_result result;
    struct sanitise_options options = {
        .shows_images = shows_images, .held_words = text_of(ctx->language, T_mail_image_held),
        .inline_path = str_format(ctx->arena, "/mail/message/%lld/inline/", (long long)message)};
    TRY(mail_message_html(ctx, message, &source));
    TRY(sanitise(source, &options, &html, &result));
    *ret_held = result.images_held;
    return OK;
}

enum status webmail_shows_images(struct ctx *ctx, const struct mail_message *message, bool *ret_shows)
{
    struct mail_settings settings;
    bool is_proved = message->proof == MAIL_PROOF_HOUSE || message->proof == MAIL_PROOF_DOMAIN;
    TRY(mail_settings_get(ctx, &settings));
    TRY(mail_images_allowed(ctx, message->from_address, ret_shows));
    *ret_shows |= settings.shows_images && is_proved;
    return OK;
}

enum status webmail_frame_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct buf body BUF_SCOPE = BUF_INIT(HTML_PAGE_MAX);
    struct mail_message message;
    int64_t id = webmail_number(request->params[0]), held;
    bool shows_images;
    TRY(mail_message_get(ctx, id, &message));
    TRY(webmail_shows_images(ctx, &message, &shows_images));
    shows_images |= web_has(request, "images");
    TRY(webmail_body(ctx, id, shows_images, &body, &held));
    struct html html = {.out = &response->body, .language = ctx->language};
    struct frame_view view = {.language = language_code(ctx->language), .title = message.subject,
                              .body = {buf_str(&body)}};
    frame_html(&html, &view);
    response->policy = shows_images ? STR(POLICY_START " https: http:" POLICY_END) : STR(POLICY_START POLICY_END);
    return buf_status(&response->body);
}

/* From now on pictures of this sender load without asking. */
enum status webmail_images(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct mail_message message;
    TRY(mail_message_get(ctx, webmail_number(request->params[0]), &message));
    TRY(mail_images_allow(ctx, message.from_address));
    return web_redirect(ctx, response, "%.*s", STR_ARG(web_local_path(web_value(request, "back"), STR("/mail"))));
}
