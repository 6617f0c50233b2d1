#include "service/accounting/fault.h"

#include "base/utf8.h"

enum { MEND_MAX = 4096, WRITTEN_MAX = 32 /* bytes of an amount, a day or a number */ };

struct faults *faults_new(struct arena *arena)
{
    struct faults *faults = arena_new(arena, struct faults);
    if (faults != NULL)
        faults->arena = arena;
    return faults;
}

/* Words for one that the arena has no room for: who refuses something always says why. */
static void keep_bare(struct faults *faults)
{
    static const struct fault bare = {
        .rule = STR_INIT("file.memory"), .place = STR_INIT(""), .value = STR_INIT(""), .wanted = STR_INIT(""),
        .mend = STR_INIT("Ce document est refusé, et il est trop grand pour que chaque faute soit dite. "
                         "Donnez-le en plusieurs parties.")};
    if (faults->count == 0)
        faults->kept[faults->count++] = bare;
}

static bool keep(struct faults *faults, const char *rule, struct str place, struct str value, struct str wanted)
{
    struct rule found;
    struct buf words BUF_SCOPE = BUF_INIT(MEND_MAX);
    enum status done = rule_find(faults->arena, str_of(rule), &found);
    REQUIRE(done == OK || done == LIMIT);
    if (done == LIMIT)
        return false;
    rule_say(&words, &found, &(struct rule_words){.place = place, .value = value, .wanted = wanted});
    struct fault fault = {.rule = found.code,
                          .place = str_copy(faults->arena, place),
                          .value = str_copy(faults->arena, utf8_prefix(value, RULE_VALUE_MAX)),
                          .wanted = str_copy(faults->arena, utf8_prefix(wanted, RULE_WANTED_MAX)),
                          .mend = str_copy(faults->arena, buf_str(&words))};
    if (str_is_absent(fault.place) || str_is_absent(fault.value) || str_is_absent(fault.wanted) ||
        str_is_absent(fault.mend))
        return false;
    faults->kept[faults->count++] = fault;
    return true;
}

void fault_add(struct faults *faults, const char *rule, struct str place, struct str value, struct str wanted)
{
    if (++faults->found > FAULTS_MAX || faults->count == FAULTS_MAX)
        return;
    if (!keep(faults, rule, place, value, wanted))
        keep_bare(faults);
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
