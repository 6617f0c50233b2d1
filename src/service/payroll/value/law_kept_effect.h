/* What a number of the law that waits for approval would change on the last payslips: how many of them, and how much
 * gross, net and cost (law/law_effect.h). Both sides are computed from the facts that the payslips were made from. */
#ifndef SERVICE_PAYROLL_VALUE_LAW_KEPT_EFFECT_H
#define SERVICE_PAYROLL_VALUE_LAW_KEPT_EFFECT_H

#include "service/payroll/value/law_kept.h"
#include "service/payroll/view/panel.h"

/* Facts on the page of that number; nothing where no month was paid, a warning where the law would not hold. */
MUST_USE enum status law_kept_effect_show(struct panel *panel, const law_kept_row *row);

#endif
