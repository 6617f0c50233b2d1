/* A line of a mandat or a titre: R17 to R20, R24 to R29, and of titres R41, R44, R45. */
#include "service/accounting/pes/pes_rules.h"

#include "service/accounting/pes/pes_code.h"

enum { LINE_MAX = 999999 };

static bool one_of(struct str text, const char *texts)
{
    struct str all = str_of(texts);
    while (!str_is_absent(all))
        if (str_eq(str_cut(&all, ' '), text))
            return true;
    return false;
}

/* R17: the only line is the first. */
static void check_number(struct pes_rules *rules, const struct pes_line_at *line)
{
    uint64_t number = pes_number(&line->info, "IdLigne", LINE_MAX);
    if (line->piece->line_count == 1 && number > 1)
        pes_fault_number(rules->faults, "R17", &line->info, "IdLigne", 1);
}

/* R19, R20: as far as the budget's norm is known. */
static void check_norm(struct pes_rules *rules, const struct pes_line_at *line)
{
    const struct pes_context *context = rules->context;
    bool has_function = pes_says(&line->info, "Fonction").len > 0;
    if (has_function && !pes_norm_is(context, "M14 M52 M57 M71", true))
        pes_fault_value(rules->faults, "R19", &line->info, "Fonction", STR(""));
    if (!has_function && context->is_voted_by_function)
        pes_fault_value(rules->faults, "R19", &line->info, "Fonction", STR("Fonction"));
    if (pes_says(&line->info, "Operation").len > 0 &&
        !pes_norm_is(context, "M14 M4 M41 M42 M43 M44 M49 M52 M57 M61 M71 M832", true))
        pes_fault_value(rules->faults, "R20", &line->info, "Operation", STR(""));
}

/* ---- what it takes back ---- */

static bool needs_link(const struct pes_line_at *line)
{
    struct str triplet = str_of(line->piece->triplet);
    return !line->piece->slip->is_receipt && one_of(triplet, "02-02-06 01-02-09 01-13-01 02-02-10");
}

/* R25: what is taken back within the year is of it; what another year did is taken back otherwise. */
static void check_year(struct pes_rules *rules, const struct pes_line_at *line)
{
    uint64_t year = pes_number(&line->link, "ExerRat", LINE_MAX), own = line->piece->slip->year;
    if (year == 0 || own == 0)
        return;
    if (pes_triplet_is(line->piece, "02-02-06") && year != own)
        pes_fault_number(rules->faults, "R25", &line->link, "ExerRat", own);
    if (pes_triplet_is(line->piece, "01-02-09") && year >= own)
        pes_fault_number(rules->faults, "R25", &line->link, "ExerRat", own - 1);
}

/* R26, R27: of what kind that is which such a piece goes back to. */
static void check_origin(struct pes_rules *rules, const struct pes_line_at *line)
{
    bool is_receipt = line->piece->slip->is_receipt, has_link = line->link.element != NULL;
    struct str origin = pes_says(&line->link, "NatPceOrig");
    if (pes_is(&line->piece->info, "TypPce", PES_PIECE_AFTER) && (has_link || !is_receipt) &&
        !str_eq(origin, STR(PES_LINK_MONEY)))
        pes_fault(rules->faults, "R26", &line->link, "NatPceOrig", origin, STR(PES_LINK_MONEY));
    if (!is_receipt && pes_triplet_is(line->piece, "01-07-01") && !str_eq(origin, STR(PES_LINK_LOST)))
        pes_fault(rules->faults, "R27", &line->link, "NatPceOrig", origin, STR(PES_LINK_LOST));
}

