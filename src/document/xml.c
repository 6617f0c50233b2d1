#include "document/xml.h"

/* ---- looking ---- */

static bool is_named(const struct xml *node, const char *name)
{
    return !str_is_absent(node->name) && str_eq(node->name, str_of(name));
}

static struct xml *from(struct xml *node, const char *name)
{
    while (node != NULL && !is_named(node, name))
        node = node->next;
    return node;
}

struct xml *xml_child(const struct xml *parent, const char *name)
{
    return parent == NULL ? NULL : from(parent->first, name);
}

struct xml *xml_next(const struct xml *child, const char *name)
{
    return child == NULL ? NULL : from(child->next, name);
}

size_t xml_count(const struct xml *parent)
{
    size_t count = 0;
    for (const struct xml *child = parent == NULL ? NULL : parent->first; child != NULL; child = child->next)
        count += !str_is_absent(child->name);
    return count;
}

struct str xml_attribute(const struct xml *element, const char *name)
{
    for (size_t i = 0; element != NULL && i < element->attribute_count; i++)
        if (element->attributes[i].space.len == 0 && str_eq(element->attributes[i].name, str_of(name)))
            return element->attributes[i].value;
    return STR_NONE;
}

struct str xml_value(const struct xml *parent, const char *name)
{
    return xml_attribute(xml_child(parent, name), "V");
}

struct str xml_text(struct arena *arena, const struct xml *element)
{
    struct str text = STR("");
    for (const struct xml *child = element == NULL ? NULL : element->first; child != NULL; child = child->next) {
        if (!str_is_absent(child->name))
            continue;
        text = text.len == 0 ? child->text
                             : str_format(arena, "%.*s%.*s", STR_ARG(text), STR_ARG(child->text));
    }
    return str_trim(str_is_absent(text) ? STR("") : text);
}

/* ---- making ---- */

void xml_append(struct xml *parent, struct xml *child)
{
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

struct xml *xml_add(struct arena *arena, struct xml *parent, struct str space, const char *name)
{
    struct xml *element = arena_new(arena, struct xml);
    if (element == NULL)
        return NULL;
    *element = (struct xml){.space = space, .prefix = STR(""), .name = str_of(name)};
    if (parent != NULL)
        xml_append(parent, element);
    return element;
}

void xml_set(struct arena *arena, struct xml *element, const char *name, struct str value)
{
    if (element == NULL)
        return;
    struct xml_attribute *attributes = arena_array(arena, struct xml_attribute, element->attribute_count + 1);
    if (attributes == NULL)
        return;
    if (element->attribute_count > 0)
        memcpy(attributes, element->attributes, element->attribute_count * sizeof *attributes);
    attributes[element->attribute_count++] =
        (struct xml_attribute){.space = STR(""), .prefix = STR(""), .name = str_of(name), .value = value};
    element->attributes = attributes;
}

struct xml *xml_add_value(struct arena *arena, struct xml *parent, const char *name, struct str value)
{
    if (parent == NULL)
        return NULL;
    struct xml *element = xml_add(arena, parent, parent->space, name);
    if (element != NULL)
        element->prefix = parent->prefix;
    xml_set(arena, element, "V", value);
    return element;
}

void xml_set_value(struct arena *arena, struct xml *parent, const char *name, struct str value)
{
    struct xml *child = xml_child(parent, name);
    if (child == NULL) {
        (void)xml_add_value(arena, parent, name, value);
        return;
    }
    child->attributes = NULL;
    child->attribute_count = 0;
    xml_set(arena, child, "V", value);
}

void xml_drop(struct xml *parent, const char *name)
{
    struct xml **at = parent == NULL ? NULL : &parent->first, *last = NULL;
    while (at != NULL && *at != NULL) {
        if (is_named(*at, name)) {
            *at = (*at)->next;
            continue;
        }
        last = *at;
        at = &(*at)->next;
    }
    if (parent != NULL)
        parent->last = last;
}

/* ---- comparing ---- */

static const struct xml_attribute *same_attribute(const struct xml *element, const struct xml_attribute *wanted)
{
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct xml_attribute *one = &element->attributes[i];
        if (str_eq(one->name, wanted->name) && str_eq(one->space, wanted->space))
            return one;
    }
    return NULL;
}

static bool have_same_attributes(const struct xml *one, const struct xml *other)
{
    if (one->attribute_count != other->attribute_count)
        return false;
    for (size_t i = 0; i < one->attribute_count; i++) {
        const struct xml_attribute *found = same_attribute(other, &one->attributes[i]);
        if (found == NULL || !str_eq(found->value, one->attributes[i].value))
            return false;
    }
    return true;
}

static bool are_alike(const struct xml *one, const struct xml *other)
{
    bool is_text = str_is_absent(one->name);
    if (is_text != str_is_absent(other->name))
        return false;
    if (is_text)
        return str_eq(one->text, other->text);
    return str_eq(one->name, other->name) && str_eq(one->space, other->space) && have_same_attributes(one, other);
}

/* Prepends this node's part of the way: found from the inside out. */
static void add_place(struct buf *where, const struct xml *parent, const struct xml *child)
{
    size_t number = 0;
    for (const struct xml *at = parent->first; at != NULL; at = at->next) {
        number += str_is_absent(at->name) == str_is_absent(child->name) && str_eq(at->name, child->name);
        if (at == child)
            break;
    }
    struct buf whole BUF_SCOPE = BUF_INIT(where->max);
    buf_add_format(&whole, "/%.*s[%zu]", STR_ARG(str_is_absent(child->name) ? STR("text") : child->name), number);
    buf_add(&whole, buf_str(where));
    buf_clear(where);
    buf_add(where, buf_str(&whole));
}

/* Depth is bounded by what xml_read takes. */
static bool same(const struct xml *one, const struct xml *other, struct buf *where)
{
    if (!are_alike(one, other))
        return false;
    const struct xml *left = one->first, *right = other->first;
    while (left != NULL && right != NULL && same(left, right, where)) {
        left = left->next;
        right = right->next;
    }
    if (left == NULL && right == NULL)
        return true;
    add_place(where, left != NULL ? one : other, left != NULL ? left : right);
    return false;
}

bool xml_same(const struct xml *one, const struct xml *other, struct buf *ret_where)
{
    struct buf where BUF_SCOPE = BUF_INIT(4096);
    if (same(one, other, &where))
        return true;
    buf_add_format(ret_where, "/%.*s", STR_ARG(one->name));
    buf_add(ret_where, buf_str(&where));
    return false;
}
