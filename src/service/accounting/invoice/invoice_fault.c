#include "service/accounting/invoice/invoice_fault.h"

enum { PLACE_MAX = 2048, AMOUNT_MAX = 32 };

/* The elements from one to another within it: how many, 0 where it is not in there. */
static size_t find_way(const struct xml *from, const struct xml *to, const struct xml *way[XML_DEPTH_MAX], size_t depth)
{
    if (depth == XML_DEPTH_MAX)
        return 0;
    way[depth] = from;
    if (from == to)
        return depth + 1;
    for (const struct xml *child = from->first; child != NULL; child = child->next) {
        size_t count = str_is_absent(child->name) ? 0 : find_way(child, to, way, depth + 1);
        if (count > 0)
            return count;
    }
    return 0;
}

/* Its name, and which of its parent's children of that name it is, where there are several. */
static void write_step(struct buf *out, const struct xml *parent, const struct xml *element)
{
    size_t before = 0, all = 0;
    for (const struct xml *child = parent == NULL ? NULL : parent->first; child != NULL; child = child->next) {
        all += !str_is_absent(child->name) && str_eq(child->name, element->name);
        before = child == element ? all : before;
    }
    buf_add_format(out, "/%.*s", STR_ARG(element->name));
    if (all > 1)
        buf_add_format(out, "[%zu]", before);
}

static void write_place(struct buf *out, const struct xml *root, const struct xml *at)
{
    const struct xml *way[XML_DEPTH_MAX];
    size_t count = find_way(root, at, way, 0);
    for (size_t i = 0; i < count; i++)
        write_step(out, i > 0 ? way[i - 1] : NULL, way[i]);
    buf_add_format(out, ", ligne %u", at->line);
}

void invoice_fault(struct faults *faults, const struct xml *root, const char *rule, const struct xml *at,
                   struct str value, struct str wanted)
{
    struct buf place BUF_SCOPE = BUF_INIT(PLACE_MAX);
    if (faults->count < FAULTS_MAX) /* one that is only counted needs none */
        write_place(&place, root, at == NULL ? root : at);
    fault_add(faults, rule, buf_str(&place), value, wanted);
}

void invoice_fault_money(struct faults *faults, const struct xml *root, const char *rule, const struct xml *at,
                         struct money value, struct money wanted)
{
    struct buf is BUF_SCOPE = BUF_INIT(AMOUNT_MAX), should BUF_SCOPE = BUF_INIT(AMOUNT_MAX);
    money_write(&is, value);
    money_write(&should, wanted);
    invoice_fault(faults, root, rule, at, buf_str(&is), buf_str(&should));
    fault_mark_money(faults);
}
