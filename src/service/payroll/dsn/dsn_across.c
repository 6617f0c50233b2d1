#include "service/payroll/dsn/dsn_across.h"

#include "base/map.h"

enum { CONTRACTS_MAX = 1 << 20, RUBRICS_IN_BLOCK = 1000, START = 1, NUMBER = 9, KEY_MAX = 400 };

/* ---- contracts by name ---- */

static struct str name_of(const struct dsn_look *look, uint32_t person)
{
    static const uint32_t names[] = {1, 20, 19}; /* NIR, temporary number, number within the employer */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str name = dsn_find(look, person, names[i]).value;
        if (!str_is_absent(name) && !dsn_is_example(name))
            return name;
    }
    return STR_NONE;
}

/* "NIR CONTRACT"; absent: one of them is not there. */
static struct str key_of(const struct dsn_look *look, uint32_t person, uint32_t contract, struct buf *key)
{
    struct str name = name_of(look, person), number = dsn_find(look, contract, NUMBER).value;
    if (str_is_absent(name) || str_is_absent(number))
        return STR_NONE;
    buf_clear(key);
    buf_add(key, name);
    buf_add_byte(key, ' ');
    buf_add(key, number);
    return buf_status(key) == OK ? buf_str(key) : STR_NONE;
}

typedef enum status each_contract(struct dsn_look *look, uint32_t person, uint32_t contract, void *with);

static enum status each(struct dsn_look *look, each_contract *do_it, void *with)
{
    for (uint32_t person = 0; person < look->tree->count; person++)
        if (look->tree->at[person].block == DSN_PERSON)
            DSN_EACH(look, contract, person, DSN_CONTRACT)
                TRY(do_it(look, person, contract, with));
    return OK;
}

static enum status keep(struct dsn_look *look, uint32_t person, uint32_t contract, void *with)
{
    struct buf key BUF_SCOPE = BUF_INIT(KEY_MAX);
    struct str name = key_of(look, person, contract, &key);
    if (str_is_absent(name))
        return OK;
    enum status done = map_add(with, name, &look->tree->at[contract]);
    return done == CONFLICT ? OK : done; /* one said twice: the first */
}

/* ---- one contract, two months ---- */

/* Whether a change of that month says what stood there before. */
static bool is_told(const struct dsn_look *look, uint32_t contract, uint32_t old, struct str before)
{
    DSN_EACH(look, change, contract, DSN_CHANGE) {
        struct str value = dsn_find(look, change, old).value;
        if (!str_is_absent(value) && (str_is_absent(before) || str_eq(value, before)))
            return true;
    }
    return false;
}

static void compare_rubric(struct dsn_look *look, uint32_t contract, const struct dsn_look *before, uint32_t was,
                           const struct dsn_rubric *rubric)
{
    uint32_t place = rubric->number % RUBRICS_IN_BLOCK;
    struct dsn_found now = dsn_find(look, contract, place), then = dsn_find(before, was, place);
    bool is_same = str_is_absent(now.value) ? str_is_absent(then.value)
                                            : !str_is_absent(then.value) && str_eq(now.value, then.value);
    if (is_same || str_is_absent(now.value) || place == START || place == NUMBER ||
        is_told(look, contract, rubric->old, then.value))
        return;
    dsn_fault_at(look, "change.untold", &now, str_is_absent(then.value) ? STR("") : then.value);
}

static void compare(struct dsn_look *look, uint32_t contract, const struct dsn_look *before, uint32_t was)
{
    struct dsn_found start = dsn_find(look, contract, START), then = dsn_find(before, was, START);
    if (!str_is_absent(start.value) && !str_is_absent(then.value) && !str_eq(start.value, then.value) &&
        !is_told(look, contract, 21, then.value))
        dsn_fault_at(look, "contract.start", &start, then.value);
    for (size_t i = 0; i < look->norm->rubric_count; i++) {
        const struct dsn_rubric *rubric = &look->norm->rubrics[i];
        if (rubric->old != 0)
            compare_rubric(look, contract, before, was, rubric);
    }
}

struct pair {
    const struct dsn_look *before;
    struct map *contracts;
};

static enum status compare_one(struct dsn_look *look, uint32_t person, uint32_t contract, void *with)
{
    const struct pair *pair = with;
    struct buf key BUF_SCOPE = BUF_INIT(KEY_MAX);
    struct str name = key_of(look, person, contract, &key);
    const struct dsn_record *was = str_is_absent(name) ? NULL : map_get(pair->contracts, name);
    if (was != NULL)
        compare(look, contract, pair->before, (uint32_t)(was - pair->before->tree->at));
    return OK;
}

/* ---- contracts that are no more ---- */

