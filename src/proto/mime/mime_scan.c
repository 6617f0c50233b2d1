#include "proto/mime/mime_scan.h"

#include "proto/mime/header.h"
#include "proto/mime/lex.h"

struct part_list LIST_OF(struct mime_part);

struct boundary {
    struct str value;
    uint32_t depth; /* of the multipart it belongs to */
};

/* open[0..depth] is the path from the message to the part being read. */
struct scanner {
    struct arena *arena;
    struct str message;
    struct part_list parts;
    struct boundary boundaries[MIME_DEPTH_MAX];
    size_t boundary_count;
    uint32_t open[MIME_DEPTH_MAX + 1];
    uint32_t depth;
    size_t at, lines; /* bytes and line ends passed */
    bool is_in_header, is_cut;
};

static struct mime_part *current_part(struct scanner *scanner)
{
    return &scanner->parts.at[scanner->open[scanner->depth]];
}

static size_t count_lines(struct str s)
{
    size_t count = 0;
    for (const char *at = s.at, *end = s.at + s.len; at < end; count++) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end == NULL)
            break;
        at = line_end + 1;
    }
    return count;
}

/* ---- fields ---- */

static void take_content_field(struct mime_part *part, const struct header_field *field)
{
    const struct {
        struct str name;
        struct str *value;
    } known[] = {
        {STR("Type"), &part->content_type},       {STR("Transfer-Encoding"), &part->encoding},
        {STR("Disposition"), &part->disposition}, {STR("ID"), &part->id},
        {STR("Description"), &part->description}, {STR("MD5"), &part->md5},
        {STR("Language"), &part->language},       {STR("Location"), &part->location},
    };
    struct str name = str_after(field->name, sizeof "Content-" - 1);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq_nocase(name, known[i].name) && str_is_absent(*known[i].value))
            *known[i].value = field->value;
}

static void set_default_type(struct mime_part *part, bool is_in_digest)
{
    part->content_type = STR_NONE;
    part->type = is_in_digest ? STR("message") : STR("text");
    part->subtype = is_in_digest ? STR("rfc822") : STR("plain");
}

/* "type/subtype", or the default: text/plain, in a digest message/rfc822 (RFC 2046 section
 * 5.1.5). */
static void set_type(struct scanner *scanner, struct mime_part *part)
{
    const struct mime_part *parent = &scanner->parts.at[part->parent];
    bool is_in_digest = scanner->depth > 0 && parent->kind == MIME_MULTIPART &&
                        str_eq_nocase(parent->subtype, STR("digest"));
    struct str rest = part->content_type;
    part->type = parameter_token(&rest);
    lex_skip(&rest, NULL);
    bool has_slash = lex_byte(&rest, '/');
    part->subtype = parameter_token(&rest);
    if (str_is_absent(part->type) || !has_slash || str_is_absent(part->subtype))
        set_default_type(part, is_in_digest);
}

/* A multipart without the boundary it must have is malformed, and so text (RFC 2045 section
 * 5.2). */
static enum status push_boundary(struct scanner *scanner, struct mime_part *part)
{
    struct parameter_list parameters;
    TRY(mime_type_parameters(scanner->arena, part, &parameters));
    const struct parameter *given = parameter_find(&parameters, STR("boundary"));
    struct str boundary = given == NULL ? STR_NONE
                          : given->is_extended
                              ? parameter_text(scanner->arena, &parameters, STR("boundary"))
                              : given->value;
    while (boundary.len > 0 && boundary.at[boundary.len - 1] == ' ')
        boundary.len--;
    if (boundary.len == 0 || boundary.len > MIME_BOUNDARY_MAX) {
        set_default_type(part, false);
        return OK;
    }
    part->kind = MIME_MULTIPART;
    scanner->boundaries[scanner->boundary_count++] = (struct boundary){boundary, scanner->depth};
    return OK;
}

/* ---- the tree ---- */

/* Opens a child of the current part. At the maximum of parts none is opened, and what would have
 * been it is passed over as the body of the current part. */
static enum status open_part(struct scanner *scanner)
{
    uint32_t parent = scanner->open[scanner->depth], number = 1;
    scanner->is_cut = scanner->is_cut || scanner->parts.count == MIME_PARTS_MAX;
    if (scanner->parts.count == MIME_PARTS_MAX)
        return OK;
    uint32_t index = (uint32_t)scanner->parts.count;
    struct mime_part *part = list_add(&scanner->parts, scanner->arena, MIME_PARTS_MAX);
    if (part == NULL)
        return LIMIT;
    struct mime_part *above = &scanner->parts.at[parent];
    if (above->last_child != MIME_NONE) {
        scanner->parts.at[above->last_child].next = index;
        number = scanner->parts.at[above->last_child].number + 1;
    } else {
        above->first_child = index;
    }
    above->last_child = index;
    scanner->open[++scanner->depth] = index;
    *part = (struct mime_part){.parent = parent,
                               .number = number,
                               .depth = scanner->depth,
                               .header_at = scanner->at,
                               .body_at = scanner->at};
    scanner->is_in_header = true;
    return OK;
}

