/* Bytes of messages: sections exactly as they stand, parts decoded for BINARY. */
#include "proto/imap/imap_write.h"
#include "proto/mime/bodystructure.h"
#include "proto/mime/header.h"
#include "proto/mime/section.h"
#include "service/mail/imap/fetch.h"
#include "service/mail/store.h"

enum { BINARY_MAX = 64 << 20 };

static enum status read_message(struct fetch_body *from)
{
    return str_is_absent(from->message) ? store_message(from->ctx, from->body, &from->message) : OK;
}

static enum status scan_message(struct fetch_body *from)
{
    TRY(read_message(from));
    return from->mime.parts == NULL ? mime_scan(from->ctx->arena, from->message, &from->mime) : OK;
}

enum status fetch_structure(struct fetch_body *from, struct buf *out)
{
    TRY(scan_message(from));
    return bodystructure_write(out, from->ctx->arena, &from->mime, false);
}

static void cut(const struct imap_section *section, size_t *from, size_t *to)
{
    size_t size = *to - *from;
    if (!section->is_partial)
        return;
    size_t start = section->partial_from < size ? section->partial_from : size;
    size_t left = size - start;
    *from += start;
    *to = *from + (section->partial_size < left ? section->partial_size : left);
}

static enum section_kind kind_of(enum imap_section_what what)
{
    static const enum section_kind kinds[] = {[IMAP_WHOLE] = SECTION_ALL,
                                              [IMAP_HEADER] = SECTION_HEADER,
                                              [IMAP_HEADER_FIELDS] = SECTION_FIELDS,
                                              [IMAP_HEADER_FIELDS_NOT] = SECTION_FIELDS_NOT,
                                              [IMAP_TEXT] = SECTION_TEXT,
                                              [IMAP_MIME] = SECTION_MIME};
    return kinds[what];
}

/* NOT_FOUND: no part is that deep. */
static enum status section_of(const struct imap_section *from, struct section *ret)
{
    *ret = (struct section){.kind = kind_of(from->what), .fields = from->fields, .field_count = from->field_count};
    if (from->part_count > SECTION_PATH_MAX || from->field_count > SECTION_FIELDS_MAX)
        return NOT_FOUND;
    for (size_t i = 0; i < from->part_count; i++)
        ret->path[ret->path_count++] = from->part[i];
    return OK;
}

/* The whole message, straight from the segment. */
static enum status write_whole(struct fetch_body *from, const struct imap_section *section, struct buf *out)
{
    size_t begin = 0, end = (size_t)from->size;
    cut(section, &begin, &end);
    buf_add_format(out, " {%zu}\r\n", end - begin);
    return store_read(from->ctx, from->body, (int64_t)begin, (int64_t)(end - begin), out);
}

static enum status write_fields(struct fetch_body *from, const struct section *which,
                                const struct imap_section *section, struct str header, struct buf *out)
{
    struct buf fields BUF_SCOPE = BUF_INIT(header.len + 2);
    (void)from;
    section_write_fields(&fields, header, which);
    size_t begin = 0, end = fields.len;
    cut(section, &begin, &end);
    buf_add_byte(out, ' ');
    imap_write_literal(out, str_slice(buf_str(&fields), begin, end));
    return OK;
}

static enum status write_range(struct fetch_body *from, const struct imap_section *section, struct buf *out)
{
    struct section which;
    size_t begin = 0, end = 0;
    enum status found = section_of(section, &which);
    if (found == OK && section->part_count == 0 && section->what != IMAP_TEXT) {
        TRY(read_message(from)); /* a header needs no scan */
        end = header_length(from->message);
    } else if (found == OK) {
        TRY(scan_message(from));
        found = section_range(&from->mime, &which, &begin, &end);
    }
    if (found == NOT_FOUND) {
        buf_add_literal(out, " NIL");
        return OK;
    }
    TRY(found);
    if (section->field_count > 0)
        return write_fields(from, &which, section, str_slice(from->message, begin, end), out);
    cut(section, &begin, &end);
    buf_add_byte(out, ' ');
    imap_write_literal(out, str_slice(from->message, begin, end));
    return OK;
}

static enum status write_binary(struct fetch_body *from, const struct imap_section *section, struct buf *out)
{
    struct section which;
    struct buf bytes BUF_SCOPE = BUF_INIT(BINARY_MAX);
    TRY(scan_message(from));
    enum status done = section_of(section, &which);
    if (done == OK)
        done = section_write_binary(&bytes, &from->mime, which.path, which.path_count);
    if (done != OK && done != NOT_FOUND && done != INVALID)
        return done;
    if (section->name == IMAP_BINARY_SIZE) {
        buf_add_format(out, " %zu", done == OK ? bytes.len : (size_t)0);
        return OK;
    }
    if (done != OK) {
        buf_add_literal(out, " NIL");
        return OK;
    }
    size_t begin = 0, end = bytes.len;
    cut(section, &begin, &end);
    bool has_nul = str_find_byte(buf_str(&bytes), '\0') != SIZE_MAX;
    buf_add(out, has_nul ? STR(" ~") : STR(" ")); /* literal8 (RFC 3516 section 4.2) */
    imap_write_literal(out, str_slice(buf_str(&bytes), begin, end));
    return OK;
}

enum status fetch_section(struct fetch_body *from, const struct imap_section *section, struct buf *out)
{
    imap_section_write(out, section);
    if (section->name == IMAP_BINARY || section->name == IMAP_BINARY_SIZE)
        return write_binary(from, section, out);
    if (section->what == IMAP_WHOLE && section->part_count == 0)
        return write_whole(from, section, out);
    return write_range(from, section, out);
}
