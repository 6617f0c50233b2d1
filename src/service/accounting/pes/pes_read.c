#include "service/accounting/pes/pes_read.h"


enum { WAYS = 2 /* of which a file takes one */ };

/* How many there were of each child of a block so far, by its place. */
struct counts {
    uint32_t of[PES_CHILDREN_MAX];
    size_t reached; /* the furthest place so far: what stands before it comes too late */
};

static size_t place_of(const struct pes_field *block, const struct pes_field *field)
{
    size_t place = 0;
    for (const struct pes_field *one = block->first; one != field; one = one->next)
        place++;
    REQUIRE(place < PES_CHILDREN_MAX);
    return place;
}

/* ---- attributes ---- */

/* NCName of Namespaces in XML, by ASCII: other letters are taken as they come. */
static bool is_name(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool is_first = ascii_is_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
        if (!is_first && (i == 0 || (!ascii_is_digit(c) && c != '-' && c != '.')))
            return false;
    }
    return text.len > 0;
}

static const char *attribute_of(const struct pes_field *field)
{
    if (field->type == PES_FILE)
        return "MIMEType";
    if (field->type != PES_BLOCK)
        return "V";
    return str_eq(field->name, STR("PES_Aller")) || str_eq(field->name, STR("Bordereau")) ? "Id" : "";
}

static void read_attributes(struct faults *faults, const struct pes_field *field, const struct pes_at *at)
{
    const struct xml *element = at->element;
    const char *own = attribute_of(field);
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct xml_attribute *attribute = &element->attributes[i];
        if (attribute->space.len == 0 && !str_eq(attribute->name, str_of(own)))
            pes_fault(faults, "pes.unknown", at, NULL, attribute->name, str_of(own));
        else if (attribute->space.len == 0 && str_eq(attribute->name, STR("Id")) && !is_name(attribute->value))
            pes_fault(faults, "pes.id", at, NULL, attribute->value, STR("B2026-12"));
    }
}

/* ---- blocks ---- */

/* A signature may end the file, or a bordereau; what it says is not a field. */
static bool is_signature(const struct pes_field *block, const struct xml *child)
{
    return !str_is_absent(child->name) && str_eq(child->space, STR(PES_SIGNATURES)) && attribute_of(block)[0] == 'I';
}

static void count_child(struct faults *faults, const struct pes_field *block, const struct pes_field *field,
                        struct counts *counts, struct pes_at *child)
{
    size_t place = place_of(block, field);
    uint32_t count = ++counts->of[place];
    child->number = field->is_many ? count : 0;
    if (place < counts->reached)
        pes_fault(faults, "pes.order", child, NULL, STR(""), field->name);
    else
        counts->reached = place;
    if (count == 2 && !field->is_many)
        pes_fault(faults, "pes.many", child, NULL, STR(""), field->name);
}

/* Of two ways of which a file takes one, that which it took: the second where it has any of it. */
static uint32_t way_taken(struct faults *faults, const struct pes_field *block, const struct counts *counts,
                          const struct pes_at *at)
{
    const uint32_t *count = counts->of;
    bool has[WAYS + 1] = {false};
    for (const struct pes_field *field = block->first; field != NULL; field = field->next, count++)
        has[field->choice] = has[field->choice] || *count > 0;
    if (has[1] && has[2])
        pes_fault(faults, "pes.choice", at, NULL, STR(""), STR("IBAN"));
    return has[1] && !has[2] ? 1 : 2;
}

static void tell_missing(struct faults *faults, const struct pes_field *block, const struct counts *counts,
                         const struct pes_at *at)
{
    const uint32_t *count = counts->of;
    uint32_t way = way_taken(faults, block, counts, at);
    for (const struct pes_field *field = block->first; field != NULL; field = field->next, count++)
        if (*count == 0 && field->is_needed && (field->choice == 0 || field->choice == way))
            pes_fault(faults, field->missing != NULL ? field->missing : "pes.missing", at, NULL, STR(""),
                      field->name);
}

/* Which field of the block a child is; NULL, and a fault: none. */
static const struct pes_field *field_of(struct faults *faults, const struct pes_field *block,
                                        const struct pes_at *child)
{
    const struct xml *element = child->element;
    bool is_text = str_is_absent(element->name);
    const struct pes_field *field = is_text || element->space.len > 0 ? NULL : pes_field(block, element->name);
    if (field == NULL)
        pes_fault(faults, "pes.unknown", is_text ? child->above : child, NULL,
                  is_text ? element->text : element->name, block->name);
    return field;
}

static void read_value(struct faults *faults, const struct pes_field *field, const struct pes_at *at)
{
    struct str value = xml_attribute(at->element, "V");
    if (str_is_absent(value))
        pes_fault(faults, "pes.value", at, NULL, STR(""), field->name);
    else
        pes_value(faults, field, at, value);
}

/* As deep as fields go: what is unknown is not looked into. The text of a PES_FILE is the document itself. */
static void read_element(struct faults *faults, const struct pes_field *field, const struct pes_at *at)
{
    struct counts counts = {0};
    const struct xml *child = field->type == PES_FILE ? NULL : at->element->first;
    read_attributes(faults, field, at);
    for (; child != NULL; child = child->next) {
        struct pes_at there = {.above = at, .element = child};
        const struct pes_field *is = is_signature(field, child) ? NULL : field_of(faults, field, &there);
        if (is == NULL)
            continue;
        count_child(faults, field, is, &counts, &there);
        read_element(faults, is, &there);
    }
    tell_missing(faults, field, &counts, at);
    if (field->type != PES_BLOCK && field->type != PES_FILE)
        read_value(faults, field, at);
}

enum status pes_read(struct arena *arena, const struct pes_at *root, struct faults *faults)
{
    const struct pes_field *field;
    TRY(pes_table(arena, &field));
    read_element(faults, field, root);
    return OK;
}
