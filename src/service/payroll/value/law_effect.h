/* What a number of the law that waits for approval would have changed on the last payslips: how many agents, and how
 * much gross, net and cost. The last payrun is made again, from the same facts, with the number in force from now
 * on. */
#ifndef SERVICE_PAYROLL_VALUE_LAW_EFFECT_H
#define SERVICE_PAYROLL_VALUE_LAW_EFFECT_H

#include "service/payroll/value/law_kept.h"
#include "service/payroll/view/panel.h"

/* Facts on the page of that number; nothing where no month was paid since it holds. */
MUST_USE enum status law_effect_show(struct panel *panel, const law_kept_row *row);

#endif
