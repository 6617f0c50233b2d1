#include "core/web_head.h"

#include "proto/http/http_response.h"

/* Scripts, styles and pictures of this host alone; a page is framed by nobody. */
#define POLICY                                                                                     \
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "             \
    "form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"

static enum status fixed_headers(struct buf *out, const struct web_response *response, bool is_secure)
{
    static const struct {
        const char *name, *value;
    } fixed[] = {
        {"Referrer-Policy", "same-origin"},
        {"X-Content-Type-Options", "nosniff"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        TRY(http_response_header(out, fixed[i].name, str_of(fixed[i].value)));
    if (is_secure)
        TRY(http_response_header(out, "Strict-Transport-Security", STR("max-age=31536000")));
    TRY(http_response_header(out, "Content-Security-Policy",
                             str_is_absent(response->policy) ? STR(POLICY) : response->policy));
    return http_response_header(out, "Cache-Control",
                                response->is_cacheable ? STR("public, max-age=31536000, immutable") : STR("no-store"));
}

static enum status own_headers(struct buf *out, const struct web_response *response, bool is_secure)
{
    if (response->content_type.len > 0)
        TRY(http_response_header(out, "Content-Type", response->content_type));
    if (!str_is_absent(response->location))
        TRY(http_response_header(out, "Location", response->location));
    if (response->is_unlisted)
        TRY(http_response_header(out, "X-Robots-Tag", STR("noindex")));
    if (response->file_name.len > 0)
        http_response_file_name(out, response->file_name);
    if (str_is_absent(response->set_cookie))
        return OK;
    return http_response_cookie(out, (struct http_cookie){.name = WEB_SESSION_COOKIE,
                                                          .value = response->set_cookie,
                                                          .max_age_s = response->set_cookie.len > 0 ? -1 : 0,
                                                          .is_secure = is_secure});
}

enum status web_head(struct buf *out, const struct web_response *response, uint64_t length, struct web_edge edge)
{
    http_response_begin(out, response->code);
    http_response_date(out, edge.now);
    TRY(fixed_headers(out, response, edge.is_secure));
    TRY(own_headers(out, response, edge.is_secure));
    if (edge.is_closing)
        TRY(http_response_header(out, "Connection", STR("close")));
    http_response_length(out, length);
    http_response_end(out);
    return buf_status(out);
}
