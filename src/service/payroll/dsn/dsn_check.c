#include "service/payroll/dsn/dsn_check.h"

#include "service/payroll/dsn/dsn_across.h"
#include "service/payroll/dsn/dsn_look.h"

enum { VERSION_RUBRIC = 100000006, MONTH_RUBRIC = 5 };

/* ---- a file ---- */

/* The version that the file says; the newest where it says none that is shipped (level 3 then says so). */
static enum status norm_for(struct arena *arena, const struct dsn_file *file, struct dsn_norm *ret_norm)
{
    struct str newest;
    for (size_t i = 0; i < file->count; i++)
        if (file->lines[i].number == VERSION_RUBRIC) {
            enum status done = dsn_norm_shipped(arena, dsn_line_value(&file->lines[i]), ret_norm);
            if (done != NOT_FOUND)
                return done;
            break;
        }
    TRY(dsn_norm_version(0, &newest));
    return dsn_norm_shipped(arena, newest, ret_norm);
}

static enum status open_look(struct arena *arena, const struct law *law, struct str bytes, struct dsn_faults *faults,
                             struct dsn_look **ret_look)
{
    struct dsn_look *look = arena_new(arena, struct dsn_look);
    struct dsn_file *file = arena_new(arena, struct dsn_file);
    struct dsn_norm *norm = arena_new(arena, struct dsn_norm);
    struct dsn_tree *tree = arena_new(arena, struct dsn_tree);
    if (look == NULL || file == NULL || norm == NULL || tree == NULL)
        return LIMIT;
    TRY(dsn_file_read(arena, bytes, file));
    TRY(norm_for(arena, file, norm));
    faults->norm = norm;
    TRY(dsn_tree_of(arena, file, norm, faults, tree));
    *look = (struct dsn_look){
        .arena = arena, .file = file, .norm = norm, .tree = tree, .law = law, .faults = faults};
    *ret_look = look;
    return OK;
}

/* ---- a declaration ---- */

static void take_month(struct dsn_look *look, uint32_t declaration)
{
    struct dsn_found month = dsn_find(look, declaration, MONTH_RUBRIC);
    struct dsn_found nature = dsn_find(look, declaration, 1);
    bool is_monthly = !str_is_absent(nature.value) && str_eq(nature.value, STR("01"));
    struct date day;
    look->month = look->month_end = (struct date){0};
    if (str_is_absent(month.value)) {
        if (is_monthly)
            dsn_fault_at(look, "rubric.missing", &month, STR(""));
        return;
    }
    if (dsn_date(month.value, &day) != OK)
        return; /* level 1 says so */
    if (date_month_start(day).days != day.days)
        dsn_fault_at(look, "month.first", &month, STR(""));
    if (is_monthly) {
        look->month = date_month_start(day);
        look->month_end = date_month_end(day);
    }
}

static void check_declaration(struct dsn_look *look, uint32_t declaration)
{
    take_month(look, declaration);
    DSN_EACH(look, employer, declaration, DSN_EMPLOYER)
        DSN_EACH(look, place, employer, DSN_PLACE) {
            dsn_check_place(look, employer, place);
            DSN_EACH(look, person, place, DSN_PERSON)
                dsn_check_person(look, person);
        }
}

static void check_all(struct dsn_look *look)
{
    dsn_check_lines(look);
    dsn_check_counts(look);
    dsn_check_keys(look);
    for (uint32_t i = 0; i < look->tree->count; i++)
        if (look->tree->at[i].block == DSN_DECLARATION)
            check_declaration(look, i);
}

enum status dsn_check(struct arena *arena, const struct law *law, struct str bytes, struct str before,
                      struct dsn_faults *ret_faults)
{
    struct dsn_look *look, *was;
    struct dsn_faults unsaid; /* those of the month before are its own */
    TRY(dsn_faults_init(arena, ret_faults));
    TRY(open_look(arena, law, bytes, ret_faults, &look));
    check_all(look);
    if (str_is_absent(before))
        return OK;
    TRY(dsn_faults_init(arena, &unsaid));
    TRY(open_look(arena, law, before, &unsaid, &was));
    return dsn_across_months(look, was);
}

enum status dsn_check_facts(struct arena *arena, const struct law *law, struct str bytes,
                            const struct dsn_fact *facts, size_t fact_count, struct dsn_faults *ret_faults)
{
    struct dsn_look *look;
    TRY(dsn_faults_init(arena, ret_faults));
    TRY(open_look(arena, law, bytes, ret_faults, &look));
    check_all(look);
    return dsn_across_facts(look, facts, fact_count);
}
