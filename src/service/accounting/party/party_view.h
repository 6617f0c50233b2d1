/* What the pages of parties have in common: the form of one, filled in and read; names and paths. */
#ifndef SERVICE_ACCOUNTING_PARTY_PARTY_VIEW_H
#define SERVICE_ACCOUNTING_PARTY_PARTY_VIEW_H

#include "core/page.h"
#include "service/accounting/party/party.h"
#include "service/accounting/party/party_form_html.h"

/* With what is wrong in it; NULL: nothing is. A party of id 0 is a new one. */
MUST_USE enum status party_form(struct ctx *ctx, const struct web_request *request, const struct party *party,
                                const struct faults *faults, struct party_form_view *ret_form);
/* What a form says; texts that are not in it are "". */
struct party party_asked(const struct web_request *request);
/* "/accounting/parties/12" and what follows. */
struct str party_path(struct ctx *ctx, int64_t id, const char *rest);
/* "Martin Anne"; "SIRET 552…"; "société". */
struct str party_whole_name(struct ctx *ctx, struct str name, struct str first_name);
struct str party_id_words(struct ctx *ctx, struct str kind);

#endif
