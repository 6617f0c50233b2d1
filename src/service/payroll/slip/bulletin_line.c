#include "service/payroll/slip/bulletin.h"

#include "service/payroll/lang.h"

static const struct {
    const char *name;
    enum bulletin_group group;
    enum text_key text;
} lines[PAY_LINES] = {
    [PAY_TREATMENT] = {"treatment", BULLETIN_GAIN, T_payroll_line_treatment},
    [PAY_NBI] = {"nbi", BULLETIN_GAIN, T_payroll_line_nbi},
    [PAY_RESIDENCE] = {"residence", BULLETIN_GAIN, T_payroll_line_residence},
    [PAY_SMIC] = {"smic", BULLETIN_GAIN, T_payroll_line_smic},
    [PAY_FAMILY] = {"family", BULLETIN_GAIN, T_payroll_line_family},
    [PAY_IFSE] = {"ifse", BULLETIN_GAIN, T_payroll_line_ifse},
    [PAY_CIA] = {"cia", BULLETIN_GAIN, T_payroll_line_cia},
    [PAY_PRIMES] = {"primes", BULLETIN_GAIN, T_payroll_line_primes},
    [PAY_MANDATE] = {"mandate", BULLETIN_GAIN, T_payroll_line_mandate},
    [PAY_OVERTIME] = {"overtime", BULLETIN_GAIN, T_payroll_line_overtime},
    [PAY_TRANSFER] = {"transfer", BULLETIN_GAIN, T_payroll_line_transfer},
    [PAY_COMPENSATION] = {"compensation", BULLETIN_GAIN, T_payroll_line_compensation},
    [PAY_HEALTH] = {"health", BULLETIN_GAIN, T_payroll_line_health},
    [PAY_GROSS] = {"gross", BULLETIN_GAIN_SUM, T_payroll_line_gross},
    [PAY_RAFP_PRIMES] = {"rafp_primes", BULLETIN_BASE, T_payroll_line_rafp_primes},
    [PAY_BASE_RAFP] = {"base_rafp", BULLETIN_BASE, T_payroll_line_base_rafp},
    [PAY_BASE_EMPLOYER] = {"base_employer", BULLETIN_BASE, T_payroll_line_base_employer},
    [PAY_BASE_A] = {"base_a", BULLETIN_BASE, T_payroll_line_base_a},
    [PAY_BASE_B] = {"base_b", BULLETIN_BASE, T_payroll_line_base_b},
    [PAY_BASE_CSG] = {"base_csg", BULLETIN_BASE, T_payroll_line_base_csg},
    [PAY_CNRACL_AGENT] = {"cnracl_agent", BULLETIN_AGENT, T_payroll_line_cnracl_agent},
    [PAY_RAFP_AGENT] = {"rafp_agent", BULLETIN_AGENT, T_payroll_line_rafp_agent},
    [PAY_AGE_CAPPED_AGENT] = {"age_capped_agent", BULLETIN_AGENT, T_payroll_line_age_capped_agent},
    [PAY_AGE_WHOLE_AGENT] = {"age_whole_agent", BULLETIN_AGENT, T_payroll_line_age_whole_agent},
    [PAY_IRCANTEC_A_AGENT] = {"ircantec_a_agent", BULLETIN_AGENT, T_payroll_line_ircantec_a_agent},
    [PAY_IRCANTEC_B_AGENT] = {"ircantec_b_agent", BULLETIN_AGENT, T_payroll_line_ircantec_b_agent},
    [PAY_CSG_DEDUCTIBLE] = {"csg_deductible", BULLETIN_AGENT, T_payroll_line_csg_deductible},
    [PAY_CSG_TAXED] = {"csg_taxed", BULLETIN_AGENT, T_payroll_line_csg_taxed},
    [PAY_CRDS] = {"crds", BULLETIN_AGENT, T_payroll_line_crds},
    [PAY_RELIEF] = {"relief", BULLETIN_AGENT, T_payroll_line_relief},
    [PAY_AGENT_TOTAL] = {"agent_total", BULLETIN_AGENT_SUM, T_payroll_line_agent_total},
    [PAY_CNRACL_EMPLOYER] = {"cnracl_employer", BULLETIN_EMPLOYER, T_payroll_line_cnracl_employer},
    [PAY_ATIACL] = {"atiacl", BULLETIN_EMPLOYER, T_payroll_line_atiacl},
    [PAY_RAFP_EMPLOYER] = {"rafp_employer", BULLETIN_EMPLOYER, T_payroll_line_rafp_employer},
    [PAY_SICKNESS] = {"sickness", BULLETIN_EMPLOYER, T_payroll_line_sickness},
    [PAY_ACCIDENT] = {"accident", BULLETIN_EMPLOYER, T_payroll_line_accident},
    [PAY_ALLOWANCES] = {"allowances", BULLETIN_EMPLOYER, T_payroll_line_allowances},
    [PAY_AUTONOMY] = {"autonomy", BULLETIN_EMPLOYER, T_payroll_line_autonomy},
    [PAY_FNAL] = {"fnal", BULLETIN_EMPLOYER, T_payroll_line_fnal},
    [PAY_MOBILITY] = {"mobility", BULLETIN_EMPLOYER, T_payroll_line_mobility},
    [PAY_CNFPT] = {"cnfpt", BULLETIN_EMPLOYER, T_payroll_line_cnfpt},
    [PAY_CENTRE] = {"centre", BULLETIN_EMPLOYER, T_payroll_line_centre},
    [PAY_AGE_CAPPED_EMPLOYER] = {"age_capped_employer", BULLETIN_EMPLOYER, T_payroll_line_age_capped_employer},
    [PAY_AGE_WHOLE_EMPLOYER] = {"age_whole_employer", BULLETIN_EMPLOYER, T_payroll_line_age_whole_employer},
    [PAY_IRCANTEC_A_EMPLOYER] = {"ircantec_a_employer", BULLETIN_EMPLOYER, T_payroll_line_ircantec_a_employer},
    [PAY_IRCANTEC_B_EMPLOYER] = {"ircantec_b_employer", BULLETIN_EMPLOYER, T_payroll_line_ircantec_b_employer},
    [PAY_EMPLOYER_TOTAL] = {"employer_total", BULLETIN_EMPLOYER_SUM, T_payroll_line_employer_total},
    [PAY_DEDUCTIONS] = {"deductions", BULLETIN_NET, T_payroll_line_deductions},
    [PAY_NET_BEFORE_TAX] = {"net_before_tax", BULLETIN_NET_SUM, T_payroll_line_net_before_tax},
    [PAY_EXEMPT] = {"exempt", BULLETIN_BASE, T_payroll_line_exempt},
    [PAY_NET_TAXABLE] = {"net_taxable", BULLETIN_BASE, T_payroll_line_net_taxable},
    [PAY_TAX] = {"tax", BULLETIN_NET, T_payroll_line_tax},
    [PAY_TRANSPORT] = {"transport", BULLETIN_REFUND, T_payroll_line_transport},
    [PAY_TELEWORK] = {"telework", BULLETIN_REFUND, T_payroll_line_telework},
    [PAY_REFUNDS] = {"refunds", BULLETIN_REFUND, T_payroll_line_refunds},
    [PAY_NET] = {"net", BULLETIN_NET_SUM, T_payroll_line_net},
    [PAY_COST] = {"cost", BULLETIN_COST, T_payroll_line_cost},
    [PAY_WAIT] = {"wait", BULLETIN_BASE, T_payroll_line_wait},
};

const char *bulletin_line_name(enum pay_line line)
{
    return lines[line].name;
}

enum text_key bulletin_line_text(enum pay_line line)
{
    return lines[line].text;
}

enum bulletin_group bulletin_line_group(enum pay_line line)
{
    return lines[line].group;
}

enum status bulletin_line_named(struct str name, enum pay_line *ret_line)
{
    for (size_t i = 0; i < PAY_LINES; i++)
        if (str_eq(name, str_of(lines[i].name))) {
            *ret_line = (enum pay_line)i;
            return OK;
        }
    return NOT_FOUND;
}

bool bulletin_has(const struct bulletin *bulletin, enum pay_line line)
{
    enum bulletin_group group = lines[line].group;
    bool is_sum = group == BULLETIN_GAIN_SUM || group == BULLETIN_AGENT_SUM || group == BULLETIN_EMPLOYER_SUM ||
                  group == BULLETIN_NET_SUM || group == BULLETIN_COST;
    return is_sum || bulletin->payslip.cents[line] != 0;
}
