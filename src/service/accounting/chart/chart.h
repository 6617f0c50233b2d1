/* A chart is the accounts, chapters and functions that a kind of budget may use in a year, as the State publishes it.
 *
 * Source: planDeCompte.xml of the DGCL and DGFiP, one for each norm, variant and year ("M57-M57_A", 2024). Facts of the
 * charts shipped lie in data/ (data/README.md says where each comes from). Invariants of a chart: codes are unique,
 * every account's chapters stand in it, no account is its own ancestor. Read-only once made; lives in its arena. */
#ifndef SERVICE_ACCOUNTING_CHART_CHART_H
#define SERVICE_ACCOUNTING_CHART_CHART_H

#include "base/arena.h"
#include "base/buf.h"
#include "document/xml.h"

enum {
    CHART_ACCOUNTS_MAX = 8192,
    CHART_CHAPTERS_MAX = 512,
    CHART_FUNCTIONS_MAX = 2048,
    CHART_DEPTH_MAX = 16, /* accounts, functions above one another */
    CHART_CODE_MAX = 16,  /* letters and digits of a code */
    CHART_LABEL_MAX = 1000, /* bytes */
};

enum chart_section { CHART_FUNCTIONING, CHART_INVESTMENT, CHART_NO_SECTION };
enum chart_direction { CHART_EXPENSE, CHART_RECEIPT };
/* Real, order between the sections, order within one. */
enum chart_kind { CHART_REAL, CHART_BETWEEN, CHART_WITHIN, CHART_KINDS };

struct chart_chapter {
    struct str code, label;
    enum chart_section section;
    bool is_special;     /* as the chart says: voted for a purpose of its own */
    bool is_by_function; /* of budgets voted by function */
    bool is_shown_only;  /* a heading of statements, where no line stands (PourEtatSeul) */
};

struct chart_account {
    struct str code, label, parent; /* parent "": none */
    struct str chapter[CHART_KINDS][2]; /* by kind and direction; "": forbidden in that sense */
    bool is_equipment[2];               /* by direction */
    bool is_total;                      /* it only sums up others (RegrTotalise) */
    bool is_shown_only;                 /* as for a chapter */
    struct str removed_since;           /* "": in force; else SupprimeDepuis, or "1" where it is only marked */
};

struct chart_function {
    struct str code, label, parent;
};

struct chart {
    struct str norm, variant; /* "M57", "M57_A" */
    int32_t year;
    struct chart_chapter *chapters;   /* by code */
    struct chart_account *accounts;   /* by code */
    struct chart_function *functions; /* by code */
    size_t chapter_count, account_count, function_count;
};

/* Which one a budget of that year uses, by the code of its nomenclature ("M57-M57_A": norm, '-', variant). NOT_FOUND:
 * none is shipped; CORRUPT: what was shipped is damaged. */
MUST_USE enum status chart_shipped(struct arena *arena, struct str nomenclature, int32_t year, struct chart *ret_chart);
/* Those shipped, one after the other: NOT_FOUND after the last. */
MUST_USE enum status chart_shipped_at(size_t place, struct str *ret_nomenclature, int32_t *ret_year);

/* NULL: the chart has none of that code. */
const struct chart_account *chart_account(const struct chart *chart, struct str code);
const struct chart_chapter *chart_chapter(const struct chart *chart, struct str code);
const struct chart_function *chart_function(const struct chart *chart, struct str code);

/* The section of a line, by the rule of reference: that of its chapter in the chart; where it names none, or one the
 * chart lacks, that of the chapter its account gives in that sense. CHART_NO_SECTION: neither says. */
enum chart_section chart_section_of(const struct chart *chart, struct str account, struct str chapter,
                                    enum chart_kind kind, enum chart_direction direction);

/* The chapter of a budget voted by function that a function is counted in: "932" of 213, "9044" of 441 in its section;
 * "" where the chart has none, or the function is "". */
struct str chart_function_chapter(const struct chart *chart, struct str function, enum chart_section section);
/* In words of faults: "dépense réelle", "recette d’ordre entre sections". */
struct str chart_sense(enum chart_kind kind, enum chart_direction direction);

/* Of a tree whose root is Nomenclature. INVALID: ret_fault is a line, and one of "root" (not a chart), "head" (norm,
 * variant or year), "code", "section", "twice" (a code), "cycle" (an account within itself), "chapter" (one that is
 * not there); LIMIT: "many", "deep", "label" or "memory". Copies; labels are trimmed, and letters of Windows-1252 in
 * them that were taken for control characters are mended. */
MUST_USE enum status chart_of_xml(struct arena *arena, const struct xml *root, struct chart *ret_chart,
                                  struct xml_fault *ret_fault);
/* The form in which charts are shipped and kept: CSV, one line for the head, then chapters, accounts, functions. */
void chart_write(struct buf *out, const struct chart *chart);
/* INVALID, LIMIT: as above; rows in another order than their codes', or cut short, are INVALID. The chart's words are
 * slices of `csv`, which outlives it. */
MUST_USE enum status chart_read(struct arena *arena, struct str csv, struct chart *ret_chart);

#endif