static bool has_left(const struct dsn_look *look, uint32_t contract)
{
    return dsn_tree_below(look->tree, contract, DSN_LEFT, contract + 1) != DSN_NO_RECORD;
}

/* A number that was changed is told as rubric 41.014 of the month. */
static enum status add_old_number(struct dsn_look *look, uint32_t person, uint32_t contract, void *with)
{
    struct str name = name_of(look, person);
    struct buf key BUF_SCOPE = BUF_INIT(KEY_MAX);
    DSN_EACH(look, change, contract, DSN_CHANGE) {
        struct str old = dsn_find(look, change, 14).value;
        if (str_is_absent(old) || str_is_absent(name))
            continue;
        buf_clear(&key);
        buf_add_format(&key, "%.*s %.*s", STR_ARG(name), STR_ARG(old));
        enum status done = map_add(with, buf_str(&key), &look->tree->at[contract]);
        if (done != OK && done != CONFLICT)
            return done;
    }
    return OK;
}

struct gone {
    const struct dsn_look *now;
    struct map *contracts;
};

static enum status look_for(struct dsn_look *before, uint32_t person, uint32_t contract, void *with)
{
    const struct gone *gone = with;
    struct buf key BUF_SCOPE = BUF_INIT(KEY_MAX);
    struct str name = key_of(before, person, contract, &key);
    if (str_is_absent(name) || map_get(gone->contracts, name) != NULL || has_left(before, contract))
        return OK;
    dsn_fault_add(gone->now->faults, "contract.gone", 0, DSN_CONTRACT * RUBRICS_IN_BLOCK + NUMBER, name, STR(""));
    return OK;
}

/* Only of monthly declarations. */
static bool is_monthly(const struct dsn_look *look)
{
    for (uint32_t i = 0; i < look->tree->count; i++)
        if (look->tree->at[i].block == DSN_DECLARATION) {
            struct str nature = dsn_find(look, i, 1).value;
            return !str_is_absent(nature) && str_eq(nature, STR("01"));
        }
    return false;
}

enum status dsn_across_months(struct dsn_look *look, const struct dsn_look *before)
{
    struct map then = map_in(look->arena, CONTRACTS_MAX), now = map_in(look->arena, CONTRACTS_MAX);
    struct dsn_look was = *before;
    struct pair pair = {before, &then};
    struct gone gone = {look, &now};
    TRY(each(&was, keep, &then));
    TRY(each(look, compare_one, &pair));
    if (!is_monthly(look))
        return OK;
    TRY(each(look, keep, &now));
    TRY(each(look, add_old_number, &now));
    return each(&was, look_for, &gone);
}

/* ---- facts ---- */

static bool is_that(const struct dsn_look *look, const struct dsn_fact *fact, uint32_t person, uint32_t contract,
                    uint32_t record)
{
    struct str name = dsn_find(look, person, 19).value, number = dsn_find(look, contract, NUMBER).value;
    bool has_left = fact->block == DSN_LEFT;
    struct str reason = dsn_find(look, record, has_left ? 2 : 1).value;
    struct date day;
    return look->tree->at[record].block == fact->block && !str_is_absent(name) && !str_is_absent(number) &&
           !str_is_absent(reason) && str_eq(name, fact->person) && str_eq(number, fact->contract) &&
           str_eq(reason, fact->reason) && dsn_date_at(look, record, has_left ? 1 : 2, &day) == OK &&
           day.days == fact->day.days;
}

struct facts {
    const struct dsn_fact *at;
    size_t count;
    bool *is_found;
};

static enum status match(struct dsn_look *look, uint32_t person, uint32_t contract, void *with)
{
    const struct facts *facts = with;
    for (uint32_t i = contract + 1; i < look->tree->at[contract].end; i++) {
        uint32_t block = look->tree->at[i].block;
        bool is_known = block != DSN_STOP && block != DSN_LEFT && block != DSN_SUSPENSION;
        for (size_t j = 0; j < facts->count; j++)
            if (is_that(look, &facts->at[j], person, contract, i))
                is_known = facts->is_found[j] = true;
        if (!is_known)
            dsn_fault_record(look, "fact.none", i, 1, STR(""));
    }
    return OK;
}

enum status dsn_across_facts(struct dsn_look *look, const struct dsn_fact *facts, size_t fact_count)
{
    struct facts all = {facts, fact_count, arena_array(look->arena, bool, fact_count + 1)};
    if (all.is_found == NULL)
        return LIMIT;
    TRY(each(look, match, &all));
    for (size_t i = 0; i < fact_count; i++)
        if (!all.is_found[i])
            dsn_fault_add(look->faults, "fact.missing", 0, facts[i].block, facts[i].reason, facts[i].contract);
    return OK;
}
