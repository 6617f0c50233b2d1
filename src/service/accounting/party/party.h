/* A party (tiers) is whom the town pays or who pays it: a company, an association, another town, a natural person.
 *
 * Source: the fields and code lists of PES V2 (pes/data): NatIdTiers, CatTiers, NatJur, and the room each text has
 * there, so that what stands here can be sent. Invariants: an identifier (SIRET, ...) is of one party, and proven by
 * its own digits; a natural person, and none else, has a title and a first name; no social security number is kept
 * (R31: budgets M21 and M22 alone may). None is ever deleted: one that is closed stays. Each change of a field is kept
 * with who made it and when.
 *
 * Its bank accounts: one that was entered is *held*, and nothing is paid on it, until a second person confirms it;
 * then the one before is replaced. At most one is held and one confirmed. The same account at two parties is told,
 * not refused: it may be a factor, or a fraud.
 *
 * Whoever calls has asked for the right (RIGHT_PREPARE or RIGHT_ORDER to change, RIGHT_READ to see);
 * party_bank_confirm and party_bank_refuse ask themselves. */
#ifndef SERVICE_ACCOUNTING_PARTY_PARTY_H
#define SERVICE_ACCOUNTING_PARTY_PARTY_H

#include "core/ctx.h"
#include "service/accounting/fault.h"
#include "service/accounting/right/right.h"

enum {
    PARTY_NAME_MAX = 38, /* characters, as of every text below but mail, phone and source */
    PARTY_PAGE = 50,     /* of a list */
    PARTY_CHANGES_MAX = 500,
    PARTY_BANKS_MAX = 200,
    PARTY_HOLDER_MAX = 32,
    PARTY_SOURCE_MAX = 100,
};
/* The rights that may change parties. */
#define PARTY_EDIT ((unsigned)(RIGHT_PREPARE | RIGHT_ORDER))

struct party {
    int64_t id;
    struct str name, complement;   /* Nom, ComplNom */
    struct str title, first_name;  /* Civilite (M, MME), Prenom */
    struct str id_kind, id_number; /* NatIdTiers, IdTiers; both "" or none */
    struct str category, nature;   /* CatTiers, NatJur */
    struct str street_before, street, street_after; /* Adr1, Adr2, Adr3 */
    struct str postcode, place;    /* CP, Ville */
    struct str country;            /* CodPays, three digits; "": France */
    struct str mail, phone;
    bool is_active;
};

/* The texts of a party, for forms, files and history: each with its column and its label. */
struct party_field {
    const char *column; /* "id_number" */
    size_t offset;      /* of its str in struct party */
    enum text_key label;
    size_t most;        /* characters */
};
enum { PARTY_FIELDS = 16 };
extern const struct party_field party_fields[PARTY_FIELDS];
struct str *party_text(struct party *party, size_t field);
struct str party_said(const struct party *party, size_t field);
/* T_none: no field of that column ("is_active" has one). */
enum text_key party_label(struct str column);

/* Pure. Every fault of a party: rules party.name, party.text, party.code, party.couple, party.person, party.number,
 * party.nir, party.address, party.country, party.mail; the place is the column. OK, INVALID; LIMIT, CORRUPT: lists of
 * codes. */
MUST_USE enum status party_check(const struct party *party, struct faults *faults);

/* Names and number as they are looked for: what party_find reads, and sorts by (arena). */
struct str party_folded(struct arena *arena, const struct party *party);

/* INVALID: `faults` says why. CONFLICT "accounting.party_there": a party has that number, and a fault says which
 * (party.there). `id` and `is_active` of a new one are not looked at: it is active. */
MUST_USE enum status party_add(struct ctx *ctx, const struct party *party, struct faults *faults, int64_t *ret_id);
/* All fields, as they shall be; those that differ are kept in the history. As party_add; NOT_FOUND. */
MUST_USE enum status party_change(struct ctx *ctx, const struct party *party, struct faults *faults);
/* NOT_FOUND. */
MUST_USE enum status party_get(struct ctx *ctx, int64_t id, struct party *ret_party);
/* By its identifier: kind "01" and a SIRET. NOT_FOUND. */
MUST_USE enum status party_of_number(struct ctx *ctx, struct str kind, struct str number, struct party *ret_party);

