/* An inbound invoice is one that came in a file: what it says, and the bill of the town that it becomes.
 *
 * Why: a clerk types nothing that the supplier has written already. The bytes are read without a database, in the
 * command or in the page's request (inbound_read); what they say goes to the town as a struct with a shape, and is
 * taken there (inbound_take), one invoice at a time. Invariants: an invoice with faults is not taken; the file is kept
 * once, byte for byte, whatever number of bills came of it; the same file again adds nothing. A supplier nobody knows
 * becomes a third party; an account nobody confirmed is *held* for a second person (../party), so nothing is paid
 * because a file says so. It is matched to the engagement whose number it gives, where that is of the same supplier and
 * service and enough is left of it, and to nothing else. */
#ifndef SERVICE_ACCOUNTING_INBOUND_INBOUND_H
#define SERVICE_ACCOUNTING_INBOUND_INBOUND_H

#include "core/shape.h"
#include "service/accounting/spend/bill.h"

enum {
    INBOUND_FILE_MAX = BILL_FILE_MAX,
    INBOUND_PAGE_MAX = 50, /* invoices of a file that a page takes at once; a longer one is for the command */
};

struct inbound {
    struct str form, number, origin;               /* origin: of a credit note, the number of its invoice */
    struct str name, siret, siren, vat;            /* the supplier */
    struct str street, street_after, postcode, place, country;
    struct str to_siret, to_siren;                 /* the town */
    struct str service, engagement, contract, iban, bic;
    int64_t issued, received;                      /* days; received 0: it does not say */
    int64_t net, tax, gross;                       /* cents, never negative */
    bool is_credit;
};
extern const struct shape inbound_shape;

/* ---- reading: pure ---- */

/* What a file says. INVALID: it is no XML or none of the forms, or damaged as a whole: `faults`. Invoices with faults
 * are left out: *ret_refused counts them. LIMIT: longer than `tree` has room for. */
MUST_USE enum status inbound_read(struct arena *tree, struct str bytes, struct faults *faults,
                                  struct inbound **ret_invoices, size_t *ret_count, size_t *ret_refused);
/* Why a PDF gave no file of data, as a fault: inbound.empty and so on. */
void inbound_refuse_end(int64_t end, struct faults *faults);

/* ---- one invoice ---- */

enum inbound_outcome { INBOUND_ADDED, INBOUND_THERE, INBOUND_REFUSED };
enum inbound_match {
    INBOUND_MATCHED, INBOUND_UNASKED, INBOUND_UNKNOWN, INBOUND_OTHER_PARTY, INBOUND_OTHER_SERVICE, INBOUND_TOO_MUCH,
};

struct inbound_taken {
    enum inbound_outcome outcome;
    int64_t bill; /* 0: refused */
    bool is_new_party, is_new_bank;
    enum inbound_match match;
    uint32_t engagement; /* its number, where it matched */
};

/* In a job, for ctx->actor (nobody: the command line), from that file. INVALID: `faults` says why, and nothing was
 * written. */
MUST_USE enum status inbound_take(struct ctx *ctx, const struct inbound *inbound, int64_t file, struct faults *faults,
                                  struct inbound_taken *ret_taken);
/* The supplier's SIREN: of its SIRET, its own, or of its French VAT number; "". */
struct str inbound_siren(const struct inbound *inbound);
/* Whom it is of. NOT_FOUND: nobody the town knows. */
MUST_USE enum status inbound_party(struct ctx *ctx, const struct inbound *inbound, int64_t *ret_party);
/* The party it would become; its account, where it names one, is held from now on. INVALID: `faults`. */
MUST_USE enum status inbound_party_add(struct ctx *ctx, const struct inbound *inbound, struct faults *faults,
                                       int64_t *ret_party);
/* *ret_is_new: an account is held that was not there. */
MUST_USE enum status inbound_bank(struct ctx *ctx, const struct inbound *inbound, int64_t party, bool *ret_is_new);
/* The engagement that these words name for a bill of that party, budget, day and sum. */
MUST_USE enum status inbound_find(struct ctx *ctx, const struct bill *bill, struct engagement *ret_engagement,
                                  enum inbound_match *ret_match);

/* ---- files ---- */

enum inbound_state { INBOUND_READING, INBOUND_READ, INBOUND_FAILED };

struct inbound_file {
    int64_t id, person;
    struct str name, said; /* said: why it failed */
    struct instant at;
    enum inbound_state state;
};
struct inbound_line {
    struct str number, said;
    int64_t bill; /* 0: none */
    enum inbound_outcome outcome;
};

/* The file with these very bytes that was read before, else a new one in that state. In a job. */
MUST_USE enum status inbound_keep(struct ctx *ctx, struct str name, struct str bytes, enum inbound_state state,
                                  int64_t *ret_id);
/* NOT_FOUND. */
MUST_USE enum status inbound_get(struct ctx *ctx, int64_t id, struct inbound_file *ret_file);
MUST_USE enum status inbound_lines(struct ctx *ctx, int64_t id, struct inbound_line **ret_lines, size_t *ret_count);
/* A line that has its bill keeps it, where the same file gives none the next time. */
MUST_USE enum status inbound_line_put(struct ctx *ctx, int64_t id, size_t place, const struct inbound_line *line);
/* It was read; or it was not, says the first of these faults, and its bytes go. A file that a bill points to was. */
MUST_USE enum status inbound_end(struct ctx *ctx, int64_t id, const struct faults *faults);
/* Takes every invoice and keeps what became of each; what cannot be taken is no failure of the others. `faults`: of
 * reading it. Where none could be, the file is not kept. */
MUST_USE enum status inbound_take_all(struct ctx *ctx, int64_t id, const struct inbound *invoices, size_t count,
                                      const struct faults *faults);

#endif
