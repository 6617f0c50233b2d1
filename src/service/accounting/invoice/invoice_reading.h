/* An invoice_reading is the reading of one file of invoices; a form is a table of where in it each value stands.
 *
 * Why tables: three forms say the same with other words, and what they share is read, and refused, in one place. */
#ifndef SERVICE_ACCOUNTING_INVOICE_INVOICE_READING_H
#define SERVICE_ACCOUNTING_INVOICE_INVOICE_READING_H

#include "service/accounting/invoice/invoice_fault.h"

struct invoice_reading {
    struct arena *arena;
    struct faults *faults;
    const struct xml *root;
    enum invoice_form form;
};

enum invoice_taking { INVOICE_TAKE_TEXT, INVOICE_TAKE_DAY, INVOICE_TAKE_AMOUNT, INVOICE_TAKE_DECIMAL };

/* One field of a struct and the way to its element: "PaymentMeans/PayeeFinancialAccount/ID"; a table ends with NULL. */
struct invoice_path {
    const char *path;
    size_t field;
    enum invoice_taking taking;
    bool is_needed;
};
#define INVOICE_TEXT(type, name, path) {path, offsetof(struct type, name), INVOICE_TAKE_TEXT, false}
#define INVOICE_DAY(type, name, path) {path, offsetof(struct type, name), INVOICE_TAKE_DAY, false}
#define INVOICE_AMOUNT(type, name, path) {path, offsetof(struct type, name), INVOICE_TAKE_AMOUNT, false}
#define INVOICE_DECIMAL(type, name, path) {path, offsetof(struct type, name), INVOICE_TAKE_DECIMAL, false}
#define INVOICE_NEED(taking, type, name, path) {path, offsetof(struct type, name), taking, true}
#define INVOICE_END {NULL, 0, INVOICE_TAKE_TEXT, false}

/* The first element on that way, and where there is none the deepest one that is on it. */
const struct xml *invoice_find(const struct xml *from, const char *path, const struct xml **ret_nearest);
/* The text there; is it wanted and lacks, that is a fault. */
struct invoice_text invoice_take_text(struct invoice_reading *reading, const struct xml *from, const char *path,
                                      bool is_needed);
/* The amount that this text says. */
void invoice_take_amount(struct invoice_reading *reading, const struct invoice_text *text,
                         struct invoice_amount *ret_amount);
/* Fills those fields of the struct at `into`. */
void invoice_take(struct invoice_reading *reading, const struct xml *from, const struct invoice_path *paths,
                  void *into);

/* Every child of that name as a struct of `size` bytes, filled by that table. NULL: there are more than `most`, or the
 * arena is full. */
void *invoice_take_all(struct invoice_reading *reading, const struct xml *parent, const char *name,
                       const struct invoice_path *paths, size_t size, size_t most, size_t *ret_count);

/* Of the codes of kinds of documents (UNTDID 1001): fills type and is_credit. */
void invoice_take_kind(struct invoice_reading *reading, const struct xml *from, const char *path,
                       struct invoice *invoice);

/* What one party is known by, among the elements of that name there, by their schemeID: 0009 SIRET, 0002 SIREN. */
void invoice_take_identifiers(struct invoice_reading *reading, const struct xml *from, const char *path,
                              struct invoice_party *party);
/* The length of what base64 says in that element, which may be NULL. */
size_t invoice_content_size(const struct xml *content);
/* By the attributes filename and mimeCode of its content. */
void invoice_name_attachment(struct invoice_attachment *attachment);

/* A party of a file of Chorus Pro: Fournisseur or Debiteur. */
void invoice_take_pivot_party(struct invoice_reading *reading, const struct xml *from, const char *name,
                              struct invoice_party *party);
/* How many of them the list says it has, in that attribute. */
void invoice_check_count(struct invoice_reading *reading, const struct xml *list, const char *attribute, size_t count);

MUST_USE enum status invoice_pivot_read(struct invoice_reading *reading, struct invoice_file *file);
MUST_USE enum status invoice_status_read(struct invoice_reading *reading, struct invoice_file *file);
MUST_USE enum status invoice_ubl_read(struct invoice_reading *reading, struct invoice_file *file);
MUST_USE enum status invoice_cii_read(struct invoice_reading *reading, struct invoice_file *file);

#endif
