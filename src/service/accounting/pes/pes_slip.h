/* A pes_flow is what one file tells the accountant: bordereaux of mandats and of titres, each with its pieces, their
 * lines and whom these pay or ask; and the documents that go along. Plain structs that whoever has the rows fills.
 *
 * Source: data/README.md (fields, codes). Invariants: texts are UTF-8, and borrowed; an empty or absent one, a number
 * or an amount of 0 and a day of 0 are left out of the file, but where its schema wants an amount. No sum stands here:
 * pes_write.h computes them, and counts pieces. Codes are texts, as codes.csv has them ("01"). */
#ifndef SERVICE_ACCOUNTING_PES_PES_SLIP_H
#define SERVICE_ACCOUNTING_PES_PES_SLIP_H

#include "base/dates.h"
#include "base/money.h"

/* ---- whom it pays or asks ---- */

struct pes_address {
    struct str kind;                /* TypAdr; "": "1", the principal one */
    struct str first, street, last; /* Adr1 to Adr3 */
    struct str postcode, town;
    bool is_abroad;     /* CodRes */
    struct str country; /* CodPays: three digits of the INSEE, where it is abroad */
};

struct pes_account {
    struct str bic, iban, bank, holder;
};

struct pes_person {
    struct str number, number_kind; /* IdTiers, NatIdTiers: both or none */
    struct str reference;           /* RefTiers: the town's own */
    struct str category, nature;    /* CatTiers, NatJur */
    struct str role;                /* TypTiers, of a titre; "": "01", the principal debtor */
    struct str title, name, more_name, first_name;
    struct date born; /* of a titre */
    const struct pes_address *address; /* NULL: none, which a titre may not */
    const struct pes_account *account; /* NULL: none */
};

/* ---- lines ---- */

/* A document that is told of with a piece or a line (PJRef). */
struct pes_reference {
    struct str support, id, name;
};

/* The earlier line that this one corrects or goes back to (RattachPiece). */
struct pes_link {
    struct str kind; /* NatPceOrig */
    uint32_t year;   /* ExerRat */
    uint64_t piece;
    uint32_t line; /* 0: none, of a payment or a list */
};

/* What else a line is of (LiensIdent). `guarantee` is a titre's. */
struct pes_ties {
    struct str agreement, contract, guarantee, loan, asset, advance_fund;
};

/* A debit that the payer's mandate allows (InfoPrelevementSEPA), of a titre. */
struct pes_debit {
    struct str kind, period; /* NatPrel, PerPrel */
    struct date day, signed_on;
    struct money amount;
    struct str sequence, mandate, label; /* the last two in letters that banks of Europe take */
};

struct pes_line {
    uint32_t number; /* IdLigne; 0: its place in the piece, from 1 */
    struct str nature, function, operation, third_account;
    struct money plain, tax; /* without tax, and the tax */
    bool is_within_europe;   /* TVAIntraCom */
    const struct pes_reference *documents;
    size_t document_count;
    const struct pes_link *link; /* NULL: none */
    const struct pes_ties *ties; /* NULL: none */
    const struct pes_person *persons; /* of a mandat one at most */
    size_t person_count;
    /* of a mandat */
    struct str analytic, invoice, label, more_label; /* CptAna, Facture, LibVir1, LibVir2 */
    struct str way;                                  /* ModRegl */
    struct money invoice_plain;                      /* MtFactHT */
    /* of a titre */
    struct str object, product; /* ObjLignePce, CodProdLoc */
    struct money tax_rate;      /* TxTva, hundredths */
    struct date rise_day;       /* DteMajo; 0: it adds nothing to an earlier one (Majo 0) */
    struct money rise_rate;     /* TxMajo, hundredths */
    const struct pes_debit *debit; /* NULL: none */
};

/* ---- pieces ---- */

/* The payment delay of a mandat (DGP). */
struct pes_delay {
    bool is_outside; /* Dgp: 1 where the delay does not run, 0 where it does */
    struct date from, until;
    uint32_t days;
    struct str rate_kind; /* CodIntMor */
    struct money rate;    /* TxIntMor, hundredths */
};

/* A mandat or a titre. */
struct pes_piece {
    uint32_t number;
    struct str kind, nature, object; /* TypPce, NatPce, Obj or ObjPce */
    struct str service, grant;       /* CodServ, Affect */
    struct date due;                 /* DteEch, DteAsp */
    const struct pes_reference *documents;
    size_t document_count;
    const struct pes_line *lines;
    size_t line_count;
    /* of a mandat */
    struct str documents_told; /* PJ: what goes on paper */
    const struct pes_delay *delay; /* NULL: none */
    /* of a titre */
    uint32_t roll;      /* IdRol */
    struct str edition; /* "01": the DGFiP prints and posts it */
    struct str invoice, contract, engagement, service_code, service_name; /* of Chorus Pro */
};

/* ---- the whole ---- */

struct pes_slip {
    bool is_receipt;
    uint32_t year, number;
    struct str kind; /* TypBord */
    struct date day;
    struct str object;   /* of titres */
    bool has_running;    /* MtCumulAnnuel is written */
    struct money before; /* of its series this year, without it */
    const struct pes_piece *pieces;
    size_t piece_count;
};

/* What a document is of in the accounts (RefCompta). */
struct pes_document_of {
    struct str part; /* Domaine */
    uint32_t year;
    struct str object_kind; /* TypeObjet */
    uint64_t object;        /* Identifiant */
    uint32_t more;          /* ComplementIdentifiant */
    struct str person;      /* IdTiers */
};

struct pes_document {
    struct str id, name, kind, about; /* IdUnique, NomPJ, TypePJ, Description */
    struct str media;                 /* "application/pdf" */
    struct str bytes;                 /* as it is: pes_write packs it */
    const struct pes_document_of *of;
    size_t of_count;
};

struct pes_flow {
    struct str file_name; /* letters and digits of ASCII, '-', '_', '.' */
    struct str editor, editor_version;
    struct date day;
    struct str post, post_name;     /* codique of the accountant's post (IdPost) */
    struct str siret;               /* of the budget (IdColl) */
    struct str collectivity, budget, budget_name; /* CodCol, CodBud */
    bool is_paperless; /* InfoDematerialisee: each bordereau will be signed */
    const struct pes_slip *slips; /* one at least; those of one direction need not stand together */
    size_t slip_count;
    const struct pes_document *documents;
    size_t document_count;
};

#endif
