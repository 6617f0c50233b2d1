#include "service/accounting/fault.h"

#include "base/utf8.h"

enum { MEND_MAX = 4096, VALUE_MAX = 200 /* bytes of what stands there that are kept */,
       WRITTEN_MAX = 32 /* bytes of an amount, a day or a number */ };

struct faults *faults_new(struct arena *arena)
{
    struct faults *faults = arena_new(arena, struct faults);
    if (faults != NULL)
        faults->arena = arena;
    return faults;
}

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
    struct fault fault = {.rule = found.code,
                          .place = str_copy(faults->arena, place),
                          .value = str_copy(faults->arena, utf8_prefix(value, VALUE_MAX)),
                          .wanted = str_copy(faults->arena, utf8_prefix(wanted, VALUE_MAX)),
                          .mend = str_copy(faults->arena, buf_str(&words))};
    if (!str_is_absent(fault.place) && !str_is_absent(fault.value) && !str_is_absent(fault.wanted) &&
        !str_is_absent(fault.mend))
        faults->kept[faults->count++] = fault;
}

void fault_mark_money(struct faults *faults)
{
    if (faults->count > 0 && faults->count == faults->found) /* else the last was not kept */
        faults->kept[faults->count - 1].is_money = true;
}

void fault_add_most(struct faults *faults, const char *rule, const char *place, struct str value, size_t most)
{
    struct buf should BUF_SCOPE = BUF_INIT(WRITTEN_MAX);
    buf_add_i64(&should, (int64_t)most);
    fault_add(faults, rule, str_of(place), value, buf_str(&should));
}

enum status fault_refuse(struct faults *faults, const char *rule, const char *place, struct str value,
                         struct str wanted)
{
    fault_add(faults, rule, str_of(place), value, wanted);
    return INVALID;
}

void fault_add_money(struct faults *faults, const char *rule, const char *place, struct money value,
                     struct money wanted)
{
    struct buf is BUF_SCOPE = BUF_INIT(WRITTEN_MAX), should BUF_SCOPE = BUF_INIT(WRITTEN_MAX);
    money_write(&is, value);
    money_write(&should, wanted);
    fault_add(faults, rule, str_of(place), buf_str(&is), buf_str(&should));
    fault_mark_money(faults);
}

void fault_add_dates(struct faults *faults, const char *rule, const char *place, struct date value,
                     struct date wanted)
{
    struct buf is BUF_SCOPE = BUF_INIT(WRITTEN_MAX), should BUF_SCOPE = BUF_INIT(WRITTEN_MAX);
    date_write(&is, value);
    date_write(&should, wanted);
    fault_add(faults, rule, str_of(place), buf_str(&is), buf_str(&should));
}

void fault_add_numbers(struct faults *faults, const char *rule, const char *place, int64_t value, int64_t wanted)
{
    struct buf is BUF_SCOPE = BUF_INIT(WRITTEN_MAX), should BUF_SCOPE = BUF_INIT(WRITTEN_MAX);
    buf_add_i64(&is, value);
    buf_add_i64(&should, wanted);
    fault_add(faults, rule, str_of(place), buf_str(&is), buf_str(&should));
}

void fault_print(struct buf *out, const struct fault *fault)
{
    buf_add_format(out, "%.*s %.*s: %.*s\n    %.*s\n", STR_ARG(fault->rule), STR_ARG(fault->place),
                   STR_ARG(fault->value), STR_ARG(fault->mend));
}
