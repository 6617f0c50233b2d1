/* A bordereau: its number, its pieces, its sums, its signature: R01, R06 to R12, I9. */
#include <stdio.h>

#include "service/accounting/pes/pes_read.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/pes/pes_rules.h"

enum { VERSION = 2, PIECES_MAX = 99999, KEY_MAX = 64, EXERCISE_MAX = 9999, CODE = 2 };

struct sums {
    struct money plain, tax;
    bool has_tax;  /* of a line, above nothing */
    bool is_large; /* above what money holds */
    bool is_unread; /* a line's amount is none: said already, and no sum is to be believed */
    size_t pieces;
};

/* ---- signatures ---- */

/* How many there are in it, and the first. */
static size_t count_signatures(const struct xml *element, const struct xml **ret_first)
{
    size_t count = 0;
    *ret_first = NULL;
    for (const struct xml *child = element->first; child != NULL; child = child->next)
        if (!str_is_absent(child->name) && str_eq(child->space, STR(PES_SIGNATURES)) &&
            str_eq(child->name, STR("Signature")) && count++ == 0)
            *ret_first = child;
    return count;
}

/* Does one of its references name that Id ("#Id"), or the whole file ("") where there is no Id to name? */
static bool names(const struct xml *signature, struct str id)
{
    const struct xml *info = xml_child(signature, "SignedInfo");
    for (const struct xml *one = xml_child(info, "Reference"); one != NULL; one = xml_next(one, "Reference")) {
        struct str uri = xml_attribute(one, "URI");
        if ((id.len == 0 && uri.len == 0) || (id.len > 0 && uri.len > 0 && str_eq(str_after(uri, 1), id)))
            return true;
    }
    return false;
}

/* R07: one at most, which says what it signs. R06: there where the part says so, and nowhere else. */
static void check_signature(struct pes_rules *rules, const struct pes_slip_at *slip)
{
    const struct xml *signature;
    size_t count = count_signatures(slip->at.element, &signature);
    struct str id = xml_attribute(slip->at.element, "Id");
    bool is_signed = count > 0 || rules->is_signed;
    if (count > 1 || (count == 1 && (rules->is_signed || id.len == 0 || !names(signature, id))))
        pes_fault(rules->faults, "R07", &slip->at, NULL, id, STR("Id"));
    if (is_signed != slip->is_paperless && (is_signed || !rules->context->is_unsigned))
        pes_fault(rules->faults, "R06", &slip->at, NULL, slip->is_paperless ? STR("1") : STR("0"), STR("Signature"));
}

/* ---- its number ---- */

static enum status check_id(struct pes_rules *rules, const struct pes_slip_at *slip)
{
    struct str id = xml_attribute(slip->at.element, "Id");
    enum status done = id.len == 0 ? OK : map_add(&rules->ids, id, rules);
    if (done == CONFLICT)
        pes_fault(rules->faults, "R07", &slip->at, NULL, id, STR("Id"));
    return done == CONFLICT ? OK : done;
}

/* Of its series, before this file: the last number; 0: none is known. */
static uint64_t sent_before(const struct pes_rules *rules, const struct pes_slip_at *slip, uint64_t number,
                            bool *ret_is)
{
    uint64_t last = 0, kind = pes_number(&slip->block, "TypBord", PES_NUMBER_MAX);
    *ret_is = false;
    for (size_t i = 0; i < rules->context->sent_count; i++) {
        const struct pes_sent *sent = &rules->context->sent[i];
        if (sent->is_receipt != slip->is_receipt || sent->year != slip->year || sent->kind != kind)
            continue;
        *ret_is = *ret_is || sent->number == number;
        last = sent->number > last ? sent->number : last;
    }
    return last;
}

static enum status last_of(struct pes_rules *rules, struct str series, uint64_t **ret_last, bool *ret_is_new)
{
    *ret_last = map_get(&rules->series, series);
    *ret_is_new = *ret_last == NULL;
    if (*ret_last != NULL)
        return OK;
    *ret_last = arena_new(rules->arena, uint64_t);
    return *ret_last == NULL ? LIMIT : map_add(&rules->series, series, *ret_last);
}

