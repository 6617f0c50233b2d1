/* A docbudg is a budget document as towns send it to the State: DocBudg XML ("TOTEM"), and the CFU that holds one.
 *
 * Source: schema DocumentBudgetaire V95 of the DGCL, seen with files of versions 65 to 113. Values stand in attributes
 * V, files are in ISO-8859-1. Invariants of what was read: amounts are whole cents, direction and kind of each line are
 * known; what this program knows nothing of stays in the tree, and goes out as it came. Nothing is believed because a
 * schema would take it: docbudg_check says what is wrong. Lives in its arena. */
#ifndef SERVICE_ACCOUNTING_DOCBUDG_DOCBUDG_H
#define SERVICE_ACCOUNTING_DOCBUDG_DOCBUDG_H

#include "base/dates.h"
#include "base/money.h"
#include "service/accounting/chart/chart.h"
#include "service/accounting/fault.h"

enum { DOCBUDG_BUDGETS_MAX = 16, DOCBUDG_LINES_MAX = 50000 };

/* What a line says in euros; has says which of them it says at all. */
enum docbudg_amount {
    DOCBUDG_PREVIOUS,    /* MtBudgPrec */
    DOCBUDG_CARRIED,     /* MtRARPrec, or MtSup Code=RARPrec where that is absent */
    DOCBUDG_PROPOSED,    /* MtPropNouv */
    DOCBUDG_VOTED,       /* MtPrev */
    DOCBUDG_OPEN,        /* CredOuv */
    DOCBUDG_DONE,        /* MtReal */
    DOCBUDG_LEFT,        /* MtRAR3112 */
    DOCBUDG_AMOUNTS
};

/* What kind of act it is (NatDec of the schema V95). */
#define DOCBUDG_PRIMITIVE "01"     /* budget primitif */
#define DOCBUDG_AMENDING "02"      /* décision modificative */
#define DOCBUDG_SUPPLEMENTARY "03" /* budget supplémentaire */
#define DOCBUDG_ACCOUNT "09"       /* compte administratif */
#define DOCBUDG_SINGLE "10"        /* compte financier unique, of later versions */

struct docbudg_line {
    struct str nature, function, operation;                  /* "" for none */
    struct str chapter, function_chapter, operation_chapter; /* ContNat, ContFon, ContOp */
    enum chart_direction direction;
    enum chart_kind kind;                  /* OpBudg, TypOpBudg */
    enum chart_section section;            /* CaracSup Section; else by the chart (docbudg_place) */
    bool is_marked;                        /* by CaracSup Section */
    uint32_t number;                       /* among the LigneBudget of its budget, those without Nature too, from 1 */
    struct money amounts[DOCBUDG_AMOUNTS]; /* 0 for one it does not say */
    bool has[DOCBUDG_AMOUNTS];
    const struct xml *element;
};

struct docbudg_budget {
    struct str label, siret, insee, collectivity, code; /* LibelleEtab, IdEtab, CodInseeColl, CodColl, CodBud */
    struct str principal;                               /* IdEtabPal; "" for none */
    struct str nomenclature;                            /* "M57-M57_A", as written */
    struct str act;                                     /* NatDec: DOCBUDG_PRIMITIVE and its like */
    struct str act_number;                              /* NumDec; "" for none */
    int32_t year;                                       /* 0: none that could be read */
    bool is_draft;                                      /* ProjetBudget */
    struct date decided;                                /* DteDec; days 0: none */
    struct str vote;                                    /* NatVote: "FcIc"... */
    bool is_by_operation;                               /* OpeEquip: operations of equipment are voted */
    bool is_by_function;                                /* NatFonc 2: voted by function, not by nature */
    struct str kind;                                    /* CodTypBud: "P", "A"; "" for none */
    struct docbudg_line *lines;                         /* those with a Nature */
    size_t line_count;
    size_t aggregate_count;                             /* lines without: sums, in files of a CFU */
    bool is_whole;                                      /* every amount could be read: sums mean something */
    struct str place;                                   /* "/DocumentBudgetaire/Budget[1]" */
    struct xml *element;
};

struct docbudg {
    bool is_cfu;
    struct str schema, label, siret; /* VersionSchema, LibelleColl, IdColl */
    struct docbudg_budget budgets[DOCBUDG_BUDGETS_MAX];
    size_t budget_count;
    struct str place;           /* "/DocumentBudgetaire", with what is around it in a CFU */
    struct xml *element;        /* that */
    struct xml *root;
};

/* From a tree. INVALID: it is none, or something without which it cannot be read is missing or wrong: `faults` says
 * what, all of it, and what could be read is there for docbudg_check to look at. LIMIT: above a maximum, or the arena
 * is full; that is a fault too. */
MUST_USE enum status docbudg_read(struct arena *arena, struct xml *root, struct docbudg *ret_document,
                                  struct faults *faults);
/* Gives each line of a budget that bears no marker its section, by the chart. */
void docbudg_place(struct docbudg_budget *budget, const struct chart *chart);

/* Is it right, whatever a schema says? Year, nomenclature, SIRET (Luhn, and one collectivity), accounts, functions and
 * chapters of the chart in that sense, sections in balance, 021 = 023, order operations, credits = voted + carried.
 * `chart` is NULL where none is known for that year: then that is a fault, and the rest is looked at all the same.
 * `number` is the budget's place in the document, from 0; its lines were placed. */
void docbudg_check(const struct docbudg *document, size_t number, const struct chart *chart, struct faults *faults);

/* Rows as derived/oracle_totaux_sections.csv has them, without the file's name, which is given. */
void docbudg_totals_head(struct buf *out);
void docbudg_totals(struct buf *out, struct str file, const struct docbudg_budget *budget);

#endif
