/* Amounts in words, as French writes them on legal documents (« toutes lettres »): "mille deux cent un euros et vingt
 * centimes".
 *
 * Source: spelling as it is taught, with hyphens below one hundred alone. Pure. */
#ifndef SERVICE_ACCOUNTING_PRINT_PRINT_WORDS_H
#define SERVICE_ACCOUNTING_PRINT_PRINT_WORDS_H

#include "base/buf.h"
#include "base/money.h"

/* Of at most MONEY_MAX; "moins" stands before what is below zero. */
void print_words(struct buf *out, struct money money);

#endif
