/* Verbs of accounting on files of anybody: they need no folder of a syndicate. */
#ifndef ROLE_ACCOUNTING_VERB_H
#define ROLE_ACCOUNTING_VERB_H

#include "core/verb.h"
#include "document/xml.h"

/* accounting chart FILE.xml: read; then printed (role/print_verb.h). */
verb_run accounting_chart;
/* accounting sign FILE.xml --key FILE.p12 [--password-file FILE]: signed; then printed as above. */
verb_run accounting_sign;
/* accounting return FILE.xml: read; then printed as above. */
verb_run accounting_return;
/* accounting check FILE.xml [--json] */
verb_run accounting_check;
/* accounting totals FILE.xml */
verb_run accounting_totals;
/* accounting compare ONE.xml OTHER.xml */
verb_run accounting_compare;

/* The tree of a file that the words name; its bytes are given back. What is wrong is refused in words, and the verb
 * ends as one that could not read; ret_fault then says more, and has no word where there is no such file. */
MUST_USE enum status accounting_tree(struct ctx *ctx, struct verb_call *call, struct str path, struct arena *tree,
                                     struct xml **ret_root, struct xml_fault *ret_fault);

#endif
