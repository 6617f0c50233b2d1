#include "proto/mime/text.h"

#include "base/utf8.h"
#include "proto/mime/charset.h"
#include "proto/mime/file_name.h"
#include "proto/mime/header.h"
#include "proto/mime/html_text.h"
#include "proto/mime/lex.h"
#include "proto/mime/message_id.h"
#include "proto/mime/section.h"

enum { NAMES_MAX = 64 << 10 };

/* ---- one part ---- */

/* Line ends become LF and NUL goes. */
static void add_clean(struct buf *out, struct str text)
{
    while (text.len > 0 && !out->is_over) {
        size_t plain = 0;
        while (plain < text.len && text.at[plain] != '\r' && text.at[plain] != '\0')
            plain++;
        struct str kept = utf8_prefix(str_slice(text, 0, plain), out->max - out->len);
        buf_add(out, kept);
        out->is_over = kept.len < plain;
        text = str_after(text, plain);
        if (str_starts(text, STR("\r")) && !str_starts(text, STR("\r\n")))
            buf_add_byte(out, '\n');
        text = str_after(text, 1);
    }
}

enum status text_read_part(struct buf *out, struct arena *arena, const struct mime *mime,
                           const struct mime_part *part)
{
    size_t room = out->max - out->len;
    struct str body = mime_body(mime, part);
    struct parameter_list list;
    TRY(mime_type_parameters(arena, part, &list));
    struct buf decoded BUF_SCOPE = BUF_INIT(body.len + 3 < room * 2 ? body.len + 3 : room * 2);
    struct buf text BUF_SCOPE = BUF_INIT(decoded.max * 3);
    transfer_decode(&decoded, part->transfer, body);
    charset_to_utf8(&text, parameter_raw(&list, STR("charset")), buf_str(&decoded));
    add_clean(out, buf_str(&text));
    out->is_over = out->is_over || decoded.is_over || text.is_over;
    return OK;
}

/* The same, HTML without its markup. */
static enum status read_as_text(struct buf *out, struct arena *arena, const struct mime *mime,
                                const struct mime_part *part)
{
    if (!mime_is(part, STR("text"), STR("html")))
        return text_read_part(out, arena, mime, part);
    struct buf markup BUF_SCOPE = BUF_INIT(mime_body(mime, part).len * 3 + 3);
    TRY(text_read_part(&markup, arena, mime, part));
    html_text_write(out, buf_str(&markup));
    return OK;
}

/* ---- the body ---- */