/* The header of the current part is over: what kind of part is it? Only what is not encoded can
 * hold parts (RFC 2045 section 6.4); multiparts that claim to be are scanned nevertheless, as they
 * never truly are. */
static enum status begin_body(struct scanner *scanner)
{
    struct mime_part *part = current_part(scanner);
    scanner->is_in_header = false;
    part->body_at = part->end = scanner->at;
    part->body_lines = scanner->lines; /* until it is closed: the lines before it */
    part->transfer = transfer_of(part->encoding);
    set_type(scanner, part);
    bool is_encoded = part->transfer == TRANSFER_BASE64 || part->transfer == TRANSFER_QUOTED;
    bool is_message = !is_encoded && (mime_is(part, STR("message"), STR("rfc822")) ||
                                      mime_is(part, STR("message"), STR("global")));
    bool is_multipart = mime_is(part, STR("multipart"), STR_NONE);
    if (!is_multipart && !is_message)
        return OK;
    if (scanner->depth == MIME_DEPTH_MAX ||
        (is_message && scanner->parts.count == MIME_PARTS_MAX)) {
        scanner->is_cut = true;
        return OK;
    }
    if (is_multipart)
        return push_boundary(scanner, part);
    part->kind = MIME_MESSAGE;
    return open_part(scanner);
}

/* Ends the parts below `depth` where `end` bytes and `lines` line ends have passed. The line end
 * before a boundary may be the last of a header: then the header keeps it, and so do the parts
 * around. */
static void close_parts(struct scanner *scanner, uint32_t depth, size_t end, size_t lines)
{
    for (; scanner->depth > depth; scanner->depth--) {
        struct mime_part *part = current_part(scanner);
        size_t lines_before = part->body_lines;
        if (end < part->body_at) {
            end = part->body_at;
            lines = lines_before;
        }
        part->end = end;
        part->body_lines = lines - lines_before;
    }
}

/* ---- boundaries ---- */

/* Which open boundary the line begins with. The boundary may be followed by anything (RFC 2046
 * section 5.1.1: it is sufficient that it appear in its entirety), so of several the longest
 * counts, and of equal ones the innermost. */
static size_t find_boundary(const struct scanner *scanner, struct str line)
{
    size_t best = SIZE_MAX;
    struct str after = str_after(line, 2);
    for (size_t i = scanner->boundary_count; i-- > 0;) {
        struct str value = scanner->boundaries[i].value;
        if ((best == SIZE_MAX || value.len > scanner->boundaries[best].value.len) &&
            after.len >= value.len && memcmp(after.at, value.at, value.len) == 0)
            best = i;
    }
    return best;
}

static struct str line_at(const struct scanner *scanner)
{
    struct str rest = str_after(scanner->message, scanner->at);
    size_t end = str_find_byte(rest, '\n');
    return str_slice(rest, 0, end == SIZE_MAX ? rest.len : end + 1);
}

static void pass(struct scanner *scanner, struct str line)
{
    scanner->at += line.len;
    scanner->lines += str_ends(line, STR("\n"));
}

/* The line end before a boundary is part of it. */
static size_t end_before_boundary(const struct scanner *scanner)
{
    struct str before = str_slice(scanner->message, 0, scanner->at);
    if (!str_ends(before, STR("\n")))
        return scanner->at;
    return scanner->at - (str_ends(before, STR("\r\n")) ? 2 : 1);
}

/* The line is a delimiter: all parts within its multipart end; after a closing one only the
 * epilogue follows, else a new part. */
static enum status take_boundary(struct scanner *scanner, struct str line, size_t index)
{
    struct boundary boundary = scanner->boundaries[index];
    struct str after = str_after(line, 2 + boundary.value.len);
    size_t end = end_before_boundary(scanner);
    close_parts(scanner, boundary.depth, end, scanner->lines - (end < scanner->at));
    bool is_last = str_starts(after, STR("--"));
    scanner->boundary_count = is_last ? index : index + 1;
    scanner->is_in_header = false;
    pass(scanner, line);
    return is_last ? OK : open_part(scanner);
}

static bool is_at_dashes(const struct scanner *scanner)
{
    return scanner->boundary_count > 0 &&
           str_starts(str_after(scanner->message, scanner->at), STR("--"));
}

