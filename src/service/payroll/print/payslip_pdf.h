/* A payslip as accessible PDF, in the clarified form: gains, contributions by what they are for with both shares
 * side by side, net, tax, cost.
 *
 * Source: code du travail, R3243-1 and arrêté du 25 février 2016, which towns follow by use (they bind private
 * employers); labels of the arrêté. In French, whatever language the page is read in. */
#ifndef SERVICE_PAYROLL_PRINT_PAYSLIP_PDF_H
#define SERVICE_PAYROLL_PRINT_PAYSLIP_PDF_H

#include "core/ctx.h"
#include "service/payroll/slip/bulletin.h"

struct pdf_fonts;

/* Appends to `out`, which is empty. `name`: of the agent; "". NOT_FOUND "payroll.fonts": this machine cannot make
 * one. */
MUST_USE enum status payslip_pdf(struct ctx *ctx, const struct bulletin *bulletin, struct str name, struct buf *out);

#endif
