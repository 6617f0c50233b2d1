#include "service/accounting/docbudg/docbudg_reading.h"

static const char *const amount_names[DOCBUDG_AMOUNTS] = {
    [DOCBUDG_PREVIOUS] = "MtBudgPrec", [DOCBUDG_CARRIED] = "MtRARPrec", [DOCBUDG_PROPOSED] = "MtPropNouv",
    [DOCBUDG_VOTED] = "MtPrev",        [DOCBUDG_OPEN] = "CredOuv",      [DOCBUDG_DONE] = "MtReal",
    [DOCBUDG_LEFT] = "MtRAR3112"};

/* The supplementary value of that code (MtSup, CaracSup); absent: none. */
static struct str extra_of(const struct xml *line, const char *name, const char *code)
{
    for (const struct xml *child = xml_child(line, name); child != NULL; child = xml_next(child, name))
        if (str_eq(xml_attribute(child, "Code"), str_of(code)))
            return xml_attribute(child, "V");
    return STR_NONE;
}

static bool parse_amount(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name,
                         struct str value, struct money *ret_money)
{
    if (money_parse(value, ret_money) == OK)
        return true;
    docbudg_fault(reading->faults, "docbudg.amount", at, name, value, STR("1234.50"));
    return false;
}

/* What was left over from the year before stands in one of two places, or in both. */
static bool read_carried(struct docbudg_reading *reading, const struct docbudg_at *at, struct docbudg_line *line)
{
    struct money extra;
    struct str value = extra_of(at->element, "MtSup", "RARPrec");
    if (str_is_absent(value))
        return true;
    if (!parse_amount(reading, at, "MtSup", value, &extra))
        return false;
    if (line->has[DOCBUDG_CARRIED] && !money_is(extra, line->amounts[DOCBUDG_CARRIED]))
        docbudg_fault_money(reading->faults, "docbudg.carried", at, "MtSup", extra, line->amounts[DOCBUDG_CARRIED]);
    if (!line->has[DOCBUDG_CARRIED])
        line->amounts[DOCBUDG_CARRIED] = extra;
    line->has[DOCBUDG_CARRIED] = true;
    return true;
}

static bool read_amounts(struct docbudg_reading *reading, const struct docbudg_at *at, struct docbudg_line *line)
{
    bool is_whole = true;
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++) {
        const struct xml *child = xml_child(at->element, amount_names[i]);
        struct str value = child == NULL ? STR("") : docbudg_value(reading, at, amount_names[i], false);
        if (child == NULL)
            continue;
        line->has[i] = !str_is_absent(xml_attribute(child, "V")) &&
                       parse_amount(reading, at, amount_names[i], value, &line->amounts[i]);
        is_whole &= line->has[i];
    }
    return read_carried(reading, at, line) && is_whole;
}

static enum chart_kind read_kind(struct docbudg_reading *reading, const struct docbudg_at *at)
{
    struct str order = docbudg_value(reading, at, "OpBudg", true);
    if (str_eq(order, STR("0")) || order.len == 0)
        return CHART_REAL;
    struct str type = docbudg_value(reading, at, "TypOpBudg", str_eq(order, STR("1")));
    if (!str_eq(order, STR("1")))
        docbudg_fault(reading->faults, "docbudg.kind", at, "OpBudg", order,
                      STR("0 pour une opération réelle ou 1 pour une opération d’ordre"));
    else if (type.len > 0 && !str_eq(type, STR("1")) && !str_eq(type, STR("2")))
        docbudg_fault(reading->faults, "docbudg.kind", at, "TypOpBudg", type,
                      STR("1 à l’intérieur d’une section ou 2 entre les sections"));
    return str_eq(type, STR("1")) ? CHART_WITHIN : CHART_BETWEEN;
}

static enum chart_direction read_direction(struct docbudg_reading *reading, const struct docbudg_at *at)
{
    struct str value = docbudg_value(reading, at, "CodRD", true);
    if (value.len > 0 && !str_eq(value, STR("D")) && !str_eq(value, STR("R")))
        docbudg_fault(reading->faults, "docbudg.direction", at, "CodRD", value, STR(""));
    return str_eq(value, STR("R")) ? CHART_RECEIPT : CHART_EXPENSE;
}

static enum chart_section read_section(struct docbudg_reading *reading, const struct docbudg_at *at)
{
    struct str value = extra_of(at->element, "CaracSup", "Section");
    if (str_is_absent(value))
        return CHART_NO_SECTION;
    if (str_eq(value, STR("F")) || str_eq(value, STR("I")))
        return value.at[0] == 'F' ? CHART_FUNCTIONING : CHART_INVESTMENT;
    docbudg_fault(reading->faults, "docbudg.mark", at, "CaracSup", value, STR(""));
    return CHART_NO_SECTION;
}

bool docbudg_line_read(struct docbudg_reading *reading, const struct docbudg_at *at, struct docbudg_line *ret_line)
{
    size_t found = reading->faults->found;
    *ret_line = (struct docbudg_line){.nature = docbudg_value(reading, at, "Nature", true),
                                      .function = docbudg_value(reading, at, "Fonction", false),
                                      .operation = docbudg_value(reading, at, "Operation", false),
                                      .chapter = docbudg_value(reading, at, "ContNat", false),
                                      .function_chapter = docbudg_value(reading, at, "ContFon", false),
                                      .operation_chapter = docbudg_value(reading, at, "ContOp", false),
                                      .direction = read_direction(reading, at),
                                      .kind = read_kind(reading, at),
                                      .section = read_section(reading, at),
                                      .number = at->line,
                                      .element = at->element};
    ret_line->is_marked = ret_line->section != CHART_NO_SECTION;
    return read_amounts(reading, at, ret_line) && reading->faults->found == found;
}
