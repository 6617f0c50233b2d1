/* Finding is looking for one thing in all of a town's accounting: by number, words of the object, third party, amount,
 * day or account.
 *
 * Invariants: what was typed is tried as each of these; answers come in groups, the newest first, each group bounded;
 * nothing is scanned that grows with the journal (book/book_word.h, indexes of migration 0010). */
#ifndef SERVICE_ACCOUNTING_FIND_FIND_H
#define SERVICE_ACCOUNTING_FIND_FIND_H

#include "service/accounting/party/party.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/spend/slip.h"

enum { FIND_SHOWN = 20, FIND_TEXT_MAX = 100 /* bytes */ };

struct found {
    struct engagement engagements[FIND_SHOWN];
    struct piece orders[FIND_SHOWN], titles[FIND_SHOWN];
    struct bill bills[FIND_SHOWN];
    struct slip slips[FIND_SHOWN];
    struct party_found *parties;
    struct budget_act *acts;
    size_t engagement_count, order_count, title_count, bill_count, slip_count, party_count, act_count;
    bool is_cut; /* some group has more */
};

/* Whoever calls has asked for RIGHT_READ. LIMIT: a longer text. */
MUST_USE enum status find(struct ctx *ctx, struct str text, struct found *ret_found);

#endif
