#include "document/canon.h"

enum { BEGUN_MAX = 16 /* namespaces that one element begins */, ATTRIBUTES_MAX = 64 };

/* A namespace that was declared on the way here. */
struct scope {
    const struct scope *outer;
    struct str prefix, space;
};

struct canon {
    struct buf *out;
    const struct xml *without;
    enum status status;
};

static struct str space_of(const struct scope *scope, struct str prefix)
{
    for (; scope != NULL; scope = scope->outer)
        if (str_eq(scope->prefix, prefix))
            return scope->space;
    return STR("");
}

/* ---- letters: Canonical XML 1.0, 2.3 ---- */

static const char *entity_of(char c, bool is_attribute)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return is_attribute ? NULL : "&gt;";
    case '"': return is_attribute ? "&quot;" : NULL;
    case '\t': return is_attribute ? "&#x9;" : NULL;
    case '\n': return is_attribute ? "&#xA;" : NULL;
    case '\r': return "&#xD;";
    default: return NULL;
    }
}

static void put_words(struct buf *out, struct str words, bool is_attribute)
{
    size_t from = 0;
    for (size_t i = 0; i < words.len; i++) {
        const char *entity = entity_of(words.at[i], is_attribute);
        if (entity == NULL)
            continue;
        buf_add(out, str_slice(words, from, i));
        buf_add_c(out, entity);
        from = i + 1;
    }
    buf_add(out, str_after(words, from));
}

static void put_name(struct buf *out, struct str prefix, struct str name)
{
    buf_add(out, prefix);
    if (prefix.len > 0)
        buf_add_byte(out, ':');
    buf_add(out, name);
}

static void put_attribute(struct buf *out, struct str prefix, struct str name, struct str value)
{
    buf_add_byte(out, ' ');
    put_name(out, prefix, name);
    buf_add_literal(out, "=\"");
    put_words(out, value, true);
    buf_add_byte(out, '"');
}

/* ---- namespaces ---- */

/* Those an element begins: of its own name and of its attributes', where nothing around has them; by their prefixes. */
struct begun {
    struct scope scopes[BEGUN_MAX];
    size_t count;
};

static void begin_space(struct canon *canon, struct begun *begun, const struct scope *around, struct str prefix,
                        struct str space)
{
    if (str_eq(prefix, STR("xml")) || str_eq(space_of(around, prefix), space))
        return;
    size_t at = 0;
    while (at < begun->count && str_compare(begun->scopes[at].prefix, prefix) < 0)
        at++;
    if (at < begun->count && str_eq(begun->scopes[at].prefix, prefix))
        return;
    if (begun->count == BEGUN_MAX) {
        canon->status = INVALID;
        return;
    }
    memmove(&begun->scopes[at + 1], &begun->scopes[at], (begun->count - at) * sizeof begun->scopes[0]);
    begun->scopes[at] = (struct scope){.prefix = prefix, .space = space};
    begun->count++;
}

static const struct scope *begin_spaces(struct canon *canon, struct begun *begun, const struct scope *around,
                                        const struct xml *element)
{
    begin_space(canon, begun, around, element->prefix, element->space);
    for (size_t i = 0; i < element->attribute_count; i++)
        if (element->attributes[i].prefix.len > 0)
            begin_space(canon, begun, around, element->attributes[i].prefix, element->attributes[i].space);
    for (size_t i = 0; i < begun->count; i++) {
        const struct scope *scope = &begun->scopes[i];
        put_attribute(canon->out, scope->prefix.len > 0 ? STR("xmlns") : STR(""),
                      scope->prefix.len > 0 ? scope->prefix : STR("xmlns"), scope->space);
        begun->scopes[i].outer = i > 0 ? &begun->scopes[i - 1] : around;
    }
    return begun->count > 0 ? &begun->scopes[begun->count - 1] : around;
}

/* ---- elements ---- */

static bool comes_before(const struct xml_attribute *one, const struct xml_attribute *other)
{
    int spaces = str_compare(one->space, other->space);
    return spaces != 0 ? spaces < 0 : str_compare(one->name, other->name) < 0;
}

/* By namespace, then by name: those without a namespace first. */
static void put_attributes(struct canon *canon, const struct xml *element)
{
    const struct xml_attribute *sorted[ATTRIBUTES_MAX];
    if (element->attribute_count > ATTRIBUTES_MAX) {
        canon->status = INVALID;
        return;
    }
    for (size_t i = 0; i < element->attribute_count; i++) {
        size_t at = i;
        for (; at > 0 && comes_before(&element->attributes[i], sorted[at - 1]); at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = &element->attributes[i];
    }
    for (size_t i = 0; i < element->attribute_count; i++)
        put_attribute(canon->out, sorted[i]->prefix, sorted[i]->name, sorted[i]->value);
}

/* As deep as xml_read_exact goes. */
static void put_element(struct canon *canon, const struct xml *element, const struct scope *around)
{
    struct begun begun = {0};
    buf_add_byte(canon->out, '<');
    put_name(canon->out, element->prefix, element->name);
    const struct scope *scope = begin_spaces(canon, &begun, around, element);
    put_attributes(canon, element);
    buf_add_byte(canon->out, '>');
    for (const struct xml *child = element->first; child != NULL && canon->status == OK; child = child->next) {
        if (str_is_absent(child->name))
            put_words(canon->out, child->text, false);
        else if (child != canon->without)
            put_element(canon, child, scope);
    }
    buf_add_literal(canon->out, "</");
    put_name(canon->out, element->prefix, element->name);
    buf_add_byte(canon->out, '>');
}

enum status canon_write(struct buf *out, const struct xml *element, const struct xml *without)
{
    struct canon canon = {.out = out, .without = without};
    put_element(&canon, element, NULL);
    return canon.status != OK ? canon.status : buf_status(out);
}
