/* A pes_return is what the accountant's system says of what was sent: whether a bordereau or a document was taken
 * (PES_ACQUIT), and what became of mandats and titres (PES_Retour).
 *
 * Source: files that others published (PES_ACQUIT of 2015 and 2019, a PES_Retour of mandats); of a PES_Retour of
 * titres none was seen and no schema is here. So what it is about is read by its numbers (Exer, IdBord, IdPce,
 * IdLigne), and everything said of it is kept as it stands, known or not. Invariants: answers stand in the order of
 * the file; each has the numbers of what is around it; codes are texts that nobody has translated; texts live in the
 * arena. */
#ifndef SERVICE_ACCOUNTING_PES_PES_RETURN_H
#define SERVICE_ACCOUNTING_PES_PES_RETURN_H

#include "base/dates.h"
#include "base/list.h"
#include "service/accounting/pes/pes.h"

enum { PES_ANSWERS_MAX = 1 << 16, PES_SAID_MAX = 256, PES_ERRORS_MAX = 256 /* of one answer */ };

enum pes_about {
    PES_ABOUT_SLIP,
    PES_ABOUT_PIECE,
    PES_ABOUT_LINE,
    PES_ABOUT_DOCUMENT,
    PES_ABOUT_MORE, /* another block within one of these: an émargement, a payment; `block` is its name */
};

/* <Name V="value"/> as it stands. */
struct pes_said {
    struct str name, value;
};

struct pes_error {
    struct str code, label; /* NumAnoAck, LibelleAnoAck */
};

struct pes_answer {
    enum pes_about about;
    struct str block;
    /* What it is about: 0, "" where it is not said. */
    bool is_receipt; /* false of a PES_ACQUIT, which does not say it */
    uint32_t year, slip, piece, line;
    struct str slip_kind; /* TypBord */
    struct str document;  /* IdUnique */
    /* What it says of it: "", 0 where it does not. */
    struct str state;      /* EtatAck ("1" taken, "0" not), EtatPce, EtatLigPce */
    struct str suspension; /* NatSusp */
    struct date taken_on;  /* DtePcePec */
    const struct pes_said *said; /* all of its block, those above too */
    size_t said_count;
    const struct pes_error *errors; /* of this one alone */
    size_t error_count;
    uint32_t at; /* line of the file */
};

struct pes_return {
    enum pes_kind kind;
    struct str file_type, file_name; /* TypFic, NomFic: of a PES_ACQUIT those of the file it answers */
    struct date day;                 /* DteStr */
    struct str post, siret, collectivity, budget;
    struct pes_answers LIST_OF(struct pes_answer) answers;
};

/* INVALID: it is none of the two (a fault says so), or says nothing; LIMIT: too much, and a fault says so. What
 * names no bordereau, piece or line is a fault, and is left out with what it says; the rest is read all the same,
 * and OK. */
MUST_USE enum status pes_return_read(struct arena *arena, const struct xml *root, struct pes_return *ret_return,
                                     struct faults *faults);
/* "" where it does not say that. */
struct str pes_return_says(const struct pes_answer *answer, const char *name);
/* CSV: a line for each answer, or for each error of it; the first names the columns. */
void pes_return_write(struct buf *out, const struct pes_return *file);

#endif