/* ---- the two states ---- */

static bool is_empty_line(struct str line)
{
    return str_eq(line, STR("\n")) || str_eq(line, STR("\r\n"));
}

/* A delimiter right after another opens no second part: there is no line end left for it to begin
 * with (RFC 2046 section 5.1.1, delimiter). */
static bool is_repeated(struct scanner *scanner, struct str line, size_t index)
{
    const struct boundary *boundary = &scanner->boundaries[index];
    return scanner->at == current_part(scanner)->header_at &&
           scanner->depth == boundary->depth + 1 &&
           !str_starts(str_after(line, 2 + boundary->value.len), STR("--"));
}

/* Takes the lines of one field. */
static void take_field(struct scanner *scanner, bool is_read)
{
    struct header_field field;
    struct str rest = str_after(scanner->message, scanner->at);
    struct str lines = header_take_lines(&rest);
    scanner->at += lines.len;
    scanner->lines += count_lines(lines);
    if (is_read && str_starts_nocase(lines, STR("content-")) && header_split(lines, &field))
        take_content_field(current_part(scanner), &field);
}

/* The header up to its empty line, a boundary or the end. */
static enum status scan_header(struct scanner *scanner)
{
    for (size_t seen = 0; scanner->at < scanner->message.len; seen++) {
        struct str line = line_at(scanner);
        size_t index = is_at_dashes(scanner) ? find_boundary(scanner, line) : SIZE_MAX;
        bool is_boundary = index != SIZE_MAX, is_over = is_empty_line(line);
        bool is_passed = is_over || (is_boundary && is_repeated(scanner, line, index));
        if (is_boundary && !is_passed)
            break;
        if (is_passed)
            pass(scanner, line);
        else
            take_field(scanner, seen < HEADER_FIELDS_MAX);
        if (is_boundary)
            current_part(scanner)->header_at = scanner->at;
        if (is_over)
            break;
    }
    return begin_body(scanner);
}

/* The body up to a line that may be a boundary, which is judged, or the end. */
static enum status scan_body(struct scanner *scanner)
{
    const char *at = scanner->message.at + scanner->at;
    const char *end = scanner->message.at + scanner->message.len;
    if (scanner->boundary_count == 0) {
        scanner->lines += count_lines(str_span(at, end));
        scanner->at = scanner->message.len;
        return OK;
    }
    while (at < end && !(at[0] == '-' && end - at > 2 && at[1] == '-')) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        scanner->lines += line_end != NULL;
        at = line_end ? line_end + 1 : end;
    }
    scanner->at = (size_t)(at - scanner->message.at);
    if (at == end)
        return OK;
    struct str line = line_at(scanner);
    size_t index = find_boundary(scanner, line);
    if (index != SIZE_MAX)
        return take_boundary(scanner, line, index);
    pass(scanner, line);
    return OK;
}

enum status mime_scan(struct arena *arena, struct str message, struct mime *ret_mime)
{
    struct scanner scanner = {.arena = arena, .message = message, .is_in_header = true};
    if (str_is_absent(message))
        scanner.message = STR("");
    if (list_add(&scanner.parts, arena, MIME_PARTS_MAX) == NULL)
        return LIMIT;
    do
        TRY(scanner.is_in_header ? scan_header(&scanner) : scan_body(&scanner));
    while (scanner.at < scanner.message.len || scanner.is_in_header);
    close_parts(&scanner, 0, scanner.at, scanner.lines);
    struct mime_part *root = &scanner.parts.at[0];
    root->end = scanner.at;
    root->body_lines = scanner.lines - root->body_lines;
    *ret_mime = (struct mime){.message = scanner.message,
                              .parts = scanner.parts.at,
                              .count = (uint32_t)scanner.parts.count,
                              .is_cut = scanner.is_cut};
    return OK;
}

/* ---- questions ---- */

bool mime_is(const struct mime_part *part, struct str type, struct str subtype)
{
    return str_eq_nocase(part->type, type) &&
           (str_is_absent(subtype) || str_eq_nocase(part->subtype, subtype));
}

static enum status parameters_after(struct arena *arena, struct str rest,
                                    struct parameter_list *ret_list)
{
    *ret_list = (struct parameter_list){0};
    return str_is_absent(rest) ? OK : parameter_parse(arena, rest, ret_list);
}

enum status mime_type_parameters(struct arena *arena, const struct mime_part *part,
                                 struct parameter_list *ret_list)
{
    return parameters_after(arena, part->content_type, ret_list);
}

enum status mime_disposition_parameters(struct arena *arena, const struct mime_part *part,
                                        struct parameter_list *ret_list)
{
    return parameters_after(arena, part->disposition, ret_list);
}
