/* A subsidy is what a town gives somebody else, as the annex of a budget document lists it (CONCOURS): to whom, how
 * much.
 *
 * As open data it names no natural person: a name and what the money is for are shown for associations, companies,
 * other private bodies and public ones alone (CodNatJurBenefCA P1, P2, P4, U1 to U6); whoever is a natural person (P3),
 * or of whom the annex does not say what they are, has neither. */
#ifndef SERVICE_ACCOUNTING_PUBLISH_SUBSIDY_H
#define SERVICE_ACCOUNTING_PUBLISH_SUBSIDY_H

#include "core/verb.h"
#include "service/accounting/docbudg/docbudg.h"

/* Rows of the French schema "subventions" of the SCDL, version 2.1.1 (schema.data.gouv.fr/scdl/subventions), with its
 * names; *ret_count: how many, *ret_masked: of how many the name is not shown. What the annex does not say is left
 * empty. */
void subsidies_write(struct buf *out, const struct docbudg *document, size_t *ret_count, size_t *ret_masked);

/* accounting subsidies FILE: those of a file of anybody; printed by budget_export_print. */
verb_run subsidy_verb_read;

#endif
