/* One small right file for each direction, and what becomes of it once words in it are others. */
#ifndef SERVICE_ACCOUNTING_PES_TEST_PES_H
#define SERVICE_ACCOUNTING_PES_TEST_PES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "service/accounting/pes/pes.h"

#define PES_TEST_HEAD                                                                                               \
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"                                                             \
    "<n:PES_Aller xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller\" Id=\"F1\">"                     \
    "<Enveloppe><Parametres><Version V=\"2\"/><TypFic V=\"PESALR2\"/><NomFic V=\"BEAUVAL-2026-12.xml\"/>"           \
    "</Parametres><Emetteur><Sigle V=\"PARVIS\"/></Emetteur></Enveloppe>\n"                                         \
    "<EnTetePES><DteStr V=\"2026-03-02\"/><IdPost V=\"056025\"/><IdColl V=\"21560046100010\"/><CodCol V=\"520\"/>"  \
    "<CodBud V=\"00\"/></EnTetePES>\n"
#define PES_TEST_PERSON                                                                                             \
    "<Adresse><TypAdr V=\"1\"/><Adr2 V=\"1 RUE HAUTE\"/><CP V=\"56000\"/><Ville V=\"VANNES\"/><CodRes V=\"0\"/>"    \
    "</Adresse><CpteBancaire><IBAN V=\"FR7630006000011234567890189\"/><TitCpte V=\"PAPETERIE\"/></CpteBancaire>"    \
    "</Tiers></LigneDePiece></Piece></Bordereau>"

/* Line 4 is the bordereau, 5 the piece, 6 its line, 7 its tiers, 8 the document. */
static const char test_expense[] = PES_TEST_HEAD
    "<PES_DepenseAller><EnTeteDepense><IdVer V=\"2\"/></EnTeteDepense><Bordereau Id=\"B12\">"
    "<BlocBordereau><Exer V=\"2026\"/><IdBord V=\"12\"/><DteBordEm V=\"2026-03-02\"/><TypBord V=\"01\"/>"
    "<NbrPce V=\"1\"/><MtBordHT V=\"100.50\"/></BlocBordereau>\n"
    "<Piece><BlocPiece><InfoPce><IdPce V=\"34\"/><TypPce V=\"01\"/><NatPce V=\"01\"/><Obj V=\"Papier\"/></InfoPce>"
    "<DGP><Dgp V=\"0\"/><DteDebDgp V=\"2026-02-10\"/><DteFinDgp V=\"2026-03-12\"/><DureeDgp V=\"30\"/></DGP>"
    "</BlocPiece>\n"
    "<LigneDePiece><BlocLignePiece><InfoLignePce><IdLigne V=\"1\"/><Nature V=\"6064\"/><ModRegl V=\"03\"/>"
    "<TVAIntraCom V=\"0\"/><MtHT V=\"100.50\"/></InfoLignePce></BlocLignePiece>\n"
    "<Tiers><InfoTiers><IdTiers V=\"21560046100085\"/><NatIdTiers V=\"01\"/><CatTiers V=\"50\"/><NatJur V=\"03\"/>"
    "<Nom V=\"PAPETERIE\"/></InfoTiers>" PES_TEST_PERSON "</PES_DepenseAller>\n"
    "<PES_PJ><EnTetePES_PJ><IdVer V=\"1\"/></EnTetePES_PJ><PJ><Contenu><Fichier MIMEType=\"application/pdf\">"
    "H4sIAAAAAAAAA6sAAIMW3IwBAAAA</Fichier></Contenu><IdUnique V=\"PJ1\"/><NomPJ V=\"facture.pdf\"/>"
    "<TypePJ V=\"003\"/><Description V=\"Facture\"/><RefCompta><Domaine V=\"01\"/><Exercice V=\"2026\"/>"
    "<TypeObjet V=\"01\"/><Identifiant V=\"34\"/></RefCompta></PJ></PES_PJ></n:PES_Aller>\n";

