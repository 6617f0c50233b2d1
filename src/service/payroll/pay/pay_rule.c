#include "service/payroll/pay/pay_rule.h"

#include "service/payroll/pay/pay_work.h"

enum { CODES = 6 };

static const struct rule {
    const char *name;
    int32_t version;
    size_t count; /* of codes, beside that of the rate */
    enum law_code codes[CODES];
} rules[PAY_LINES] = {
    [PAY_TREATMENT] = {"treatment", 1, 1, {LAW_ROUNDING_GAIN}},
    [PAY_NBI] = {"nbi", 1, 2, {LAW_POINT_YEAR, LAW_ROUNDING_GAIN}},
    [PAY_RESIDENCE] = {"residence", 1, 2, {LAW_RESIDENCE_INDEX, LAW_ROUNDING_GAIN}},
    [PAY_SMIC] = {"smic", 1, 2, {LAW_POINT_YEAR, LAW_ROUNDING_GAIN}},
    [PAY_FAMILY] = {"family", 1, 6,
        {LAW_SFT_FIXED2, LAW_SFT_FIXED_MORE, LAW_SFT_SHARE_MORE, LAW_SFT_LOW, LAW_SFT_HIGH, LAW_ROUNDING_GAIN}},
    [PAY_IFSE] = {"ifse", 1, 0, {LAW_SUM}},
    [PAY_CIA] = {"cia", 1, 0, {LAW_SUM}},
    [PAY_PRIMES] = {"primes", 1, 0, {LAW_SUM}},
    [PAY_MANDATE] = {"mandate", 1, 3, {LAW_TERMINAL_INDEX, LAW_POINT_YEAR, LAW_ROUNDING_GAIN}},
    [PAY_OVERTIME] = {"overtime", 1, 4,
        {LAW_OVERTIME_HOURS_YEAR, LAW_OVERTIME_FIRST_HOURS, LAW_OVERTIME_CEILING, LAW_ROUNDING_GAIN}},
    [PAY_TRANSFER] = {"transfer", 1, 0, {LAW_SUM}},
    [PAY_COMPENSATION] = {"compensation", 1, 1, {LAW_COMPENSATION_BASE}},
    [PAY_HEALTH] = {"health", 1, 0, {LAW_SUM}},
    [PAY_GROSS] = {"gross", 1, 0, {LAW_SUM}},
    [PAY_RAFP_PRIMES] = {"rafp_primes", 1, 0, {LAW_SUM}},
    [PAY_BASE_RAFP] = {"base_rafp", 1, 1, {LAW_RAFP_CEILING}},
    [PAY_BASE_EMPLOYER] = {"base_employer", 1, 0, {LAW_SUM}},
    [PAY_BASE_A] = {"base_a", 1, 1, {LAW_PSS_DAYS}},
    [PAY_BASE_B] = {"base_b", 1, 2, {LAW_PSS_MONTH, LAW_PSS_DAYS}},
    [PAY_BASE_CSG] = {"base_csg", 1, 3, {LAW_CSG_ALLOWANCE_CEILING, LAW_PSS_MONTH, LAW_ROUNDING_CONTRIBUTION}},
    [PAY_CNRACL_AGENT] = {"cnracl_agent", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_RAFP_AGENT] = {"rafp_agent", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_AGE_CAPPED_AGENT] = {"age_capped_agent", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_AGE_WHOLE_AGENT] = {"age_whole_agent", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_IRCANTEC_A_AGENT] = {"ircantec_a_agent", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_IRCANTEC_B_AGENT] = {"ircantec_b_agent", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_CSG_DEDUCTIBLE] = {"csg_deductible", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_CSG_TAXED] = {"csg_taxed", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_CRDS] = {"crds", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_RELIEF] = {"relief", 1, 2, {LAW_OVERTIME_RELIEF, LAW_ROUNDING_CONTRIBUTION}},
    [PAY_AGENT_TOTAL] = {"agent_total", 1, 0, {LAW_SUM}},
    [PAY_CNRACL_EMPLOYER] = {"cnracl_employer", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_ATIACL] = {"atiacl", 1, 2, {LAW_ATIACL_BASE, LAW_ROUNDING_CONTRIBUTION}},
    [PAY_RAFP_EMPLOYER] = {"rafp_employer", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_SICKNESS] = {"sickness", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_ACCIDENT] = {"accident", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_ALLOWANCES] = {"allowances", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_AUTONOMY] = {"autonomy", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_FNAL] = {"fnal", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_MOBILITY] = {"mobility", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_CNFPT] = {"cnfpt", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_CENTRE] = {"centre", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_AGE_CAPPED_EMPLOYER] = {"age_capped_employer", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_AGE_WHOLE_EMPLOYER] = {"age_whole_employer", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_IRCANTEC_A_EMPLOYER] = {"ircantec_a_employer", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_IRCANTEC_B_EMPLOYER] = {"ircantec_b_employer", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_EMPLOYER_TOTAL] = {"employer_total", 1, 0, {LAW_SUM}},
    [PAY_DEDUCTIONS] = {"deductions", 1, 0, {LAW_SUM}},
    [PAY_NET_BEFORE_TAX] = {"net_before_tax", 1, 0, {LAW_SUM}},
    [PAY_EXEMPT] = {"exempt", 1, 0, {LAW_SUM}},
    [PAY_NET_TAXABLE] = {"net_taxable", 1, 0, {LAW_SUM}},
    [PAY_TAX] = {"tax", 1, 1, {LAW_TAX_ROUNDING}},
    [PAY_TRANSPORT] = {"transport", 1, 1, {LAW_ROUNDING_CONTRIBUTION}},
    [PAY_TELEWORK] = {"telework", 1, 1, {LAW_TELEWORK_YEAR}},
    [PAY_REFUNDS] = {"refunds", 1, 0, {LAW_SUM}},
    [PAY_NET] = {"net", 1, 0, {LAW_SUM}},
    [PAY_COST] = {"cost", 1, 0, {LAW_SUM}},
    [PAY_WAIT] = {"wait", 1, 0, {LAW_SUM}},
};

