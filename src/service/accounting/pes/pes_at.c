#include "service/accounting/pes/pes_at.h"

enum { PLACE_MAX = 1024, FIGURE_MAX = 32 };

struct pes_at pes_child(const struct pes_at *at, const char *name)
{
    return (struct pes_at){.above = at, .name = name, .element = xml_child(at->element, name)};
}

struct pes_at pes_first(const struct pes_at *at, const char *name)
{
    struct pes_at child = pes_child(at, name);
    child.number = 1;
    return child;
}

struct pes_at pes_next(const struct pes_at *at)
{
    struct pes_at next = *at;
    next.element = xml_next(at->element, at->name);
    next.number++;
    return next;
}

/* ---- values ---- */

struct str pes_says(const struct pes_at *at, const char *name)
{
    struct str value = xml_value(at->element, name);
    return str_is_absent(value) ? STR("") : value;
}

bool pes_is(const struct pes_at *at, const char *name, const char *value)
{
    return str_eq(pes_says(at, name), str_of(value));
}

uint64_t pes_number(const struct pes_at *at, const char *name, uint64_t max)
{
    uint64_t number;
    struct str value = pes_says(at, name);
    return value.len > 0 && str_to_u64(value, max, &number) == OK ? number : 0;
}

bool pes_amount(const struct pes_at *at, const char *name, struct money *ret_money)
{
    struct str value = pes_says(at, name);
    return value.len > 0 && money_parse(value, ret_money) == OK;
}

bool pes_flag(const struct pes_at *at, const char *name)
{
    return pes_is(at, name, "1") || pes_is(at, name, "true");
}

/* ---- faults ---- */

/* As deep as the fields go, at most. */
static void write_way(struct buf *out, const struct pes_at *at)
{
    if (at->above != NULL)
        write_way(out, at->above);
    buf_add_byte(out, '/');
    buf_add(out, at->name != NULL ? str_of(at->name) : at->element->name);
    if (at->number > 0)
        buf_add_format(out, "[%u]", at->number);
}

/* The line of what stands there, or of the nearest element around it. */
static uint32_t line_of(const struct pes_at *at)
{
    while (at != NULL && at->element == NULL)
        at = at->above;
    return at == NULL ? 0 : at->element->line;
}

void pes_fault(struct faults *faults, const char *rule, const struct pes_at *at, const char *name, struct str value,
               struct str wanted)
{
    struct buf place BUF_SCOPE = BUF_INIT(PLACE_MAX);
    struct pes_at there = name == NULL ? *at : pes_child(at, name);
    write_way(&place, &there);
    buf_add_format(&place, ", ligne %u", line_of(&there));
    fault_add(faults, rule, buf_str(&place), value, wanted);
}

void pes_fault_value(struct faults *faults, const char *rule, const struct pes_at *at, const char *name,
                     struct str wanted)
{
    pes_fault(faults, rule, at, name, pes_says(at, name), wanted);
}

void pes_fault_number(struct faults *faults, const char *rule, const struct pes_at *at, const char *name,
                      uint64_t wanted)
{
    struct buf figures BUF_SCOPE = BUF_INIT(FIGURE_MAX);
    buf_add_u64(&figures, wanted);
    pes_fault_value(faults, rule, at, name, buf_str(&figures));
}

void pes_fault_money(struct faults *faults, const char *rule, const struct pes_at *at, const char *name,
                     struct money wanted)
{
    struct buf figures BUF_SCOPE = BUF_INIT(FIGURE_MAX);
    money_write(&figures, wanted);
    pes_fault_value(faults, rule, at, name, buf_str(&figures));
    fault_mark_money(faults);
}
