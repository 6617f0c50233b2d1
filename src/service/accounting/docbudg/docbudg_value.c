#include "service/accounting/docbudg/docbudg_reading.h"

struct str docbudg_value(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name, bool is_needed)
{
    const struct xml *child = xml_child(at->element, name);
    struct str value = xml_attribute(child, "V");
    if (child != NULL && str_is_absent(value))
        docbudg_fault(reading->faults, "docbudg.value", at, name, STR(""), STR("V"));
    else if (is_needed && value.len == 0)
        docbudg_fault(reading->faults, "docbudg.missing", at, name, STR(""), str_of(name));
    return str_is_absent(value) ? STR("") : value;
}

bool docbudg_flag(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name)
{
    struct str value = docbudg_value(reading, at, name, false);
    bool is_true = str_eq(value, STR("true")) || str_eq(value, STR("1"));
    if (value.len > 0 && !is_true && !str_eq(value, STR("false")) && !str_eq(value, STR("0")))
        docbudg_fault(reading->faults, "docbudg.flag", at, name, value, STR("false"));
    return is_true;
}

struct date docbudg_day(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name)
{
    struct date date = {0};
    struct str value = docbudg_value(reading, at, name, false);
    if (value.len == 0 || date_parse(value, &date) == OK)
        return date;
    docbudg_fault(reading->faults, "docbudg.date", at, name, value, STR("2026-03-31"));
    return (struct date){0};
}

int32_t docbudg_year(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name)
{
    uint64_t year;
    struct str value = docbudg_value(reading, at, name, true);
    if (value.len == 0 || (value.len == 4 && str_to_u64(value, 9999, &year) == OK && year > 0))
        return value.len == 0 ? 0 : (int32_t)year;
    docbudg_fault(reading->faults, "docbudg.year", at, name, value, STR(""));
    return 0;
}
