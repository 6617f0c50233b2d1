#include "base/utf8.h"
#include "document/xml.h"

enum { INDENT = 4, LATIN_1_END = 0x100, BEGUN_MAX = 8 /* namespaces that one element begins */ };

/* A namespace declared by an element or one around it. */
struct scope {
    const struct scope *outer;
    struct str prefix, space;
};

struct writer {
    struct buf *out;
    enum xml_encoding encoding;
};

static struct str space_of(const struct scope *scope, struct str prefix)
{
    for (; scope != NULL; scope = scope->outer)
        if (str_eq(scope->prefix, prefix))
            return scope->space;
    return STR("");
}

/* ---- letters ---- */

/* In an attribute, line ends and tabs would become blanks (XML 1.0, 3.3.3); CR would become LF anywhere (2.11). */
static const char *entity_of(uint32_t letter, bool is_attribute)
{
    switch (letter) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return is_attribute ? "&quot;" : NULL;
    case '\r': return "&#13;";
    case '\n': return is_attribute ? "&#10;" : NULL;
    case '\t': return is_attribute ? "&#9;" : NULL;
    default: return NULL;
    }
}

static void add_letter(const struct writer *writer, struct str bytes, uint32_t letter, bool is_attribute)
{
    const char *entity = entity_of(letter, is_attribute);
    if (entity != NULL)
        buf_add_c(writer->out, entity);
    else if (writer->encoding == XML_UTF_8 || letter < 0x80)
        buf_add(writer->out, bytes);
    else if (letter < LATIN_1_END)
        buf_add_byte(writer->out, (char)letter);
    else
        buf_add_format(writer->out, "&#%u;", letter);
}

static void add_words(const struct writer *writer, struct str words, bool is_attribute)
{
    while (words.len > 0) {
        struct str rest = words;
        uint32_t letter = utf8_next(&rest);
        add_letter(writer, str_slice(words, 0, words.len - rest.len), letter, is_attribute);
        words = rest;
    }
}

static void add_name(const struct writer *writer, struct str prefix, struct str name)
{
    if (prefix.len > 0) {
        buf_add(writer->out, prefix);
        buf_add_byte(writer->out, ':');
    }
    buf_add(writer->out, name);
}

static void add_declaration(const struct writer *writer, const struct scope *scope)
{
    buf_add_c(writer->out, scope->prefix.len > 0 ? " xmlns:" : " xmlns");
    buf_add(writer->out, scope->prefix);
    buf_add_c(writer->out, "=\"");
    add_words(writer, scope->space, true);
    buf_add_byte(writer->out, '"');
}

static void add_attribute(const struct writer *writer, const struct xml_attribute *attribute)
{
    buf_add_byte(writer->out, ' ');
    add_name(writer, attribute->prefix, attribute->name);
    buf_add_c(writer->out, "=\"");
    add_words(writer, attribute->value, true);
    buf_add_byte(writer->out, '"');
}

static void add_line(const struct writer *writer, size_t level)
{
    buf_add_byte(writer->out, '\n');
    for (size_t i = 0; i < level * INDENT; i++)
        buf_add_byte(writer->out, ' ');
}

/* ---- elements ---- */

/* The namespaces an element begins: its own and those of its attributes. */
struct begun {
    struct scope scopes[BEGUN_MAX];
    size_t count;
    const struct scope *inner; /* the innermost, or what stands around */
};

static void begin_space(const struct writer *writer, struct begun *begun, struct str prefix, struct str space)
{
    if (str_eq(prefix, STR("xml")) || str_eq(space_of(begun->inner, prefix), space))
        return;
    if (begun->count == BEGUN_MAX) {
        writer->out->is_over = true;
        return;
    }
    struct scope *scope = &begun->scopes[begun->count++];
    *scope = (struct scope){begun->inner, prefix, space};
    begun->inner = scope;
    add_declaration(writer, scope);
}

static bool has_text(const struct xml *element)
{
    const struct xml *child = element->first;
    while (child != NULL && !str_is_absent(child->name))
        child = child->next;
    return child != NULL;
}

/* White space is put between elements alone: within a text it would be part of it. Depth is that of the tree. */
static void add_element(const struct writer *writer, const struct xml *element, size_t level,
                        const struct scope *around)
{
    struct begun begun = {.inner = around};
    bool is_tight = has_text(element);
    buf_add_byte(writer->out, '<');
    add_name(writer, element->prefix, element->name);
    begin_space(writer, &begun, element->prefix, element->space);
    for (size_t i = 0; i < element->attribute_count; i++)
        if (element->attributes[i].space.len > 0)
            begin_space(writer, &begun, element->attributes[i].prefix, element->attributes[i].space);
    for (size_t i = 0; i < element->attribute_count; i++)
        add_attribute(writer, &element->attributes[i]);
    if (element->first == NULL) {
        buf_add_c(writer->out, "/>");
        return;
    }
    buf_add_byte(writer->out, '>');
    for (const struct xml *child = element->first; child != NULL; child = child->next) {
        if (!is_tight)
            add_line(writer, level + 1);
        if (str_is_absent(child->name))
            add_words(writer, child->text, false);
        else
            add_element(writer, child, level + 1, begun.inner);
    }
    if (!is_tight)
        add_line(writer, level);
    buf_add_c(writer->out, "</");
    add_name(writer, element->prefix, element->name);
    buf_add_byte(writer->out, '>');
}

void xml_write(struct buf *out, const struct xml *root, enum xml_encoding encoding)
{
    const struct writer writer = {out, encoding};
    buf_add_format(out, "<?xml version=\"1.0\" encoding=\"%s\"?>\n",
                   encoding == XML_UTF_8 ? "UTF-8" : "ISO-8859-1");
    add_element(&writer, root, 0, NULL);
    buf_add_byte(out, '\n');
}

void xml_write_part(struct buf *out, const struct xml *element, size_t level, enum xml_encoding encoding)
{
    const struct writer writer = {out, encoding};
    add_element(&writer, element, level, NULL);
}
