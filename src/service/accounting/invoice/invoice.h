/* An invoice is what a supplier asks of a town, read from any of the forms of file in which it comes.
 *
 * Source: schemas CPPFacturePivot V1_20 to V2_02 and CPPStatutPivot V1_19 of the AIFE (Chorus Pro); UBL 2.1 Invoice and
 * CreditNote and UN/CEFACT CrossIndustryInvoice D16B (as in Factur-X) with the core fields of EN 16931-1, named here by
 * their BT. Invariants of what was read: totals are whole cents, as the file signs them; every value knows the element
 * it stands in, or the nearest one around where it lacks; attachments are counted, and decoded only when asked. Nothing
 * is believed because a schema would take it: invoice_check says what is wrong. Lives in its arena and its tree. */
#ifndef SERVICE_ACCOUNTING_INVOICE_INVOICE_H
#define SERVICE_ACCOUNTING_INVOICE_INVOICE_H

#include "base/dates.h"
#include "base/money.h"
#include "document/xml.h"
#include "service/accounting/fault.h"

enum {
    INVOICE_FILE_MAX = 1000,    /* invoices, or statuses, in one file */
    INVOICE_LINES_MAX = 20000,  /* of one invoice */
    INVOICE_PARTS_MAX = 1000,   /* of one invoice: rates, allowances and charges, attachments; of each */
    INVOICE_DECIMAL_PLACES = 8, /* of quantities, prices and rates */
};
#define INVOICE_DECIMAL_ONE INT64_C(100000000)

enum invoice_form { INVOICE_NONE, INVOICE_PIVOT, INVOICE_STATUSES, INVOICE_UBL, INVOICE_CII };

/* ---- values, each with where it stands ---- */

struct invoice_text {
    struct str text; /* "" for none */
    const struct xml *at;
};
struct invoice_day {
    struct date date; /* days 0: none that could be read */
    const struct xml *at;
};
struct invoice_amount {
    struct money money; /* 0 where it is not there */
    bool is_there;
    const struct xml *at;
};
/* Below 9e10, in INVOICE_DECIMAL_ONE parts of one: exact, since quantities and prices are no amounts of cents. */
struct invoice_decimal {
    int64_t value;
    bool is_there;
    const struct xml *at;
};

/* ---- its parts ---- */

struct invoice_party {
    struct invoice_text name, siret, siren, vat, other; /* other: what it is known by abroad */
    struct invoice_text street, street_after, postcode, place, country; /* the pivot has a country alone */
};
struct invoice_line {
    struct invoice_text name;
    struct invoice_decimal quantity, price, per, amount, rate; /* price for `per` units (1 where it is not there) */
};
/* What of the sum bears that rate of tax, in percent. */
struct invoice_rate {
    struct invoice_decimal rate;
    struct invoice_amount base, tax;
};
/* An allowance or a charge on the whole. */
struct invoice_change {
    struct invoice_text charge; /* "true": a charge */
    struct invoice_amount amount;
    struct invoice_decimal rate;
};
struct invoice_attachment {
    struct invoice_text name, mime, kind, address; /* kind 01 in the pivot: the invoice itself; address: elsewhere */
    const struct xml *content;                     /* base64; NULL: none. That of the pivot holds a zip */
    size_t size;                                   /* bytes, once decoded */
};

enum invoice_total {
    INVOICE_LINES,      /* BT-106 */
    INVOICE_ALLOWANCES, /* BT-107 */
    INVOICE_CHARGES,    /* BT-108 */
    INVOICE_NET,        /* BT-109: without tax */
    INVOICE_TAX,        /* BT-110 */
    INVOICE_GROSS,      /* BT-112: with tax */
    INVOICE_PAID,       /* BT-113 */
    INVOICE_ROUNDING,   /* BT-114 */
    INVOICE_DUE,        /* BT-115 */
    INVOICE_TOTALS
};

struct invoice {
    struct invoice_text number, type, currency; /* BT-1, BT-3, BT-5 */
    bool is_credit;                             /* a credit note (381), whatever the signs of its amounts */
    struct invoice_text frame;                  /* Cadre of the pivot: A1, A9... */
    struct invoice_text origin;                 /* BT-25: the number of the invoice that this one corrects */
    struct invoice_day issued, due, received;   /* BT-2, BT-9; received: by Chorus Pro */
    struct invoice_party supplier, recipient;
    struct invoice_text iban, bic;                     /* BT-84, BT-86 */
    struct invoice_text service, engagement, contract; /* BT-10: code of the service; BT-13; BT-12 */
    struct invoice_amount totals[INVOICE_TOTALS];
    struct invoice_line *lines;
    struct invoice_rate *rates;
    struct invoice_change *changes;
    struct invoice_attachment *attachments;
    size_t line_count, rate_count, change_count, attachment_count;
    bool is_whole; /* every value could be read: sums mean something */
    size_t fault_count; /* of reading it */
    const struct xml *at;
};

/* What became of an invoice, or of a whole file (is_file: number is then that of the file), says Chorus Pro. */
struct invoice_status {
    bool is_file;
    struct invoice_text code, label, comment, number, mandate;
    struct instant moment; /* ms 0: none that could be read */
    struct invoice_day issued;
    struct invoice_party supplier, recipient;
};

struct invoice_file {
    enum invoice_form form;
    struct invoice *invoices;
    struct invoice_status *statuses;
    size_t count, status_count;
    const struct xml *root;
};

/* By its name and namespace; INVOICE_NONE: it is none of these. */
enum invoice_form invoice_form_of(const struct xml *root);

/* From a tree. INVALID: it is none, or values are missing or wrong: `faults` says which, and what could be read is
 * there for invoice_check to look at. LIMIT: above a maximum, or the arena is full; that is a fault too. */
MUST_USE enum status invoice_read(struct arena *arena, const struct xml *root, struct invoice_file *ret_file,
                                  struct faults *faults);

/* ---- is it right? ---- */

struct invoice_seen {
    struct str supplier, number; /* as invoice_supplier says it */
};
/* What a town knows; a list that is NULL is not looked at. */
struct invoice_known {
    const struct str *sirets, *engagements; /* of the town */
    const struct invoice_seen *seen;        /* received before */
    size_t siret_count, engagement_count, seen_count;
    struct date today; /* days 0: not known */
};

/* Identifiers, dates, currency, signs and sums, whatever a schema says. `known` may be NULL. */
void invoice_check(const struct invoice_file *file, const struct invoice_known *known, struct faults *faults);
/* The same of one invoice of it. */
void invoice_check_one(const struct invoice_file *file, size_t place, const struct invoice_known *known,
                       struct faults *faults);

/* What its supplier is known by: SIRET, VAT number, SIREN, or what it has; "" for nothing. */
struct str invoice_supplier(const struct invoice *invoice);

/* Decodes it; its maximum is that of `out`. NOT_FOUND: it has no content here; INVALID: no base64. */
MUST_USE enum status invoice_attachment_bytes(const struct invoice_attachment *attachment, struct buf *out);

#endif