/* R08: taken once, one after the other. */
static enum status check_number(struct pes_rules *rules, const struct pes_slip_at *slip)
{
    struct buf key BUF_SCOPE = BUF_INIT(KEY_MAX);
    uint64_t number = pes_number(&slip->block, "IdBord", PES_NUMBER_MAX), *last;
    bool is_new, is_taken;
    if (number == 0 || slip->year == 0 || slip->kind.len == 0)
        return OK; /* said already */
    buf_add_format(&key, "%c-%u-%.*s", slip->is_receipt ? 'R' : 'D', (unsigned)slip->year,
                   STR_ARG(str_slice(slip->kind, 0, CODE)));
    TRY(last_of(rules, buf_str(&key), &last, &is_new));
    uint64_t before = sent_before(rules, slip, number, &is_taken);
    *last = is_new ? before : *last;
    buf_add_format(&key, "-%u", (unsigned)number);
    enum status done = map_add(&rules->numbers, buf_str(&key), rules);
    if (done == CONFLICT || is_taken || (*last > 0 && number != *last + 1))
        pes_fault_number(rules->faults, "R08", &slip->block, "IdBord", *last + 1);
    *last = number > *last ? number : *last;
    return done == CONFLICT ? OK : done;
}

/* ---- sums ---- */

static void add_amount(struct sums *sums, struct money *sum, struct money amount)
{
    sums->is_large = money_add(sum, amount) != OK || sums->is_large;
}

static void add_line(struct sums *sums, const struct pes_line_at *line)
{
    struct money plain = {0}, tax = {0};
    if (pes_amount(&line->info, "MtHT", &plain))
        add_amount(sums, &sums->plain, plain);
    else
        sums->is_unread = true;
    if (pes_amount(&line->info, "MtTVA", &tax))
        add_amount(sums, &sums->tax, tax);
    else
        sums->is_unread = sums->is_unread || xml_child(line->info.element, "MtTVA") != NULL;
    sums->has_tax = sums->has_tax || tax.cents > 0;
}

/* I9: what lines say is what the bordereau says. R11: tax on both, or on neither. */
static void check_sums(struct pes_rules *rules, const struct pes_slip_at *slip, const struct sums *sums)
{
    const char *name = slip->is_receipt ? "MtBordHt" : "MtBordHT";
    struct money plain = {0}, tax = {0};
    bool has_plain = pes_amount(&slip->block, name, &plain), has_tax = pes_amount(&slip->block, "MtBordTVA", &tax);
    if (sums->is_large)
        pes_fault_money(rules->faults, "pes.large", &slip->block, name, (struct money){MONEY_MAX});
    if (sums->is_large || sums->is_unread)
        return;
    if (has_plain && !money_is(plain, sums->plain))
        pes_fault_money(rules->faults, "I9", &slip->block, name, sums->plain);
    if ((has_tax && tax.cents > 0) != sums->has_tax)
        pes_fault_money(rules->faults, "R11", &slip->block, "MtBordTVA", sums->tax);
    else if (has_tax && !money_is(tax, sums->tax))
        pes_fault_money(rules->faults, "I9", &slip->block, "MtBordTVA", sums->tax);
}

/* R10. One of annulations says less than it takes back, and a running sum is that of the town's series. */
static void check_running_sum(struct pes_rules *rules, const struct pes_slip_at *slip)
{
    struct money running;
    bool is_multiple = slip->is_receipt && str_eq(slip->kind, STR(PES_SLIP_MULTIPLE));
    if (!slip->is_paperless || is_multiple)
        return;
    if (!pes_amount(&slip->block, "MtCumulAnnuel", &running) || running.cents <= 0)
        pes_fault_value(rules->faults, "R10", &slip->block, "MtCumulAnnuel", STR(""));
}

/* R12: what only comes back is not sent. */
static void check_kind(struct pes_rules *rules, const struct pes_slip_at *slip)
{
    bool comes_back = str_eq(slip->kind, STR(PES_SLIP_REGULARISED)) ||
                      (slip->is_receipt && str_eq(slip->kind, STR(PES_SLIP_MONEY)));
    if (comes_back)
        pes_fault_value(rules->faults, "R12", &slip->block, "TypBord",
                        slip->is_receipt ? STR("01, 02, 03, 06") : STR("01, 02, 03"));
}

/* ---- what is in it ---- */

