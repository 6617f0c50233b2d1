#include "proto/mime/bodystructure.h"

#include "proto/mime/envelope.h"
#include "proto/mime/header.h"
#include "proto/mime/imap_text.h"

struct writer {
    struct buf *out;
    struct arena *arena;
    const struct mime *mime;
    bool is_extended;
};

static void add_parameters(struct buf *out, const struct parameter_list *list)
{
    if (list->count == 0) {
        buf_add_literal(out, "NIL");
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct parameter *parameter = &list->at[i];
        buf_add_byte(out, i == 0 ? '(' : ' ');
        /* Names are tokens without 8-bit bytes in all real mail; a literal says any other
         * exactly. */
        struct buf name BUF_SCOPE = BUF_INIT(HEADER_VALUE_MAX + 1);
        buf_add(&name, parameter->name);
        if (parameter->is_extended)
            buf_add_byte(&name, '*');
        imap_text_string(out, buf_str(&name));
        buf_add_byte(out, ' ');
        imap_text_string(out, parameter->value);
    }
    buf_add_byte(out, ')');
}

static enum status write_type_parameters(struct writer *writer, const struct mime_part *part)
{
    struct parameter_list list;
    TRY(mime_type_parameters(writer->arena, part, &list));
    if (str_is_absent(part->content_type) && mime_is(part, STR("text"), STR("plain")))
        buf_add_literal(writer->out, "(\"charset\" \"us-ascii\")");
    else
        add_parameters(writer->out, &list);
    return OK;
}

static void write_field(struct writer *writer, struct str value)
{
    struct str line = header_unfold(writer->arena, value);
    buf_add_byte(writer->out, ' ');
    imap_text_nstring(writer->out, line.len > 0 ? line : STR_NONE);
}

/* NIL or ("attachment" ("filename" "x")) */
static enum status write_disposition(struct writer *writer, const struct mime_part *part)
{
    struct str rest = part->disposition;
    struct str type = parameter_token(&rest);
    struct parameter_list list;
    if (str_is_absent(type)) {
        buf_add_literal(writer->out, " NIL");
        return OK;
    }
    TRY(parameter_parse(writer->arena, rest, &list));
    buf_add_literal(writer->out, " (");
    imap_text_string(writer->out, type);
    buf_add_byte(writer->out, ' ');
    add_parameters(writer->out, &list);
    buf_add_byte(writer->out, ')');
    return OK;
}

/* NIL, "fr" or ("fr" "en") (RFC 3282) */
static void write_languages(struct writer *writer, const struct mime_part *part)
{
    struct str rest = header_unfold(writer->arena, part->language);
    bool is_list = str_find_byte(rest, ',') != SIZE_MAX;
    if (!is_list) {
        write_field(writer, rest);
        return;
    }
    buf_add_literal(writer->out, " (");
    for (bool is_first = true; !str_is_absent(rest); is_first = false) {
        if (!is_first)
            buf_add_byte(writer->out, ' ');
        imap_text_string(writer->out, str_trim(str_cut(&rest, ',')));
    }
    buf_add_byte(writer->out, ')');
}

/* The extension fields every body has at its end. */
static enum status write_extension(struct writer *writer, const struct mime_part *part)
{
    TRY(write_disposition(writer, part));
    write_languages(writer, part);
    write_field(writer, part->location);
    return OK;
}

static struct str encoding_name(const struct mime_part *part)
{
    struct str rest = part->encoding;
    struct str name = parameter_token(&rest);
    return str_is_absent(name) ? STR("7bit") : name;
}

static enum status write_leaf(struct writer *writer, const struct mime_part *part)
{
    struct buf *out = writer->out;
    bool is_unread = part->kind == MIME_LEAF && (mime_is(part, STR("multipart"), STR_NONE) ||
                                                 mime_is(part, STR("message"), STR("rfc822")) ||
                                                 mime_is(part, STR("message"), STR("global")));
    buf_add_byte(out, '(');
    imap_text_string(out, is_unread ? STR("application") : part->type);
    buf_add_byte(out, ' ');
    imap_text_string(out, is_unread ? STR("octet-stream") : part->subtype);
    buf_add_byte(out, ' ');
    TRY(write_type_parameters(writer, part));
    write_field(writer, part->id);
    write_field(writer, part->description);
    buf_add_byte(out, ' ');
    imap_text_string(out, encoding_name(part));
    buf_add_format(out, " %zu", part->end - part->body_at);
    return OK;
}

/* The end of a leaf, and of a message once its inner body is written: lines, md5, extensions,
 * ")". */
static enum status write_leaf_end(struct writer *writer, const struct mime_part *part)
{
    if (part->kind == MIME_MESSAGE || mime_is(part, STR("text"), STR_NONE))
        buf_add_format(writer->out, " %zu", part->body_lines);
    if (writer->is_extended) {
        write_field(writer, part->md5);
        TRY(write_extension(writer, part));
    }
    buf_add_byte(writer->out, ')');
    return OK;
}

static enum status write_multipart_end(struct writer *writer, const struct mime_part *part)
{
    struct buf *out = writer->out;
    if (part->first_child == MIME_NONE) {
        buf_add_literal(out, "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 0 0");
        buf_add_c(out, writer->is_extended ? " NIL NIL NIL NIL)" : ")");
    }
    buf_add_byte(out, ' ');
    imap_text_string(out, part->subtype);
    if (writer->is_extended) {
        buf_add_byte(out, ' ');
        TRY(write_type_parameters(writer, part));
        TRY(write_extension(writer, part));
    }
    buf_add_byte(out, ')');
    return OK;
}

/* What comes before the children of a part. */
static enum status write_start(struct writer *writer, const struct mime_part *part)
{
    if (part->kind == MIME_MULTIPART) {
        buf_add_byte(writer->out, '(');
        return OK;
    }
    TRY(write_leaf(writer, part));
    if (part->kind == MIME_LEAF)
        return write_leaf_end(writer, part);
    const struct mime_part *inner = &writer->mime->parts[part->first_child];
    buf_add_byte(writer->out, ' ');
    TRY(envelope_write(writer->out, writer->arena, mime_header(writer->mime, inner)));
    buf_add_byte(writer->out, ' ');
    return OK;
}

static enum status write_end(struct writer *writer, const struct mime_part *part)
{
    return part->kind == MIME_MULTIPART ? write_multipart_end(writer, part)
                                        : write_leaf_end(writer, part);
}

/* Goes up from a finished part to the first with a next sibling, ending what it leaves; MIME_NONE
 * at the top. */
static enum status climb(struct writer *writer, uint32_t index, uint32_t *ret_next)
{
    const struct mime_part *parts = writer->mime->parts;
    while (index != 0 && parts[index].next == MIME_NONE) {
        index = parts[index].parent;
        TRY(write_end(writer, &parts[index]));
    }
    *ret_next = parts[index].next;
    return OK;
}

enum status bodystructure_write(struct buf *out, struct arena *arena, const struct mime *mime,
                                bool is_extended)
{
    struct writer writer = {out, arena, mime, is_extended};
    uint32_t index = 0;
    do {
        const struct mime_part *part = &mime->parts[index];
        TRY(write_start(&writer, part));
        if (part->first_child != MIME_NONE) {
            index = part->first_child;
            continue;
        }
        if (part->kind == MIME_MULTIPART)
            TRY(write_multipart_end(&writer, part));
        TRY(climb(&writer, index, &index));
    } while (index != 0);
    return buf_status(out);
}