/* One that is there already: by its number, or without one by names and postcode. OK; NOT_FOUND. */
MUST_USE enum status party_known(struct ctx *ctx, const struct party *party);

/* Of its SIRET, SIREN or French VAT number; "" where it has none. Establishments of one company share it. */
struct str party_siren(const struct party *party);

/* By name, or by name and first name, accents and case apart. NOT_FOUND; CONFLICT: several. */
MUST_USE enum status party_named(struct ctx *ctx, struct str text, int64_t *ret_id);

struct party_found {
    int64_t id;
    struct str name, first_name, id_kind, id_number, place;
    bool is_active, has_held, has_confirmed; /* accounts */
};
/* Those whose names or number have the text, accents and case apart; "" finds all. By name, PARTY_PAGE from `skip` on;
 * *ret_total: how many there are. LIMIT: the text is above 200 bytes. */
MUST_USE enum status party_find(struct ctx *ctx, struct str text, int64_t skip, struct party_found **ret_found,
                                size_t *ret_count, int64_t *ret_total);

struct party_change {
    struct instant at;
    struct str who;    /* name of the person; "" on the command line */
    struct str column; /* "created": the party itself */
    struct str before, after;
};
/* Newest first, at most PARTY_CHANGES_MAX. */
MUST_USE enum status party_changes(struct ctx *ctx, int64_t party, struct party_change **ret_changes,
                                   size_t *ret_count);

/* ---- bank accounts ---- */

enum party_bank_state { BANK_HELD, BANK_CONFIRMED, BANK_REFUSED, BANK_REPLACED, BANK_STATES };

struct party_bank {
    int64_t id, party;
    struct str iban, bic, holder;
    struct str source;                   /* where it was read */
    enum party_bank_state state;
    int64_t entered_by, decided_by;      /* persons; 0: on the command line, nobody yet */
    struct instant entered, decided;     /* decided 0: not yet */
    struct str entered_name, decided_name;
};

/* Pure. Faults of iban, bic, holder and source, plain (party_plain). INVALID. */
MUST_USE enum status party_bank_check(const struct party_bank *bank, struct faults *faults);
/* Held from now on. iban, bic, holder and source are taken; blanks go, small letters become capitals. INVALID:
 * `faults` says why (party.iban, party.bic, party.holder, party.text); CONFLICT "accounting.bank_held": one is held
 * already, "accounting.bank_same": it is the confirmed one; NOT_FOUND: no such party; DENIED "mandate.never". */
MUST_USE enum status party_bank_add(struct ctx *ctx, int64_t party, const struct party_bank *bank,
                                    struct faults *faults, int64_t *ret_id);
/* By ctx->actor. DENIED "accounting.right", "accounting.bank_same_person" (who entered it), "mandate.never"; CONFLICT
 * "accounting.bank_decided": it is not held; NOT_FOUND. */
MUST_USE enum status party_bank_confirm(struct ctx *ctx, int64_t id);
/* The same, but whoever entered it may take it back. */
MUST_USE enum status party_bank_refuse(struct ctx *ctx, int64_t id);
/* The one to pay on. NOT_FOUND: none is confirmed. */
MUST_USE enum status party_bank_of(struct ctx *ctx, int64_t party, struct party_bank *ret_bank);
/* Newest first, at most PARTY_BANKS_MAX. */
MUST_USE enum status party_banks(struct ctx *ctx, int64_t party, struct party_bank **ret_banks, size_t *ret_count);
/* Other parties that have this account held or confirmed, at most PARTY_PAGE. */
MUST_USE enum status party_bank_shared(struct ctx *ctx, struct str iban, int64_t party,
                                       struct party_found **ret_others, size_t *ret_count);

#endif