static void look_at_line(struct pes_rules *rules, const struct pes_piece_at *piece, const struct pes_at *at,
                         struct sums *sums)
{
    bool is_receipt = piece->slip->is_receipt;
    struct pes_line_at line = {.piece = piece, .at = *at};
    line.block = pes_child(&line.at, "BlocLignePiece");
    line.info = pes_child(&line.block, is_receipt ? "InfoLignePiece" : "InfoLignePce");
    line.link = pes_child(&line.block, "RattachPiece");
    add_line(sums, &line);
    pes_rules_line(rules, &line);
    if (is_receipt)
        pes_rules_receipt_line(rules, &line);
}

static void look_at_piece(struct pes_rules *rules, const struct pes_slip_at *slip, const struct pes_at *at,
                          struct sums *sums)
{
    struct pes_piece_at piece = {.slip = slip, .at = *at};
    piece.block = pes_child(&piece.at, "BlocPiece");
    piece.info = slip->is_receipt ? piece.block : pes_child(&piece.block, "InfoPce");
    struct str kind = str_slice(pes_says(&piece.info, "TypPce"), 0, CODE);
    struct str nature = str_slice(pes_says(&piece.info, "NatPce"), 0, CODE);
    snprintf(piece.triplet, sizeof piece.triplet, "%.*s-%.*s-%.*s", STR_ARG(str_slice(slip->kind, 0, CODE)),
             STR_ARG(kind), STR_ARG(nature));
    for (struct pes_at line = pes_first(&piece.at, "LigneDePiece"); line.element != NULL; line = pes_next(&line))
        piece.line_count++;
    sums->pieces++;
    pes_rules_piece(rules, &piece);
    if (slip->is_receipt)
        pes_rules_receipt(rules, &piece);
    for (struct pes_at line = pes_first(&piece.at, "LigneDePiece"); line.element != NULL; line = pes_next(&line))
        look_at_line(rules, &piece, &line, sums);
}

enum status pes_rules_slip(struct pes_rules *rules, const struct pes_slip_at *slip)
{
    struct sums sums = {0};
    check_signature(rules, slip);
    TRY(check_id(rules, slip));
    TRY(check_number(rules, slip));
    check_kind(rules, slip);
    check_running_sum(rules, slip);
    for (struct pes_at piece = pes_first(&slip->at, "Piece"); piece.element != NULL; piece = pes_next(&piece))
        look_at_piece(rules, slip, &piece, &sums);
    uint64_t said = pes_number(&slip->block, "NbrPce", PIECES_MAX);
    if (said > 0 && said != sums.pieces)
        pes_fault_number(rules->faults, "R09", &slip->block, "NbrPce", sums.pieces);
    check_sums(rules, slip, &sums);
    return OK;
}

/* ---- the part ---- */

void pes_rules_signature(struct pes_rules *rules, const struct pes_at *root)
{
    const struct xml *signature;
    size_t count = count_signatures(root->element, &signature);
    struct str id = xml_attribute(root->element, "Id");
    rules->is_signed = count > 0;
    if (count > 1 || (count == 1 && !names(signature, id) && !names(signature, STR(""))))
        pes_fault(rules->faults, "R07", root, NULL, id, STR("Id"));
}

enum status pes_rules_part(struct pes_rules *rules, const struct pes_at *part, bool is_receipt)
{
    const struct pes_at head = pes_child(part, is_receipt ? "EnTeteRecette" : "EnTeteDepense");
    if (pes_says(&head, "IdVer").len > 0 && pes_number(&head, "IdVer", PES_NUMBER_MAX) != VERSION)
        pes_fault_number(rules->faults, "R01", &head, "IdVer", VERSION);
    for (struct pes_at at = pes_first(part, "Bordereau"); at.element != NULL; at = pes_next(&at)) {
        struct pes_slip_at slip = {.at = at, .is_receipt = is_receipt};
        slip.block = pes_child(&slip.at, "BlocBordereau");
        slip.is_paperless = pes_flag(&head, "InfoDematerialisee");
        slip.kind = pes_says(&slip.block, "TypBord");
        slip.year = pes_number(&slip.block, "Exer", EXERCISE_MAX);
        TRY(pes_rules_slip(rules, &slip));
    }
    return OK;
}