static const char *const day_names[PAY_DAYS] = {
    "worked",       "wait",    "sick_full", "sick_half", "long_full", "long_half", "lasting_full",
    "lasting_half", "service", "birth",     "therapy",   "strike",    "undone",    "unpaid",
};

const char *pay_line_name(enum pay_line line)
{
    return rules[line].name;
}

enum status pay_line_named(struct str name, enum pay_line *ret_line)
{
    for (enum pay_line line = 0; line < PAY_LINES; line++)
        if (str_eq(name, str_of(rules[line].name))) {
            *ret_line = line;
            return OK;
        }
    return INVALID;
}

const char *pay_day_name(enum pay_day day)
{
    return day_names[day];
}

enum status pay_day_named(struct str name, enum pay_day *ret_day)
{
    for (enum pay_day day = 0; day < PAY_DAYS; day++)
        if (str_eq(name, str_of(day_names[day]))) {
            *ret_day = day;
            return OK;
        }
    return INVALID;
}

/* Once each. */
static void add(const struct pay_law *law, enum law_code code, struct pay_reason *reason)
{
    const struct law_value *value = law->values[code];
    for (size_t i = 0; i < reason->count; i++)
        if (reason->values[i] == value)
            return;
    if (value == NULL || reason->count == PAY_REASON_VALUES)
        return;
    reason->values[reason->count++] = value;
    reason->is_unsure |= value->trust == LAW_UNSURE;
}

static void add_part(const struct pay_law *law, const struct pay_span *span, struct pay_reason *reason)
{
    if (span->week_tenths > 0)
        add(law, LAW_HOURS_WEEK, reason);
    else if (span->part_time == 80 || span->part_time == 90)
        add(law, span->part_time == 80 ? LAW_PART_TIME_80 : LAW_PART_TIME_90, reason);
}

static enum pay_share share_of(enum pay_line line)
{
    return line == PAY_NBI         ? PAY_SHARE_NBI
           : line == PAY_RESIDENCE ? PAY_SHARE_RESIDENCE
           : line == PAY_FAMILY    ? PAY_SHARE_FAMILY
           : line == PAY_IFSE      ? PAY_SHARE_PRIMES
                                   : PAY_SHARE_TREATMENT;
}

static void add_days(const struct pay_law *law, const struct pay_span *span, enum pay_line line,
                     struct pay_reason *reason)
{
    if (span->days[PAY_WORKED] == PAY_THIRTIETHS)
        return;
    add(law, LAW_THIRTIETHS, reason);
    for (enum pay_day day = 0; day < PAY_DAYS; day++)
        if (span->days[day] > 0 && pay_day_code(day, share_of(line)) != LAW_CODES)
            add(law, pay_day_code(day, share_of(line)), reason);
}

static bool is_of_spans(enum pay_line line)
{
    return line <= PAY_IFSE || line == PAY_TRANSFER;
}

static struct str local_of(const struct pay_law *law, enum pay_line line)
{
    const struct pay_employer *employer = &law->employer;
    return line == PAY_MOBILITY   ? employer->mobility.source
           : line == PAY_CNFPT    ? employer->cnfpt.source
           : line == PAY_CENTRE   ? employer->centre.source
           : line == PAY_ACCIDENT ? employer->accident.source
                                  : STR("");
}

void pay_reason_of(const struct pay_law *law, const struct pay_facts *facts, enum pay_line line,
                   const struct pay_step *step, struct pay_reason *ret_reason)
{
    const struct rule *rule = &rules[line];
    *ret_reason = (struct pay_reason){.rule = rule->name, .version = rule->version, .local = local_of(law, line)};
    add(law, (enum law_code)step->law, ret_reason);
    for (size_t i = 0; i < rule->count; i++)
        add(law, rule->codes[i], ret_reason);
    if (is_of_spans(line) && facts->span_count == 0 && facts->status != PAY_ELECTED) {
        struct pay_span whole;
        pay_whole_span(facts, &whole);
        add_part(law, &whole, ret_reason);
    }
}

void pay_piece_reason(const struct pay_law *law, const struct pay_facts *facts, const struct pay_piece *piece,
                      struct pay_reason *ret_reason)
{
    enum pay_line line = (enum pay_line)piece->line;
    pay_reason_of(law, facts, line, &piece->step, ret_reason);
    if (is_of_spans(line) && piece->place < facts->span_count) {
        add_part(law, &facts->spans[piece->place], ret_reason);
        add_days(law, &facts->spans[piece->place], line, ret_reason);
    }
    bool is_extra = line == PAY_PRIMES || line == PAY_DEDUCTIONS || line == PAY_REFUNDS;
    if (is_extra && piece->place < facts->extra_count)
        ret_reason->local = facts->extras[piece->place].source;
    if (line == PAY_OVERTIME && piece->place % PAY_HOURS != PAY_HOURS_PLAIN)
        add(law, piece->place % PAY_HOURS == PAY_HOURS_NIGHT ? LAW_OVERTIME_NIGHT : LAW_OVERTIME_SUNDAY, ret_reason);
}

bool pay_reason_holds(const struct pay_reason *reason)
{
    if (reason->rule == NULL || reason->count == 0)
        return false;
    for (size_t i = 0; i < reason->count; i++)
        if (str_trim(reason->values[i]->source).len == 0)
            return false;
    return true;
}
