#include "service/payroll/slip/bulletin.h"

#include "service/payroll/lang.h"

static const struct {
    enum bulletin_group group;
    enum text_key text;
} lines[PAY_LINES] = {
    [PAY_TREATMENT] = {BULLETIN_GAIN, T_payroll_line_treatment},
    [PAY_NBI] = {BULLETIN_GAIN, T_payroll_line_nbi},
    [PAY_RESIDENCE] = {BULLETIN_GAIN, T_payroll_line_residence},
    [PAY_SMIC] = {BULLETIN_GAIN, T_payroll_line_smic},
    [PAY_FAMILY] = {BULLETIN_GAIN, T_payroll_line_family},
    [PAY_IFSE] = {BULLETIN_GAIN, T_payroll_line_ifse},
    [PAY_CIA] = {BULLETIN_GAIN, T_payroll_line_cia},
    [PAY_PRIMES] = {BULLETIN_GAIN, T_payroll_line_primes},
    [PAY_MANDATE] = {BULLETIN_GAIN, T_payroll_line_mandate},
    [PAY_OVERTIME] = {BULLETIN_GAIN, T_payroll_line_overtime},
    [PAY_TRANSFER] = {BULLETIN_GAIN, T_payroll_line_transfer},
    [PAY_COMPENSATION] = {BULLETIN_GAIN, T_payroll_line_compensation},
    [PAY_HEALTH] = {BULLETIN_GAIN, T_payroll_line_health},
    [PAY_GROSS] = {BULLETIN_GAIN_SUM, T_payroll_line_gross},
    [PAY_RAFP_PRIMES] = {BULLETIN_BASE, T_payroll_line_rafp_primes},
    [PAY_BASE_RAFP] = {BULLETIN_BASE, T_payroll_line_base_rafp},
    [PAY_BASE_EMPLOYER] = {BULLETIN_BASE, T_payroll_line_base_employer},
    [PAY_BASE_A] = {BULLETIN_BASE, T_payroll_line_base_a},
    [PAY_BASE_B] = {BULLETIN_BASE, T_payroll_line_base_b},
    [PAY_BASE_CSG] = {BULLETIN_BASE, T_payroll_line_base_csg},
    [PAY_CNRACL_AGENT] = {BULLETIN_AGENT, T_payroll_line_cnracl_agent},
    [PAY_RAFP_AGENT] = {BULLETIN_AGENT, T_payroll_line_rafp_agent},
    [PAY_AGE_CAPPED_AGENT] = {BULLETIN_AGENT, T_payroll_line_age_capped_agent},
    [PAY_AGE_WHOLE_AGENT] = {BULLETIN_AGENT, T_payroll_line_age_whole_agent},
    [PAY_IRCANTEC_A_AGENT] = {BULLETIN_AGENT, T_payroll_line_ircantec_a_agent},
    [PAY_IRCANTEC_B_AGENT] = {BULLETIN_AGENT, T_payroll_line_ircantec_b_agent},
    [PAY_CSG_DEDUCTIBLE] = {BULLETIN_AGENT, T_payroll_line_csg_deductible},
    [PAY_CSG_TAXED] = {BULLETIN_AGENT, T_payroll_line_csg_taxed},
    [PAY_CRDS] = {BULLETIN_AGENT, T_payroll_line_crds},
    [PAY_RELIEF] = {BULLETIN_AGENT, T_payroll_line_relief},
    [PAY_AGENT_TOTAL] = {BULLETIN_AGENT_SUM, T_payroll_line_agent_total},
    [PAY_CNRACL_EMPLOYER] = {BULLETIN_EMPLOYER, T_payroll_line_cnracl_employer},
    [PAY_ATIACL] = {BULLETIN_EMPLOYER, T_payroll_line_atiacl},
    [PAY_RAFP_EMPLOYER] = {BULLETIN_EMPLOYER, T_payroll_line_rafp_employer},
    [PAY_SICKNESS] = {BULLETIN_EMPLOYER, T_payroll_line_sickness},
    [PAY_ACCIDENT] = {BULLETIN_EMPLOYER, T_payroll_line_accident},
    [PAY_ALLOWANCES] = {BULLETIN_EMPLOYER, T_payroll_line_allowances},
    [PAY_AUTONOMY] = {BULLETIN_EMPLOYER, T_payroll_line_autonomy},
    [PAY_FNAL] = {BULLETIN_EMPLOYER, T_payroll_line_fnal},
    [PAY_MOBILITY] = {BULLETIN_EMPLOYER, T_payroll_line_mobility},
    [PAY_CNFPT] = {BULLETIN_EMPLOYER, T_payroll_line_cnfpt},
    [PAY_CENTRE] = {BULLETIN_EMPLOYER, T_payroll_line_centre},
    [PAY_AGE_CAPPED_EMPLOYER] = {BULLETIN_EMPLOYER, T_payroll_line_age_capped_employer},
    [PAY_AGE_WHOLE_EMPLOYER] = {BULLETIN_EMPLOYER, T_payroll_line_age_whole_employer},
    [PAY_IRCANTEC_A_EMPLOYER] = {BULLETIN_EMPLOYER, T_payroll_line_ircantec_a_employer},
    [PAY_IRCANTEC_B_EMPLOYER] = {BULLETIN_EMPLOYER, T_payroll_line_ircantec_b_employer},
    [PAY_EMPLOYER_TOTAL] = {BULLETIN_EMPLOYER_SUM, T_payroll_line_employer_total},
    [PAY_DEDUCTIONS] = {BULLETIN_NET, T_payroll_line_deductions},
    [PAY_NET_BEFORE_TAX] = {BULLETIN_NET_SUM, T_payroll_line_net_before_tax},
    [PAY_EXEMPT] = {BULLETIN_BASE, T_payroll_line_exempt},
    [PAY_NET_TAXABLE] = {BULLETIN_BASE, T_payroll_line_net_taxable},
    [PAY_TAX] = {BULLETIN_NET, T_payroll_line_tax},
    [PAY_TRANSPORT] = {BULLETIN_REFUND, T_payroll_line_transport},
    [PAY_TELEWORK] = {BULLETIN_REFUND, T_payroll_line_telework},
    [PAY_REFUNDS] = {BULLETIN_REFUND, T_payroll_line_refunds},
    [PAY_NET] = {BULLETIN_NET_SUM, T_payroll_line_net},
    [PAY_COST] = {BULLETIN_COST, T_payroll_line_cost},
    [PAY_WAIT] = {BULLETIN_BASE, T_payroll_line_wait},
};

enum text_key bulletin_line_text(enum pay_line line)
{
    return lines[line].text;
}

enum bulletin_group bulletin_line_group(enum pay_line line)
{
    return lines[line].group;
}

bool bulletin_has(const struct bulletin *bulletin, enum pay_line line)
{
    enum bulletin_group group = lines[line].group;
    bool is_sum = group == BULLETIN_GAIN_SUM || group == BULLETIN_AGENT_SUM || group == BULLETIN_EMPLOYER_SUM ||
                  group == BULLETIN_NET_SUM || group == BULLETIN_COST;
    return is_sum || bulletin->paid.cents[line] != 0;
}
