/* A pes_table is the fields that a PES_Aller may have, as data/fields.csv and data/codes.csv say.
 *
 * Invariants: a field's children stand in the order in which a file must have them; every code's list is there. */
#ifndef SERVICE_ACCOUNTING_PES_PES_TABLE_H
#define SERVICE_ACCOUNTING_PES_PES_TABLE_H

#include "base/arena.h"
#include "base/str.h"

enum { PES_CHILDREN_MAX = 32, PES_FIELDS_MAX = 512 };

/* As the types of the schema, by what they take. */
enum pes_type {
    PES_BLOCK,
    PES_TEXT,        /* TexteN, TexteA_B, Texte5_Longueur5 */
    PES_LETTERS,     /* AlphanumN: digits and letters of ASCII */
    PES_WORD,        /* AlphanumN_Light: the same, or none */
    PES_COUNT,       /* NumN: a whole number above 0 */
    PES_DIGITS,      /* NumN_Light, NumN_NonVide */
    PES_AMOUNT,      /* Montant: above 0 */
    PES_AMOUNT_ZERO, /* MontantPositif, Montant_Light: 0 or above */
    PES_RATE,        /* Taux: above 0, three digits and two decimals */
    PES_FLAG,        /* Booleen */
    PES_DATE,
    PES_YEAR, /* Annee */
    PES_CODE,
    PES_SEPA, /* TexteNSEPA: letters that banks of Europe take */
    PES_BIC,
    PES_IBAN,
    PES_FILE_NAME, /* NomPJ */
    PES_FILE,      /* B64 */
};

struct pes_field {
    struct str path, name;
    enum pes_type type;
    size_t least, most;     /* characters or digits; 0: as the type alone says */
    struct str list;        /* of codes, of PES_CODE */
    const struct str *codes;
    size_t code_count;
    bool is_needed, is_many;
    uint32_t choice;            /* of one of these ways alone; 0: of none */
    const char *wrong, *missing; /* the rule that a wrong value breaks, or its lack; NULL: by its type */
    struct pes_field *first, *last, *next; /* its children, and the next one of its parent */
};

/* The root's. CORRUPT: what was shipped is damaged. */
MUST_USE enum status pes_table(struct arena *arena, const struct pes_field **ret_root);
/* One child; NULL: it has none of that name. */
const struct pes_field *pes_field(const struct pes_field *parent, struct str name);

#endif