static enum status keep(struct arena *arena, const struct buf *text, struct str *ret_text)
{
    *ret_text = str_copy(arena, buf_str(text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static void end_line(struct buf *out)
{
    if (out->len > 0 && !str_ends(buf_str(out), STR("\n")))
        buf_add_byte(out, '\n');
}

enum status text_display(struct arena *arena, const struct mime *mime, size_t max,
                         struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(max);
    struct body_parts parts;
    TRY(body_parts_of(arena, mime, &parts));
    for (size_t i = 0; i < parts.text.count; i++) {
        end_line(&text);
        if (mime_is(parts.text.at[i], STR("text"), STR_NONE))
            TRY(read_as_text(&text, arena, mime, parts.text.at[i]));
    }
    if (mime->parts->kind == MIME_MULTIPART && mime->parts->first_child == MIME_NONE)
        TRY(text_read_part(&text, arena, mime, mime->parts));
    return keep(arena, &text, ret_text);
}

enum status text_markup(struct arena *arena, const struct mime *mime, size_t max,
                        struct str *ret_markup)
{
    struct buf markup BUF_SCOPE = BUF_INIT(max);
    struct body_parts parts;
    bool has_markup = false;
    TRY(body_parts_of(arena, mime, &parts));
    for (size_t i = 0; i < parts.html.count; i++) {
        bool is_markup = mime_is(parts.html.at[i], STR("text"), STR("html"));
        has_markup = has_markup || is_markup;
        if (is_markup)
            TRY(text_read_part(&markup, arena, mime, parts.html.at[i]));
    }
    *ret_markup = STR_NONE;
    return has_markup ? keep(arena, &markup, ret_markup) : OK;
}

/* ---- preview ---- */

static bool is_quoted_line(struct str line)
{
    return str_starts(str_trim(line), STR(">"));
}

/* The line after this one, without empty lines. */
static struct str line_after(struct str rest)
{
    struct str line = STR("");
    while (!str_is_absent(rest) && str_trim(line).len == 0)
        line = str_cut(&rest, '\n');
    return line;
}

/* "Le 24 novembre, Accueil a écrit :" before a quotation. */
static bool is_introduction(struct str line, struct str rest)
{
    return str_ends(str_trim(line), STR(":")) && is_quoted_line(line_after(rest));
}

/* Where what the sender wrote ends: the signature (RFC 3676 section 4.3), or a message quoted whole
 * below. */
static bool is_end(struct str line)
{
    struct str text = str_trim(line);
    return str_eq(line, STR("-- ")) || str_eq(line, STR("--")) || str_starts(text, STR("-----")) ||
           str_starts(text, STR("_____"));
}

static void add_words(struct buf *out, struct str line)
{
    for (size_t i = 0; i < line.len; i++) {
        bool is_blank = (uint8_t)line.at[i] <= ' ' || line.at[i] == 0x7F;
        if (!is_blank)
            buf_add_byte(out, line.at[i]);
        else if (out->len > 0 && !str_ends(buf_str(out), STR(" ")))
            buf_add_byte(out, ' ');
    }
    if (out->len > 0 && !str_ends(buf_str(out), STR(" ")))
        buf_add_byte(out, ' ');
}

static void add_preview(struct buf *out, struct str text, bool is_all)
{
    while (!str_is_absent(text) && !out->is_over) {
        struct str line = str_cut(&text, '\n');
        if (str_ends(line, STR("\r")))
            line = str_slice(line, 0, line.len - 1);
        if (!is_all && is_end(line) && out->len > 0)
            return;
        if (is_all || !(is_quoted_line(line) || is_introduction(line, text) || is_end(line)))
            add_words(out, line);
    }
}

/* At most TEXT_PREVIEW_MAX characters, ended at a blank when one is near. */
static struct str cut_preview(struct str line)
{
    struct str rest = line;
    for (size_t i = 0; i < TEXT_PREVIEW_MAX && rest.len > 0; i++)
        utf8_next(&rest);
    size_t kept = line.len - rest.len;
    size_t blank = str_find_byte_last(str_slice(line, 0, kept), ' ');
    if (rest.len > 0 && blank != SIZE_MAX && blank + 30 > kept)
        kept = blank;
    return str_trim(str_slice(line, 0, kept));
}

struct str text_preview(struct arena *arena, struct str text)
{
    /* Twice as many bytes as characters of four could take: enough whatever is cut. */
    struct buf line BUF_SCOPE = BUF_INIT(TEXT_PREVIEW_MAX * 8);
    text = utf8_prefix(text, 64 << 10);
    add_preview(&line, text, false);
    if (line.len == 0)
        add_preview(&line, text, true);
    return str_copy(arena, cut_preview(buf_str(&line)));
}

/* ---- attachments ---- */

static size_t decoded_size(const struct mime *mime, const struct mime_part *part)
{
    struct str body = mime_body(mime, part);
    if (part->transfer == TRANSFER_QUOTED && body.len <= 1 << 20) {
        struct buf decoded BUF_SCOPE = BUF_INIT(body.len);
        transfer_decode(&decoded, part->transfer, body);
        return decoded.len;
    }
    if (part->transfer != TRANSFER_BASE64)
        return body.len;
    size_t padding = 0;
    struct str text = str_trim(body);
    while (padding < 2 && padding < text.len && text.at[text.len - 1 - padding] == '=')
        padding++;
    size_t ends = part->body_lines * (str_find(body, STR("\r\n")) == SIZE_MAX ? 1 : 2);
    size_t characters = body.len > ends + padding ? body.len - ends - padding : 0;
    return characters * 3 / 4;
}

static struct str lower_type(struct arena *arena, const struct mime_part *part)
{
    struct str type = str_format(arena, "%.*s/%.*s", STR_ARG(part->type), STR_ARG(part->subtype));
    return str_lower(arena, type);
}

/* The sender's name made safe; a message within is named after its subject; else "part-2.1.pdf". */
static enum status name_attachment(struct arena *arena, const struct mime *mime,
                                   const struct mime_part *part, struct attachment *attachment)
{
    struct str name;
    TRY(body_part_name(arena, part, &name));
    if (name.len == 0 && part->kind == MIME_MESSAGE) {
        struct str header = mime_header(mime, &mime->parts[part->first_child]);
        struct str subject = header_text(arena, header_find(header, STR("Subject")));
        name = subject.len > 0 ? str_format(arena, "%.*s.eml", STR_ARG(subject)) : STR_NONE;
    }
    attachment->name = name.len > 0 ? file_name_safe(arena, name) : STR_NONE;
    if (str_is_absent(attachment->name))
        attachment->name = str_format(arena, "part-%.*s%.*s", STR_ARG(attachment->path),
                                      STR_ARG(file_name_ending(attachment->type)));
    return str_is_absent(attachment->name) ? LIMIT : OK;
}

static enum status describe(struct arena *arena, const struct mime *mime,
                            const struct mime_part *part, struct attachment *attachment)
{
    struct buf path BUF_SCOPE = BUF_INIT(MIME_DEPTH_MAX * 11);
    struct str id = part->id;
    section_write_path(&path, mime, part);
    const struct mime_part *parent = &mime->parts[part->parent];
    *attachment = (struct attachment){.type = lower_type(arena, part),
                                      .path = str_copy(arena, buf_str(&path)),
                                      .content_id = message_id_next(arena, &id),
                                      .size = decoded_size(mime, part)};
    attachment->is_inline = !str_is_absent(attachment->content_id) && part != parent &&
                            mime_is(parent, STR("multipart"), STR("related"));
    if (str_is_absent(attachment->type) || str_is_absent(attachment->path))
        return LIMIT;
    return name_attachment(arena, mime, part, attachment);
}

enum status text_attachments(struct arena *arena, const struct mime *mime,
                             struct attachment_list *ret_list)
{
    struct attachment_list list = {0};
    struct body_parts parts;
    TRY(body_parts_of(arena, mime, &parts));
    for (size_t i = 0; i < parts.attachments.count && i < TEXT_ATTACHMENTS_MAX; i++) {
        struct attachment *attachment = list_add(&list, arena, TEXT_ATTACHMENTS_MAX);
        if (attachment == NULL)
            return LIMIT;
        TRY(describe(arena, mime, parts.attachments.at[i], attachment));
    }
    *ret_list = list;
    return OK;
}

const struct mime_part *text_part_by_id(struct arena *arena, const struct mime *mime,
                                        struct str content_id)
{
    for (uint32_t i = 0; i < mime->count; i++) {
        struct str value = mime->parts[i].id;
        struct str id = message_id_next(arena, &value);
        if (!str_is_absent(id) && str_eq(id, content_id))
            return &mime->parts[i];
    }
    return NULL;
}

/* ---- search ---- */

static enum status find_text(struct arena *arena, struct str header, struct str name,
                             struct str *ret_text)
{
    struct str value = header_find(header, name);
    *ret_text = str_is_absent(value) ? STR("") : header_text(arena, value);
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static enum status add_inner_header(struct buf *out, struct arena *arena, struct str header)
{
    static const struct str names[] = {STR_INIT("Subject"), STR_INIT("From"), STR_INIT("To")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str text;
        TRY(find_text(arena, header, names[i], &text));
        end_line(out);
        buf_add(out, text);
    }
    return OK;
}

static enum status collect_body(struct buf *out, struct arena *arena, const struct mime *mime)
{
    for (uint32_t i = 0; i < mime->count && !out->is_over; i++) {
        const struct mime_part *part = &mime->parts[i];
        end_line(out);
        if (part != mime->parts && mime->parts[part->parent].kind == MIME_MESSAGE)
            TRY(add_inner_header(out, arena, mime_header(mime, part)));
        end_line(out);
        if (part->kind == MIME_LEAF && mime_is(part, STR("text"), STR_NONE))
            TRY(read_as_text(out, arena, mime, part));
    }
    if (mime->parts->kind == MIME_MULTIPART && mime->parts->first_child == MIME_NONE)
        TRY(text_read_part(out, arena, mime, mime->parts));
    return OK;
}

static enum status collect_names(struct arena *arena, const struct mime *mime,
                                 struct str *ret_names)
{
    struct buf names BUF_SCOPE = BUF_INIT(NAMES_MAX);
    struct attachment_list list;
    TRY(text_attachments(arena, mime, &list));
    for (size_t i = 0; i < list.count; i++) {
        end_line(&names);
        buf_add(&names, list.at[i].name);
    }
    return keep(arena, &names, ret_names);
}

enum status text_for_search(struct arena *arena, const struct mime *mime, size_t max,
                            struct search_text *ret_text)
{
    struct buf body BUF_SCOPE = BUF_INIT(max);
    struct search_text text = {.is_cut = false};
    struct str header = mime_header(mime, mime->parts);
    TRY(find_text(arena, header, STR("Subject"), &text.subject));
    TRY(find_text(arena, header, STR("From"), &text.from));
    TRY(find_text(arena, header, STR("To"), &text.to));
    TRY(find_text(arena, header, STR("Cc"), &text.cc));
    TRY(collect_names(arena, mime, &text.attachments));
    TRY(collect_body(&body, arena, mime));
    TRY(keep(arena, &body, &text.body));
    text.is_cut = body.is_over;
    *ret_text = text;
    return OK;
}