static const char test_receipt[] = PES_TEST_HEAD
    "<PES_RecetteAller><EnTeteRecette><IdVer V=\"2\"/></EnTeteRecette><Bordereau Id=\"B3\">"
    "<BlocBordereau><Exer V=\"2026\"/><IdBord V=\"3\"/><DteBordEm V=\"2026-03-02\"/><TypBord V=\"01\"/>"
    "<NbrPce V=\"1\"/><MtBordHt V=\"80.00\"/></BlocBordereau>\n"
    "<Piece><BlocPiece><IdPce V=\"7\"/><TypPce V=\"01\"/><NatPce V=\"01\"/><ObjPce V=\"Cantine\"/></BlocPiece>\n"
    "<LigneDePiece><BlocLignePiece><InfoLignePiece><IdLigne V=\"1\"/><CodProdLoc V=\"CANT\"/><Nature V=\"7067\"/>"
    "<Majo V=\"0\"/><TvaIntraCom V=\"0\"/><MtHT V=\"80.00\"/></InfoLignePiece></BlocLignePiece>\n"
    "<Tiers><InfoTiers><CatTiers V=\"01\"/><NatJur V=\"01\"/><TypTiers V=\"01\"/><Civilite V=\"MME\"/>"
    "<Nom V=\"ACCUEIL\"/><Prenom V=\"MAIRIE\"/></InfoTiers>" PES_TEST_PERSON "</PES_RecetteAller></n:PES_Aller>\n";

static const char test_acquit[] =
    "<n:PES_ACQUIT xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2\"><ACQUIT>"
    "<EnTeteAcquit><IdVer V=\"2\"/></EnTeteAcquit><ElementACQUIT><DomaineAck V=\"5\"/><EtatAck V=\"1\"/>"
    "<NumBord V=\"12\"/><ExerciceBord V=\"2026\"/></ElementACQUIT><ElementACQUIT><DomaineAck V=\"4\"/>"
    "<EtatAck V=\"0\"/><IdUnique V=\"PJ1\"/></ElementACQUIT></ACQUIT></n:PES_ACQUIT>";

enum { TEST_ARENA = 16 << 20, TEST_FILE_MAX = 1 << 20 };

/* The file with each first text put in place of each second: from, to, from, to, NULL. */
static inline void test_change(struct buf *out, const char *file, const char *const *changes)
{
    struct buf now BUF_SCOPE = BUF_INIT(TEST_FILE_MAX);
    buf_add_c(out, file);
    for (; changes[0] != NULL; changes += 2) {
        struct str all = buf_str(out), from = str_of(changes[0]);
        size_t at = str_find(all, from);
        if (at == SIZE_MAX)
            fail_msg("there is no %s", changes[0]);
        buf_clear(&now);
        buf_add(&now, str_slice(all, 0, at));
        buf_add_c(&now, changes[1]);
        buf_add(&now, str_after(all, at + from.len));
        buf_clear(out);
        buf_add(out, buf_str(&now));
    }
    assert_int_equal(buf_status(out), OK);
}

/* The rules that its faults break, in turn, each with its place where `with_places`: "R08; R09". */
static inline enum status test_faults(struct str bytes, const struct pes_context *context, bool with_places,
                                      struct buf *out)
{
    struct arena *arena ARENA_SCOPE = arena_create(TEST_ARENA);
    struct faults faults = {.arena = arena};
    struct xml *root;
    struct xml_fault fault;
    assert_int_equal(xml_read(arena, bytes, &root, &fault), OK);
    enum status done = pes_check(root, context, &faults);
    for (size_t i = 0; i < faults.count; i++) {
        const struct fault *one = &faults.kept[i];
        buf_add_format(out, "%s%.*s", i > 0 ? "; " : "", STR_ARG(one->rule));
        if (with_places)
            buf_add_format(out, " %.*s = %.*s", STR_ARG(one->place), STR_ARG(one->value));
    }
    return done;
}

static inline void test_becomes(const char *file, const char *const *changes, const struct pes_context *context,
                                bool with_places, const char *wanted)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(TEST_FILE_MAX), got BUF_SCOPE = BUF_INIT(TEST_FILE_MAX);
    test_change(&bytes, file, changes);
    assert_int_equal(test_faults(buf_str(&bytes), context, with_places, &got), OK);
    if (!str_eq(buf_str(&got), str_of(wanted)))
        fail_msg("%s -> %s: \"%.*s\" instead of \"%s\"", changes[0] == NULL ? "" : changes[0],
                 changes[0] == NULL ? "" : changes[1], STR_ARG(buf_str(&got)), wanted);
}

#endif
