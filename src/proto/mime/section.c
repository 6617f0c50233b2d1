#include "proto/mime/section.h"

#include "proto/mime/header.h"

static const struct {
    struct str name;
    enum section_kind kind;
} kinds[] = {
    {STR_INIT("HEADER"), SECTION_HEADER},
    {STR_INIT("HEADER.FIELDS"), SECTION_FIELDS},
    {STR_INIT("HEADER.FIELDS.NOT"), SECTION_FIELDS_NOT},
    {STR_INIT("TEXT"), SECTION_TEXT},
    {STR_INIT("MIME"), SECTION_MIME},
};

/* MIME needs a part number before it (RFC 3501 section 9, section-text). */
static enum status parse_kind(struct str text, struct section *section)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq_nocase(text, kinds[i].name)) {
            section->kind = kinds[i].kind;
            return section->kind == SECTION_MIME && section->path_count == 0 ? INVALID : OK;
        }
    return INVALID;
}

enum status section_parse(struct str text, struct section *ret_section)
{
    struct section section = {.kind = SECTION_ALL};
    struct str rest = text.len > 0 ? text : STR_NONE;
    while (rest.len > 0 && ascii_is_digit(rest.at[0])) {
        uint64_t number;
        TRY(str_to_u64(str_cut(&rest, '.'), UINT32_MAX, &number));
        if (number == 0)
            return INVALID;
        if (section.path_count == SECTION_PATH_MAX)
            return LIMIT;
        section.path[section.path_count++] = (uint32_t)number;
    }
    if (!str_is_absent(rest))
        TRY(parse_kind(rest, &section));
    *ret_section = section;
    return OK;
}

static const struct mime_part *child_of(const struct mime *mime, const struct mime_part *part,
                                        uint32_t number)
{
    uint32_t index = part->first_child;
    while (index != MIME_NONE && mime->parts[index].number != number)
        index = mime->parts[index].next;
    return index == MIME_NONE ? NULL : &mime->parts[index];
}

/* Numbers count within a message: the part's own message for the first, and the message a part
 * holds for those that follow it. A message that is no multipart has one part 1: itself. */
const struct mime_part *section_part(const struct mime *mime, const uint32_t *path, size_t count)
{
    const struct mime_part *part = &mime->parts[0];
    bool is_message = true; /* part is the top of a message, not a part within it */
    for (size_t i = 0; i < count && part != NULL; i++) {
        if (!is_message && part->kind == MIME_MESSAGE) {
            part = &mime->parts[part->first_child];
            is_message = true;
        }
        if (part->kind == MIME_MULTIPART)
            part = child_of(mime, part, path[i]);
        else if (!is_message || path[i] != 1)
            return NULL;
        is_message = false;
    }
    return part;
}

/* The number of a part within its message; 0 when it has none. */
static uint32_t number_of(const struct mime *mime, const struct mime_part *part)
{
    bool is_top = part == mime->parts || mime->parts[part->parent].kind == MIME_MESSAGE;
    if (!is_top)
        return part->number;
    return part->kind == MIME_MULTIPART ? 0 : 1;
}

void section_write_path(struct buf *out, const struct mime *mime, const struct mime_part *part)
{
    uint32_t numbers[MIME_DEPTH_MAX + 1];
    size_t count = 0;
    for (;; part = &mime->parts[part->parent]) {
        numbers[count] = number_of(mime, part);
        count += numbers[count] != 0;
        if (part == mime->parts)
            break;
    }
    while (count-- > 0) {
        buf_add_u64(out, numbers[count]);
        if (count > 0)
            buf_add_byte(out, '.');
    }
}

static void set_range(size_t from, size_t to, size_t *ret_from, size_t *ret_to)
{
    *ret_from = from;
    *ret_to = to;
}

enum status section_range(const struct mime *mime, const struct section *section, size_t *ret_from,
                          size_t *ret_to)
{
    const struct mime_part *part = section_part(mime, section->path, section->path_count);
    if (part == NULL)
        return NOT_FOUND;
    if (section->kind == SECTION_ALL) {
        set_range(section->path_count == 0 ? 0 : part->body_at, part->end, ret_from, ret_to);
        return OK;
    }
    if (section->kind == SECTION_MIME) {
        set_range(part->header_at, part->body_at, ret_from, ret_to);
        return OK;
    }
    if (section->path_count > 0) {
        if (part->kind != MIME_MESSAGE)
            return NOT_FOUND;
        part = &mime->parts[part->first_child];
    }
    if (section->kind == SECTION_TEXT)
        set_range(part->body_at, part->end, ret_from, ret_to);
    else
        set_range(part->header_at, part->body_at, ret_from, ret_to);
    return OK;
}

static bool is_chosen(const struct section *section, struct str name)
{
    for (size_t i = 0; i < section->field_count; i++)
        if (str_eq_nocase(section->fields[i], name))
            return section->kind == SECTION_FIELDS;
    return section->kind == SECTION_FIELDS_NOT;
}

void section_write_fields(struct buf *out, struct str header, const struct section *section)
{
    struct header_field field;
    while (header_next(&header, &field) && !out->is_over) {
        if (!is_chosen(section, field.name))
            continue;
        buf_add(out, field.whole);
        if (!str_ends(field.whole, STR("\n"))) /* the message ends within its header */
            buf_add_literal(out, "\r\n");
    }
    buf_add_literal(out, "\r\n");
}

enum status section_write_binary(struct buf *out, const struct mime *mime, const uint32_t *path,
                                 size_t count)
{
    const struct mime_part *part = section_part(mime, path, count);
    if (part == NULL)
        return NOT_FOUND;
    if (count > 0 && part->kind == MIME_LEAF && part->transfer == TRANSFER_UNKNOWN)
        return INVALID;
    if (count == 0)
        buf_add(out, mime->message);
    else
        transfer_decode(out, part->kind == MIME_LEAF ? part->transfer : TRANSFER_BINARY,
                        mime_body(mime, part));
    return buf_status(out);
}