/* R28: a line of a mandat or a titre has a number; a payment or a list has none. */
static void check_line(struct pes_rules *rules, const struct pes_line_at *line)
{
    struct str origin = pes_says(&line->link, "NatPceOrig");
    bool is_said = pes_number(&line->link, "IdLigneOrig", LINE_MAX) > 0;
    if (one_of(origin, "01 02") && !is_said)
        pes_fault_value(rules->faults, "R28", &line->link, "IdLigneOrig", STR("1"));
    if (one_of(origin, "03 04") && is_said)
        pes_fault_value(rules->faults, "R28", &line->link, "IdLigneOrig", STR("0"));
}

void pes_rules_line(struct pes_rules *rules, const struct pes_line_at *line)
{
    const struct pes_at ties = pes_child(&line->block, "LiensIdent");
    check_number(rules, line);
    check_norm(rules, line);
    if (needs_link(line) && line->link.element == NULL)
        pes_fault(rules->faults, "R24", &line->link, NULL, str_of(line->piece->triplet), STR("RattachPiece"));
    check_year(rules, line);
    check_origin(rules, line);
    check_line(rules, line);
    if (!line->piece->slip->is_receipt && pes_triplet_is(line->piece, "01-06-01") &&
        pes_says(&ties, "IdConv").len == 0)
        pes_fault(rules->faults, "R29", &ties, "IdConv", STR(""), STR("IdConv"));
    for (struct pes_at at = pes_first(&line->at, "Tiers"); at.element != NULL; at = pes_next(&at)) {
        struct pes_at person = at;
        person.number = line->piece->slip->is_receipt ? at.number : 0;
        pes_rules_person(rules, &person);
        pes_rules_bank(rules, line, &person);
    }
    if (xml_child(line->at.element, "Tiers") == NULL) {
        const struct pes_at nobody = pes_child(&line->at, "Tiers");
        pes_rules_bank(rules, line, &nobody);
    }
}

/* ---- titres ---- */

/* R41: what a titre adds to an older one names its date, its rate and that one. */
static void check_rise(struct pes_rules *rules, const struct pes_line_at *line)
{
    bool goes_back = pes_is(&line->link, "NatPceOrig", PES_LINK_RISE);
    if (pes_flag(&line->info, "Majo")) {
        if (pes_says(&line->info, "DteMajo").len == 0)
            pes_fault(rules->faults, "R41", &line->info, "DteMajo", STR(""), STR("DteMajo"));
        if (pes_says(&line->info, "TxMajo").len == 0)
            pes_fault(rules->faults, "R41", &line->info, "TxMajo", STR(""), STR("TxMajo"));
        if (!goes_back)
            pes_fault_value(rules->faults, "R41", &line->link, "NatPceOrig", STR(PES_LINK_RISE));
    }
    if (goes_back && !pes_triplet_is(line->piece, "01-09-01"))
        pes_fault(rules->faults, "R41", &line->link, "NatPceOrig", STR(PES_LINK_RISE), STR("01-09-01"));
}

/* R45: where the Trésor asks the bank, it needs to know whose. */
static void check_debit(struct pes_rules *rules, const struct pes_line_at *line)
{
    const struct pes_at debit = pes_child(&line->block, "InfoPrelevementSEPA");
    if (!pes_is(&debit, "NatPrel", "01"))
        return;
    for (struct pes_at at = pes_first(&line->at, "Tiers"); at.element != NULL; at = pes_next(&at))
        if (xml_child(at.element, "CpteBancaire") != NULL)
            return;
    pes_fault(rules->faults, "R45", &debit, NULL, STR("01"), STR("CpteBancaire"));
}

void pes_rules_receipt_line(struct pes_rules *rules, const struct pes_line_at *line)
{
    check_rise(rules, line);
    check_debit(rules, line);
    for (struct pes_at at = pes_first(&line->at, "Tiers"); at.element != NULL; at = pes_next(&at)) {
        const struct pes_at info = pes_child(&at, "InfoTiers");
        if (pes_is(&info, "TypTiers", "05") && !pes_norm_is(rules->context, "M21 M22", true))
            pes_fault_value(rules->faults, "R44", &info, "TypTiers", STR("M21, M22"));
    }
}
