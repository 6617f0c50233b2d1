#include "service/mail/arrival.h"

#include "core/town.h"
#include "proto/mime/header.h"

/* CFWS of RFC 5322 section 3.2.2: blanks, line ends and comments, which nest. */
static struct str after_blanks(struct str text)
{
    size_t depth = 0, at = 0;
    for (; at < text.len; at++) {
        char c = text.at[at];
        if (depth > 0 && c == '\\')
            at++;
        else if (c == '(')
            depth++;
        else if (depth > 0 && c == ')')
            depth--;
        else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n')
            break;
    }
    return str_after(text, at);
}

/* The authserv-id: a token or a quoted string (RFC 8601 section 2.2). Absent when there is none. */
static struct str authserv_id(struct str value)
{
    struct str text = after_blanks(value);
    bool is_quoted = text.len > 0 && text.at[0] == '"';
    size_t end = 0;
    if (is_quoted) {
        text = str_after(text, 1);
        end = str_find_byte(text, '"');
        struct str inside = str_slice(text, 0, end);
        return end == SIZE_MAX || str_find_byte(inside, '\\') != SIZE_MAX ? STR_NONE : inside;
    }
    while (end < text.len && text.at[end] > ' ' && strchr(";()<>@,:\\\"/[]?=", text.at[end]) == NULL)
        end++;
    return end > 0 ? str_slice(text, 0, end) : STR_NONE;
}

static bool is_within(struct str name, struct str domain)
{
    if (domain.len == 0 || !str_ends_nocase(name, domain))
        return false;
    return name.len == domain.len || name.at[name.len - domain.len - 1] == '.';
}

static bool is_ours(const struct ctx *ctx, const struct arrival *arrival, struct str id)
{
    if (str_ends(id, STR(".")))
        id.len--;
    if (arrival->host.len > 0 && str_eq_nocase(id, arrival->host))
        return true;
    for (size_t i = 0; i < ctx->town->domain_count; i++)
        if (is_within(id, ctx->town->domains[i]))
            return true;
    return false;
}

static bool is_dropped(const struct ctx *ctx, const struct arrival *arrival, const struct header_field *field)
{
    if (str_eq_nocase(field->name, STR("Return-Path")))
        return true;
    if (!str_eq_nocase(field->name, STR("Authentication-Results")))
        return false;
    struct str id = authserv_id(field->value);
    return str_is_absent(id) || is_ours(ctx, arrival, id);
}

bool arrival_is_line(struct str lines)
{
    struct header_field field;
    struct str rest = lines;
    return lines.len <= ARRIVAL_RECEIVED_MAX && str_ends(lines, STR("\r\n")) && header_next(&rest, &field) &&
           rest.len == 0 && str_eq(field.name, STR("Received")) && str_find_byte(lines, '\0') == SIZE_MAX;
}

/* Runs of lines that stay are appended at once. */
static void add_header(struct buf *out, const struct ctx *ctx, const struct arrival *arrival, struct str header)
{
    struct str kept = header;
    size_t kept_len = 0;
    while (header.len > 0) {
        struct header_field field;
        struct str lines = header_take_lines(&header);
        if (!header_split(lines, &field) || !is_dropped(ctx, arrival, &field)) {
            kept_len += lines.len;
            continue;
        }
        buf_add(out, str_slice(kept, 0, kept_len));
        kept = header;
        kept_len = 0;
    }
    buf_add(out, str_slice(kept, 0, kept_len));
}

enum status arrival_write(struct buf *out, const struct ctx *ctx, const struct arrival *arrival, struct str message)
{
    size_t length = header_length(message);
    if (arrival->received.len > 0 && !arrival_is_line(arrival->received))
        return INVALID;
    (void)buf_reserve(out, message.len + ARRIVAL_ADDED_MAX); /* once: a large message is not moved while it grows */
    buf_add_format(out, "Return-Path: <%.*s>\r\n", STR_ARG(arrival->sender));
    buf_add(out, arrival->received);
    add_header(out, ctx, arrival, str_slice(message, 0, length));
    buf_add(out, str_after(message, length));
    return buf_status(out);
}
