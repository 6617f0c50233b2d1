/* A pes is a file of the Protocole d'échange standard (PES V2): what a town's ordonnateur sends to its accountant, and
 * what comes back.
 *
 * Source: data/README.md (fields, code lists) and ../rules.csv (R01 to R52, pes.*, I9). Why a context: some rules need
 * what the accountant's system or the town alone knows; each is looked at as far as the file goes, and as far as the
 * context says more (README.md has a table). Invariants: nothing is changed or kept; each fault has its place in the
 * file. Nothing may be sent by this check alone: the schema of the DGFiP is not here. */
#ifndef SERVICE_ACCOUNTING_PES_PES_H
#define SERVICE_ACCOUNTING_PES_PES_H

#include "document/xml.h"
#include "service/accounting/fault.h"

enum { PES_KEYS_MAX = 8192 /* bordereaux in one file, and documents that go along */ };

enum pes_kind { PES_NONE, PES_ALLER, PES_ACQUIT, PES_RETOUR };

/* Of one bordereau that was sent before. */
struct pes_sent {
    bool is_receipt;
    uint32_t year, kind; /* Exer, TypBord */
    uint32_t number;
};

struct pes_texts {
    const struct str *at;
    size_t count; /* 0: not known here */
};

/* What the town, or who answers for it, knows. All of it is optional: an empty text, a count of 0: not known. */
struct pes_context {
    struct str post;                /* codique of the accountant's post (IdPost) */
    struct str siret;               /* of the budget (IdColl) */
    struct str collectivity, budget; /* CodCol, CodBud as the accountant has them */
    struct str nomenclature;        /* "M57-M57_A", or its norm alone */
    bool is_voted_by_function;
    bool is_unsigned; /* it is still to be signed: R06 asks for no signature */
    const struct pes_sent *sent; /* of this budget */
    size_t sent_count;
    struct pes_texts documents; /* IdUnique that were sent before */
    struct pes_texts triplets;  /* "D-01-09-01": TypBord, TypPce, NatPce of annex 2; R for receipts */
    struct pes_texts couples;   /* "50-03": CatTiers, NatJur of annex 3 */
};

/* By its root's name and namespace. */
enum pes_kind pes_kind_of(const struct xml *root);
/* B21: a name that any system keeps as it is, and that leads nowhere: letters and digits of ASCII, '-', '_', '.'. */
bool pes_file_name_is_right(struct str name);
/* A PES_Aller is looked at whole; of a PES_ACQUIT its states alone (R52); of a PES_Retour nothing but its root.
 * NULL as context: nothing is known. LIMIT: it has too much to be looked at, and a fault says so. */
MUST_USE enum status pes_check(const struct xml *root, const struct pes_context *context, struct faults *faults);

#endif
