/* What the accountant's system says of a file that came in (PES_ACQUIT): R52. */
#include "service/accounting/pes/pes_rules.h"

enum { NUMBER_MAX = 9999999 };

static void check_one(struct faults *faults, const struct pes_at *one)
{
    bool is_slip = pes_is(one, "DomaineAck", "5"), is_document = pes_is(one, "DomaineAck", "4");
    if (!is_slip && !is_document)
        pes_fault_value(faults, "R52", one, "DomaineAck", STR("4, 5"));
    if (!pes_is(one, "EtatAck", "0") && !pes_is(one, "EtatAck", "1"))
        pes_fault_value(faults, "R52", one, "EtatAck", STR("0, 1"));
    if (is_slip && pes_number(one, "NumBord", NUMBER_MAX) == 0)
        pes_fault_value(faults, "R52", one, "NumBord", STR("NumBord"));
    if (is_document && pes_says(one, "IdUnique").len == 0)
        pes_fault_value(faults, "R52", one, "IdUnique", STR("IdUnique"));
}

void pes_rules_acquit(struct faults *faults, const struct pes_at *root)
{
    const struct pes_at all = pes_child(root, "ACQUIT");
    size_t count = 0;
    for (struct pes_at one = pes_first(&all, "ElementACQUIT"); one.element != NULL; one = pes_next(&one)) {
        check_one(faults, &one);
        count++;
    }
    if (count == 0)
        pes_fault(faults, "R52", root, NULL, STR(""), STR("ElementACQUIT"));
}
