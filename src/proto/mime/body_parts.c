#include "proto/mime/body_parts.h"

enum list { LIST_TEXT, LIST_HTML, LIST_ATTACHMENTS, LIST_COUNT };

struct chooser {
    struct arena *arena;
    const struct mime *mime;
    struct body_part_list *lists[LIST_COUNT];
};

/* Where one level of the tree stands: which multipart it is, whether an alternative is above, and
 * which bodies are still being filled. */
struct level {
    const struct mime_part *parent;
    bool is_in_alternative, wants[LIST_COUNT];
};

static bool is_media(const struct mime_part *part)
{
    return mime_is(part, STR("image"), STR_NONE) || mime_is(part, STR("audio"), STR_NONE) ||
           mime_is(part, STR("video"), STR_NONE);
}

static bool is_subtype(const struct mime_part *multipart, struct str subtype)
{
    return multipart != NULL && str_eq_nocase(multipart->subtype, subtype);
}

enum status body_part_name(struct arena *arena, const struct mime_part *part, struct str *ret_name)
{
    struct parameter_list list;
    TRY(mime_disposition_parameters(arena, part, &list));
    struct str name = parameter_text(arena, &list, STR("filename"));
    if (str_is_absent(name)) {
        TRY(mime_type_parameters(arena, part, &list));
        name = parameter_text(arena, &list, STR("name"));
    }
    *ret_name = name;
    return OK;
}

static bool is_attached(const struct mime_part *part)
{
    struct str rest = part->disposition;
    return str_eq_nocase(parameter_token(&rest), STR("attachment"));
}

/* Is the part one of the body? In multipart/related only the first is; a text with a file name is
 * only where it comes first. */
static enum status is_body(struct chooser *chooser, const struct level *level,
                           const struct mime_part *part, bool *ret_is_body)
{
    struct str name = STR_NONE;
    bool is_text =
        mime_is(part, STR("text"), STR("plain")) || mime_is(part, STR("text"), STR("html"));
    bool is_first = part->number <= 1; /* the message itself has number 0 */
    if (is_text && !is_first)
        TRY(body_part_name(chooser->arena, part, &name));
    *ret_is_body = !is_attached(part) && (is_text || is_media(part)) &&
                   (is_first || (!is_subtype(level->parent, STR("related")) &&
                                 (is_media(part) || name.len == 0)));
    return OK;
}

static enum status add(struct chooser *chooser, enum list list, const struct mime_part *part)
{
    const struct mime_part **added = list_add(chooser->lists[list], chooser->arena, MIME_PARTS_MAX);
    if (added == NULL)
        return LIMIT;
    *added = part;
    return OK;
}

static enum status take_body(struct chooser *chooser, struct level *level,
                             const struct mime_part *part)
{
    bool is_plain = mime_is(part, STR("text"), STR("plain"));
    bool is_html = mime_is(part, STR("text"), STR("html"));
    if (is_subtype(level->parent, STR("alternative")))
        return add(chooser, is_plain ? LIST_TEXT : is_html ? LIST_HTML : LIST_ATTACHMENTS, part);
    if (level->is_in_alternative && is_plain)
        level->wants[LIST_HTML] = false;
    if (level->is_in_alternative && is_html)
        level->wants[LIST_TEXT] = false;
    if (level->wants[LIST_TEXT])
        TRY(add(chooser, LIST_TEXT, part));
    if (level->wants[LIST_HTML])
        TRY(add(chooser, LIST_HTML, part));
    bool is_left_out = !level->wants[LIST_TEXT] || !level->wants[LIST_HTML];
    return is_left_out && is_media(part) ? add(chooser, LIST_ATTACHMENTS, part) : OK;
}

/* An alternative with one form only gives it to both bodies. */
static enum status complete(struct chooser *chooser, size_t text_before, size_t html_before)
{
    size_t text = chooser->lists[LIST_TEXT]->count, html = chooser->lists[LIST_HTML]->count;
    if (text == text_before)
        for (size_t i = html_before; i < html; i++)
            TRY(add(chooser, LIST_TEXT, chooser->lists[LIST_HTML]->at[i]));
    else if (html == html_before)
        for (size_t i = text_before; i < text; i++)
            TRY(add(chooser, LIST_HTML, chooser->lists[LIST_TEXT]->at[i]));
    return OK;
}

static enum status take_leaf(struct chooser *chooser, struct level *level,
                             const struct mime_part *part)
{
    bool is_in_body;
    TRY(is_body(chooser, level, part, &is_in_body));
    return is_in_body ? take_body(chooser, level, part) : add(chooser, LIST_ATTACHMENTS, part);
}

/* The children of a multipart, which are at most MIME_DEPTH_MAX levels deep. */
static enum status take_children(struct chooser *chooser, struct level level)
{
    size_t text_before = chooser->lists[LIST_TEXT]->count,
           html_before = chooser->lists[LIST_HTML]->count;
    for (uint32_t i = level.parent->first_child; i != MIME_NONE; i = chooser->mime->parts[i].next) {
        const struct mime_part *part = &chooser->mime->parts[i];
        struct level below = level;
        below.parent = part;
        below.is_in_alternative = level.is_in_alternative || is_subtype(part, STR("alternative"));
        TRY(part->kind == MIME_MULTIPART ? take_children(chooser, below)
                                         : take_leaf(chooser, &level, part));
    }
    if (is_subtype(level.parent, STR("alternative")) && level.wants[LIST_TEXT] &&
        level.wants[LIST_HTML])
        return complete(chooser, text_before, html_before);
    return OK;
}

enum status body_parts_of(struct arena *arena, const struct mime *mime,
                          struct body_parts *ret_parts)
{
    struct body_parts parts = {0};
    struct chooser chooser = {arena, mime, {&parts.text, &parts.html, &parts.attachments}};
    struct level level = {.wants = {[LIST_TEXT] = true, [LIST_HTML] = true}};
    const struct mime_part *top = mime->parts;
    if (top->kind == MIME_MULTIPART) {
        level.parent = top;
        level.is_in_alternative = is_subtype(top, STR("alternative"));
        TRY(take_children(&chooser, level));
    } else {
        TRY(take_leaf(&chooser, &level, top));
    }
    *ret_parts = parts;
    return OK;
}
