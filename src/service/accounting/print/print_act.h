/* What printed acts of spending have in common: a sheet in French, references, sums in words, who signed.
 *
 * Source: CGCT, articles L1617-5 and D1617-23; decree 2012-1246, articles 24 and 31. Legal documents are in French,
 * whatever language the page is read in. */
#ifndef SERVICE_ACCOUNTING_PRINT_PRINT_ACT_H
#define SERVICE_ACCOUNTING_PRINT_PRINT_ACT_H

#include "core/page.h"
#include "document/pdf.h"
#include "service/accounting/spend/slip.h"

struct print_act {
    struct ctx ctx; /* its own: the language is French */
    struct pdf *pdf;
};

/* NOT_FOUND "accounting.fonts": this machine cannot make one. The pdf is the caller's to destroy. */
MUST_USE enum status print_begin(struct print_act *act, struct ctx *ctx, struct str title, struct str footer,
                                 bool is_landscape);
struct str print_text(struct print_act *act, enum text_key key);
struct str print_with(struct print_act *act, enum text_key key, const struct text_arg *args, size_t count);

/* A table of two columns: what, and what is said. */
MUST_USE enum status print_pairs(struct print_act *act, enum text_key caption);
MUST_USE enum status print_pair(struct print_act *act, enum text_key what, struct str said); /* of nothing: nothing */
/* The budget and its year, before what else there is to say. */
MUST_USE enum status print_year(struct print_act *act, const struct credit_year *year);
/* "Arrêté … à la somme de …" */
MUST_USE enum status print_sum(struct print_act *act, enum text_key key, struct money sum);
/* Who signed the bordereau, as what, by which article; or that nobody did. `slip` 0: it is in none. */
MUST_USE enum status print_signature(struct print_act *act, int64_t slip, bool is_receipt);

#endif
