#include "service/accounting/fault.h"

enum { MEND_MAX = 4096, VALUE_MAX = 200 /* bytes of what stands there that are kept */ };

void fault_add(struct faults *faults, const char *rule, struct str place, struct str value, struct str wanted)
{
    struct rule found;
    struct buf words BUF_SCOPE = BUF_INIT(MEND_MAX);
    if (++faults->found > FAULTS_MAX || faults->count == FAULTS_MAX)
        return;
    enum status done = rule_find(faults->arena, str_of(rule), &found);
    REQUIRE(done == OK || done == LIMIT);
    if (done == LIMIT)
        return;
    rule_say(&words, &found, value, wanted);
    struct fault fault = {.rule = found.code, /* as it stands in rules.csv, which stays */
                          .place = str_copy(faults->arena, place),
                          .value = str_copy(faults->arena, str_slice(value, 0, VALUE_MAX)),
                          .mend = str_copy(faults->arena, buf_str(&words))};
    if (!str_is_absent(fault.place) && !str_is_absent(fault.value) && !str_is_absent(fault.mend))
        faults->kept[faults->count++] = fault;
}
