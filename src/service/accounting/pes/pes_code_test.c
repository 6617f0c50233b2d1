/* Every code that has a name stands in the list of its field, and its label there says what the name does. */
#include "service/accounting/pes/pes_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/embed.h"
#include "proto/csv/csv.h"

enum { ARENA = 1 << 20 };

static const struct {
    const char *list, *code, *label;
} codes[] = {
    {"TypBord.depense", PES_SLIP_ORDINARY, "ordinaire"},
    {"TypBord.recette", PES_SLIP_ORDINARY, "ordinaire"},
    {"TypBord.depense", PES_SLIP_REDUCING, "annulation / reduction"},
    {"TypBord.recette", PES_SLIP_REDUCING, "annulation / reduction"},
    {"TypBord.recette", PES_SLIP_REGULARISED, "retour seulement (bordereau de regularisation)"},
    {"TypBord.recette", PES_SLIP_MONEY, "retour seulement (en-tete P503)"},
    {"TypBord.recette", PES_SLIP_MULTIPLE, "ORMC (ordre de recette multi-creanciers)"},
    {"TypPce.depense", PES_PIECE_ORDINARY, "mandat ordinaire"},
    {"TypPce.recette", PES_PIECE_ORDINARY, "titre ordinaire"},
    {"TypPce.depense", PES_PIECE_CORRECTING, "mandat correctif"},
    {"TypPce.recette", PES_PIECE_CORRECTING, "titre correctif"},
    {"TypPce.depense", PES_PIECE_INTERNAL, "mandat d'ordre budgetaire"},
    {"TypPce.recette", PES_PIECE_INTERNAL, "titre d'ordre budgetaire"},
    {"TypPce.depense", PES_PIECE_AFTER, "mandat emis apres paiement"},
    {"TypPce.recette", PES_PIECE_AFTER, "titre emis apres encaissement"},
    {"TypPce.depense", PES_ORDER_ATTACHED, "mandat de rattachement"},
    {"TypPce.recette", PES_TITLE_ATTACHED, "titre de rattachement"},
    {"TypPce.recette", PES_TITLE_MULTIPLE, "titre ORMC"},
    {"NatPce.depense", PES_NATURE_FUNCTIONING, "fonctionnement"},
    {"NatPce.recette", PES_NATURE_FUNCTIONING, "fonctionnement"},
    {"NatPce.depense", PES_NATURE_INVESTMENT, "investissement"},
    {"NatPce.recette", PES_NATURE_INVESTMENT, "investissement"},
    {"NatPce.depense", PES_NATURE_INVENTORY, "inventaire"},
    {"NatPce.depense", PES_NATURE_LOAN, "emprunt"},
    {"NatPce.recette", PES_NATURE_LOAN, "emprunt"},
    {"NatPce.depense", PES_NATURE_REGIE, "regie"},
    {"NatPce.recette", PES_NATURE_REGIE, "regie"},
    {"NatPce.depense", PES_NATURE_REDUCING, "annulation-reduction"},
    {"NatPce.recette", PES_NATURE_REDUCING, "annulation-reduction"},
    {"NatPce.depense", PES_NATURE_OTHER, "annulant un titre"},
    {"NatPce.recette", PES_NATURE_OTHER, "annulant un mandat"},
    {"NatPce.depense", PES_NATURE_DETACHING, "annulation du mandat de rattachement"},
    {"NatPce.recette", PES_NATURE_DETACHING, "annulation du titre de rattachement"},
    {"NatPce.depense", PES_ORDER_PAY, "paie"},
    {"NatPce.depense", PES_ORDER_RETAINED, "retenue de garantie"},
    {"NatPce.depense", PES_ORDER_LAST, "dernier acompte sur marche"},
    {"NatPce.depense", PES_ORDER_ADVANCE, "avance forfaitaire"},
    {"NatPceOrig.depense", PES_LINK_SAME, "mandat"},
    {"NatPceOrig.recette", PES_LINK_SAME, "titre"},
    {"NatPceOrig.depense", PES_LINK_OTHER, "titre"},
    {"NatPceOrig.recette", PES_LINK_OTHER, "mandat"},
    {"NatPceOrig.depense", PES_LINK_MONEY, "paiement"},
    {"NatPceOrig.recette", PES_LINK_MONEY, "encaissement"},
    {"NatPceOrig.depense", PES_LINK_LOST, "liste de non-valeur"},
    {"NatPceOrig.recette", PES_LINK_RISE, "liste de majoration"},
    {"ModRegl.depense", PES_WAY_CASH, "numeraire"},
    {"ModRegl.depense", PES_WAY_CHEQUE, "cheque"},
    {"ModRegl.depense", PES_WAY_TRANSFER, "virement"},
    {"ModRegl.depense", PES_WAY_FILE, "virement application externe"},
    {"ModRegl.depense", PES_WAY_LARGE, "virement gros montant"},
    {"ModRegl.depense", PES_WAY_ABROAD, "virement a l'etranger"},
    {"ModRegl.depense", PES_WAY_ATTACHED, "operation budget rattache"},
    {"ModRegl.depense", PES_WAY_ORDER, "operation d'ordre"},
    {"ModRegl.depense", PES_WAY_NOTICE, "avis de reglement"},
    {"ModRegl.depense", PES_WAY_DEBIT, "prelevement"},
    {"ModRegl.depense", PES_WAY_INSIDE, "virement interne"},
    {"Edition", PES_EDITION_CENTRAL, "edition centralisee de l'ASAP par la DGFiP"},
};

/* The list as it is kept, labels and all; the table has none. */
EMBED(codes_csv, "src/service/accounting/pes/data/codes.csv");

static struct str label_of(struct arena *arena, struct csv_row *row, const char *list, const char *code)
{
    struct csv_reader reader = csv_open(str_span(codes_csv, codes_csv_end));
    while (csv_next(&reader, arena, row) == OK)
        if (row->count == 3 && str_eq(row->fields[0], str_of(list)) && str_eq(row->fields[1], str_of(code)))
            return row->fields[2];
    return STR_NONE;
}

static void each_name_says_what_its_code_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct csv_row *row = arena_array(arena, struct csv_row, 1);
        struct str label = label_of(arena, row, codes[i].list, codes[i].code);
        if (str_is_absent(label) || !str_starts(label, str_of(codes[i].label)))
            fail_msg("%s %s: \"%.*s\", not %s", codes[i].list, codes[i].code, STR_ARG(label), codes[i].label);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_name_says_what_its_code_is)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
