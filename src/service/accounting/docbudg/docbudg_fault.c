#include "service/accounting/docbudg/docbudg_fault.h"

enum { PLACE_MAX = 512, AMOUNT_MAX = 32 };

struct docbudg_at docbudg_at_line(const struct docbudg_budget *budget, const struct docbudg_line *line)
{
    return (struct docbudg_at){.place = budget->place, .line = line->number, .element = line->element};
}

static void write_place(struct buf *out, const struct docbudg_at *at, const char *name)
{
    buf_add(out, at->place);
    if (at->line > 0)
        buf_add_format(out, "/LigneBudget[%u]", at->line);
    if (name != NULL)
        buf_add_format(out, "/%s", name);
}

struct docbudg_at docbudg_at_child(struct arena *arena, const struct docbudg_at *at, const char *name)
{
    struct buf place BUF_SCOPE = BUF_INIT(PLACE_MAX);
    write_place(&place, at, name);
    return (struct docbudg_at){.place = str_copy(arena, buf_str(&place)), .element = xml_child(at->element, name)};
}

void docbudg_fault(struct faults *faults, const char *rule, const struct docbudg_at *at, const char *name,
                   struct str value, struct str wanted)
{
    struct buf place BUF_SCOPE = BUF_INIT(PLACE_MAX);
    const struct xml *child = name == NULL ? NULL : xml_child(at->element, name);
    const struct xml *element = child != NULL ? child : at->element;
    write_place(&place, at, name);
    if (element != NULL)
        buf_add_format(&place, ", ligne %u", element->line);
    fault_add(faults, rule, buf_str(&place), value, wanted);
}

void docbudg_fault_money(struct faults *faults, const char *rule, const struct docbudg_at *at, const char *name,
                         struct money value, struct money wanted)
{
    struct buf is BUF_SCOPE = BUF_INIT(AMOUNT_MAX), should BUF_SCOPE = BUF_INIT(AMOUNT_MAX);
    money_write(&is, value);
    money_write(&should, wanted);
    docbudg_fault(faults, rule, at, name, buf_str(&is), buf_str(&should));
    fault_mark_money(faults);
}
