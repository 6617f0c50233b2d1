/* The 52 rules, each with a file that keeps it and one that breaks it. */
#include "service/accounting/pes/test_pes.h"

enum { RULES = 52, CODE_MAX = 8 };

#define EDITED(...) ((const char *const[]){__VA_ARGS__, NULL})
#define AS_IT_IS ((const char *const[]){NULL})

struct one_case {
    const char *rule, *file;
    const char *const *right;
    const struct pes_context *right_knows;
    const char *const *wrong;
    const struct pes_context *wrong_knows;
    const char *wanted; /* NULL: the rule alone */
};

/* ---- what is known ---- */

static const struct pes_sent to_eleven[] = {
    {false, 2026, 1, 10}, {false, 2026, 1, 11}, {false, 2025, 1, 99}, {true, 2026, 1, 90}};
static const struct pes_sent to_twelve[] = {{false, 2026, 1, 12}};
static const struct str other_triplets[] = {STR_INIT("D-01-09-01"), STR_INIT("R-01-01-01")};
static const struct str triplets[] = {STR_INIT("D-01-09-01"), STR_INIT("D-01-01-01")};
static const struct str couples[] = {STR_INIT("22-09"), STR_INIT("50-03")};
static const struct str sent_documents[] = {STR_INIT("PJ0"), STR_INIT("PJ1")};
static const struct str other_documents[] = {STR_INIT("PJ0"), STR_INIT("PJ2")};

static const struct pes_context ours = {.post = STR_INIT("056025"), .siret = STR_INIT("21560046100010"),
                                        .collectivity = STR_INIT("520"), .budget = STR_INIT("00")};
static const struct pes_context theirs = {.post = STR_INIT("056026")}, budget_01 = {.budget = STR_INIT("01")};
static const struct pes_context their_siret = {.siret = STR_INIT("21560046100085")};
static const struct pes_context m57 = {.nomenclature = STR_INIT("M57-M57_A")}, m22 = {.nomenclature = STR_INIT("M22")};
static const struct pes_context m4 = {.nomenclature = STR_INIT("M4-M49_A")};
static const struct pes_context by_function = {.nomenclature = STR_INIT("M57"), .is_voted_by_function = true};
static const struct pes_context eleven = {.sent = to_eleven, .sent_count = 4};
static const struct pes_context twelve = {.sent = to_twelve, .sent_count = 1};
static const struct pes_context grid = {.triplets = {triplets, 2}, .couples = {couples, 2}};
static const struct pes_context other_grid = {.triplets = {other_triplets, 2}};
static const struct pes_context known_documents = {.documents = {sent_documents, 2}};
static const struct pes_context other_known = {.documents = {other_documents, 2}};

/* ---- edits ---- */

#define HEAD "<IdVer V=\"2\"/></EnTeteDepense>"
#define PAPERLESS HEAD, "<IdVer V=\"2\"/><InfoDematerialisee V=\"1\"/></EnTeteDepense>"
#define RUNNING "<MtBordHT", "<MtCumulAnnuel V=\"4000.00\"/><MtBordHT"
#define SIGNATURE(id)                                                                                             \
    "<s:Signature xmlns:s=\"http://www.w3.org/2000/09/xmldsig#\"><s:SignedInfo><s:Reference URI=\"" id "\"/>"      \
    "</s:SignedInfo></s:Signature>"
#define SIGNED(id) "</Piece></Bordereau>", "</Piece>" SIGNATURE(id) "</Bordereau>"
#define KINDS(slip, piece, nature)                                                                                 \
    "<TypBord V=\"01\"/>", "<TypBord V=\"" slip "\"/>", "<TypPce V=\"01\"/><NatPce V=\"01\"/>",                    \
        "<TypPce V=\"" piece "\"/><NatPce V=\"" nature "\"/>"
#define TIED(more) "</BlocLignePiece>", more "</BlocLignePiece>"
#define BACK(kind, year, line)                                                                                     \
    TIED("<RattachPiece><NatPceOrig V=\"" kind "\"/><ExerRat V=\"" year "\"/><IdPceOrig V=\"5\"/>" line \
         "</RattachPiece>")
#define FIRST_LINE "<IdLigneOrig V=\"1\"/>"
#define WAY(code) "<ModRegl V=\"03\"/>", "<ModRegl V=\"" code "\"/>"
#define IBAN "<IBAN V=\"FR7630006000011234567890189\"/>"
#define ACCOUNT "<CpteBancaire>" IBAN "<TitCpte V=\"PAPETERIE\"/></CpteBancaire>"
#define NUMBER "<IdTiers V=\"21560046100085\"/><NatIdTiers V=\"01\"/>"
#define KIND_50 "<CatTiers V=\"50\"/><NatJur V=\"03\"/>"
#define RIB(key) "<CodeEtab V=\"30006\"/><CodeGuic V=\"00001\"/><IdCpte V=\"12345678901\"/><CleRib V=\"" key "\"/>"
#define SECOND(info) "</LigneDePiece></Piece>",                                                                    \
        "</LigneDePiece><LigneDePiece><BlocLignePiece>" info "</BlocLignePiece></LigneDePiece></Piece>"
#define SECOND_EXPENSE(amount)                                                                                     \
    SECOND("<InfoLignePce><IdLigne V=\"2\"/><Nature V=\"6068\"/><TVAIntraCom V=\"0\"/><MtHT V=\"" amount "\"/>" \
           "</InfoLignePce>")
#define SECOND_RECEIPT(amount)                                                                                     \
    SECOND("<InfoLignePiece><IdLigne V=\"2\"/><CodProdLoc V=\"CANT\"/><Nature V=\"7067\"/><Majo V=\"0\"/>"          \
           "<TvaIntraCom V=\"0\"/><MtHT V=\"" amount "\"/></InfoLignePiece>")
#define TAXED "<MtHT V=\"100.50\"/>", "<MtHT V=\"100.50\"/><MtTVA V=\"20.10\"/>"
#define RAISED(more) KINDS("01", "09", "01"), "<Majo V=\"0\"/>", "<Majo V=\"1\"/>" more
#define DEBIT(reference)                                                                                           \
    TIED("<InfoPrelevementSEPA><NatPrel V=\"01\"/><PerPrel V=\"02\"/><DtePrel V=\"2026-04-05\"/>"                  \
         "<MtPrel V=\"80.00\"/><SequencePres V=\"01\"/><DateSignMandat V=\"2026-01-05\"/>"                         \
         "<RefUniMdt V=\"" reference "\"/></InfoPrelevementSEPA>")
#define MULTIPLE(piece, keys) KINDS("06", piece, "01"), "<ObjPce V=\"Cantine\"/>", "<ObjPce V=\"Cantine\"/>" keys
#define KEYS(letter) "<Cle1 V=\"7\"/><Cle2 V=\"" letter "\"/>"
#define ASKED(more) "<ObjPce V=\"Cantine\"/>", more

#define ON_EXPENSE(rule, right, wrong) {rule, test_expense, right, NULL, wrong, NULL, NULL}
#define ON_RECEIPT(rule, right, wrong) {rule, test_receipt, right, NULL, wrong, NULL, NULL}

static const struct one_case cases[] = {
    ON_EXPENSE("R01", EDITED(HEAD, "<IdVer V=\"02\"/></EnTeteDepense>"),
               EDITED(HEAD, "<IdVer V=\"1\"/></EnTeteDepense>")),
    {"R02", test_expense, AS_IT_IS, &ours, AS_IT_IS, &theirs, NULL},
    ON_EXPENSE("R02", EDITED("\"056025\"", "\"2A0025\""), EDITED("\"056025\"", "\"05602\"")),
    {"R03", test_expense, AS_IT_IS, &ours, AS_IT_IS, &budget_01, NULL},
    ON_EXPENSE("R03", EDITED("<CodBud V=\"00\"/>", ""), EDITED("\"520\"", "\"52\"")),
    {"R04", test_expense, AS_IT_IS, &ours, AS_IT_IS, &their_siret, NULL},
    ON_EXPENSE("R04", EDITED("\"21560046100010\"", "\"21560046100085\""),
               EDITED("\"21560046100010\"", "\"2156004610001\"")),
    ON_EXPENSE("R04", AS_IT_IS, EDITED("\"21560046100010\"", "\"21560046100011\"")),
    {"R05", test_expense, EDITED("<CodCol", "<FinJur V=\"560000127\"/><CodCol"), &m22,
     EDITED("<CodCol", "<FinJur V=\"560000127\"/><CodCol"), &m57, NULL},
    ON_EXPENSE("R06", EDITED(PAPERLESS, RUNNING, SIGNED("#B12")), EDITED(PAPERLESS, RUNNING)),
    ON_EXPENSE("R06", EDITED(PAPERLESS, RUNNING, "</n:PES_Aller>", SIGNATURE("") "</n:PES_Aller>"),
               EDITED(SIGNED("#B12"))),
    ON_EXPENSE("R07", EDITED(PAPERLESS, RUNNING, SIGNED("#B12")), EDITED(PAPERLESS, RUNNING, SIGNED("#B13"))),
    ON_EXPENSE("R07", EDITED(PAPERLESS, RUNNING, "</n:PES_Aller>", SIGNATURE("#F1") "</n:PES_Aller>"),
               EDITED(PAPERLESS, RUNNING, SIGNED("#B12"), "</s:Signature></Bordereau>",
                      "</s:Signature>" SIGNATURE("#B12") "</Bordereau>")),
    {"R08", test_expense, AS_IT_IS, &eleven, AS_IT_IS, &twelve, NULL},
    ON_EXPENSE("R08", EDITED("<IdBord V=\"12\"/>", "<IdBord V=\"9999999\"/>"),
               EDITED("<IdBord V=\"12\"/>", "<IdBord V=\"0\"/>")),
    ON_EXPENSE("R08", EDITED("<IdBord V=\"12\"/>", "<IdBord V=\"0000012\"/>"),
               EDITED("<IdBord V=\"12\"/>", "<IdBord V=\"10000000\"/>")),
    ON_EXPENSE("R09", EDITED("<NbrPce V=\"1\"/>", "<NbrPce V=\"01\"/>"),
               EDITED("<NbrPce V=\"1\"/>", "<NbrPce V=\"2\"/>")),
    ON_EXPENSE("R10", EDITED(PAPERLESS, RUNNING, SIGNED("#B12")), EDITED(PAPERLESS, SIGNED("#B12"))),
    ON_EXPENSE("R11", EDITED(TAXED, "<MtBordHT V=\"100.50\"/>",
               "<MtBordHT V=\"100.50\"/><MtBordTVA V=\"20.10\"/>"), EDITED(TAXED)),
    ON_EXPENSE("R12", EDITED(KINDS("03", "11", "01")), EDITED(KINDS("04", "01", "01"))),
    ON_RECEIPT("R12", EDITED(KINDS("03", "12", "01")), EDITED(KINDS("05", "01", "01"))),
    ON_EXPENSE("R13", EDITED(KINDS("02", "02", "06"), BACK("01", "2026", FIRST_LINE)), EDITED(KINDS("02", "01", "01"))),
    {"R13", test_expense, AS_IT_IS, &grid, AS_IT_IS, &other_grid, NULL},
    ON_EXPENSE("R14", EDITED("<IdPce V=\"34\"/>", "<IdPce V=\"00000034\"/>"),
               EDITED("<IdPce V=\"34\"/>", "<IdPce V=\"0\"/>")),
    ON_EXPENSE("R15", EDITED("<Dgp V=\"0\"/>", "<Dgp V=\"1\"/>"), EDITED("<DureeDgp V=\"30\"/>", "")),
    ON_EXPENSE("R15", AS_IT_IS, EDITED("2026-03-12", "2026-02-29")),
    {"R16", test_expense, EDITED("<DureeDgp V=\"30\"/>", "<DureeDgp V=\"30\"/><TxIntMor V=\"10.15\"/>"), NULL,
     EDITED("</InfoPce>", "<TxIntMor V=\"10.15\"/></InfoPce>"), NULL, "pes.unknown; R16"},
    ON_EXPENSE("R17", EDITED(SECOND_EXPENSE("0.00")), EDITED("<IdLigne V=\"1\"/>", "<IdLigne V=\"2\"/>")),
    ON_EXPENSE("R17", EDITED("<IdLigne V=\"1\"/>", "<IdLigne V=\"000001\"/>"),
               EDITED("<IdLigne V=\"1\"/>", "<IdLigne V=\"0\"/>")),
    ON_EXPENSE("R18", EDITED("\"6064\"", "\"606400000000\""), EDITED("<Nature V=\"6064\"/>", "")),
    ON_EXPENSE("R18", EDITED("\"6064\"", "\"000006064\""), EDITED("\"6064\"", "\"6064A\"")),
    {"R19", test_expense, EDITED("<ModRegl", "<Fonction V=\"020\"/><ModRegl"), &by_function,
     EDITED("<ModRegl", "<Fonction V=\"020\"/><ModRegl"), &m4, NULL},
    {"R19", test_expense, AS_IT_IS, &m57, AS_IT_IS, &by_function, NULL},
    {"R20", test_expense, EDITED("<ModRegl", "<Operation V=\"12\"/><ModRegl"), &m57,
     EDITED("<ModRegl", "<Operation V=\"12\"/><ModRegl"), &m22, NULL},
    ON_EXPENSE("R21", EDITED(WAY("05")), EDITED(ACCOUNT, "")),
    ON_EXPENSE("R21", EDITED(WAY("02"), ACCOUNT, ""), EDITED(WAY("05"), ACCOUNT, "")),
    ON_EXPENSE("R22", EDITED(WAY("10"), ACCOUNT, ""), EDITED(WAY("10"), "890189", "890188")),
    ON_EXPENSE("R22", EDITED(WAY("06"), "890189", "890188"), EDITED(WAY("10"), IBAN, RIB("88"))),
    ON_EXPENSE("R23", EDITED(WAY("04"), ACCOUNT, ""), EDITED(WAY("01"))),
    ON_EXPENSE("R24", EDITED(KINDS("01", "02", "09"), BACK("02", "2025", FIRST_LINE)), EDITED(KINDS("01", "02", "09"))),
    ON_EXPENSE("R24", EDITED(KINDS("02", "02", "10"), BACK("01", "2026", FIRST_LINE)),
               EDITED(KINDS("02", "02", "10"), BACK("01", "2026", FIRST_LINE), "<IdPceOrig V=\"5\"/>", "")),
    ON_EXPENSE("R25", EDITED(KINDS("01", "02", "09"), BACK("02", "2025", FIRST_LINE)),
               EDITED(KINDS("01", "02", "09"), BACK("02", "2026", FIRST_LINE))),
    ON_EXPENSE("R25", EDITED(KINDS("02", "02", "06"), BACK("01", "2026", FIRST_LINE)),
               EDITED(KINDS("02", "02", "06"), BACK("01", "2025", FIRST_LINE))),
    ON_EXPENSE("R26", EDITED(KINDS("01", "05", "01"), BACK("03", "2026", "")),
               EDITED(KINDS("01", "05", "01"), BACK("01", "2026", FIRST_LINE))),
    ON_EXPENSE("R27", EDITED(KINDS("01", "07", "01"), BACK("04", "2026", "")),
               EDITED(KINDS("01", "07", "01"), BACK("03", "2026", ""))),
    ON_EXPENSE("R28", EDITED(KINDS("01", "02", "09"), BACK("02", "2025", FIRST_LINE)),
               EDITED(KINDS("01", "02", "09"), BACK("02", "2025", ""))),
    ON_EXPENSE("R28", EDITED(KINDS("01", "05", "01"), BACK("03", "2026", "<IdLigneOrig V=\"0\"/>")),
               EDITED(KINDS("01", "05", "01"), BACK("03", "2026", FIRST_LINE))),
    ON_EXPENSE("R29", EDITED(KINDS("01", "06", "01"), TIED("<LiensIdent><IdConv V=\"C7\"/></LiensIdent>")),
               EDITED(KINDS("01", "06", "01"))),
    ON_EXPENSE("R30", EDITED(NUMBER, "<IdTiers V=\"215600461\"/><NatIdTiers V=\"02\"/>"),
               EDITED("21560046100085", "21560046100086")),
    ON_EXPENSE("R30", EDITED(NUMBER, ""), EDITED("<NatIdTiers V=\"01\"/>", "")),
    {"R31", test_expense, EDITED(NUMBER, "<IdTiers V=\"255081416802538\"/><NatIdTiers V=\"04\"/>"), &m22,
     EDITED(NUMBER, "<IdTiers V=\"255081416802538\"/><NatIdTiers V=\"04\"/>"), &m57, NULL},
    ON_EXPENSE("R32", EDITED(KIND_50, "<CatTiers V=\"22\"/><NatJur V=\"09\"/>"),
               EDITED(KIND_50, "<CatTiers V=\"50\"/><NatJur V=\"01\"/>")),
    {"R32", test_expense, AS_IT_IS, &grid, EDITED(KIND_50, "<CatTiers V=\"50\"/><NatJur V=\"06\"/>"), &grid, NULL},
    ON_RECEIPT("R33", AS_IT_IS, EDITED("<Prenom V=\"MAIRIE\"/>", "")),
    ON_RECEIPT("R33", EDITED("\"MME\"", "\"M\""), EDITED("\"MME\"", "\"Mlle\"")),
    ON_EXPENSE("R33", AS_IT_IS, EDITED("<Nom V=\"PAPETERIE\"/>", "<Nom V=\"PAPETERIE\"/><Prenom V=\"MAIRIE\"/>")),
    ON_RECEIPT("R34", EDITED("<InfoTiers>", "<InfoTiers><DteNaissance V=\"1980-02-29\"/>"),
               EDITED("<InfoTiers>", "<InfoTiers><DteNaissance V=\"1980-02-29\"/>",
                      "<CatTiers V=\"01\"/><NatJur V=\"01\"/>", KIND_50,
                      "<Civilite V=\"MME\"/>", "", "<Prenom V=\"MAIRIE\"/>", "")),
    ON_EXPENSE("R35", EDITED("<CodRes V=\"0\"/>", "<CodRes V=\"1\"/><CodPays V=\"109\"/>"),
               EDITED("<CodRes V=\"0\"/>", "<CodRes V=\"1\"/>")),
    ON_EXPENSE("R36", EDITED(IBAN, RIB("89")), EDITED(IBAN, RIB("88"))),
    ON_EXPENSE("R36", AS_IT_IS, EDITED(IBAN, RIB("89"), "<CleRib V=\"89\"/>", "")),
    ON_EXPENSE("R37", EDITED(IBAN, "<BIC V=\"COBADEFFXXX\"/><IBAN V=\"DE89370400440532013000\"/>"),
               EDITED(IBAN, "<IBAN V=\"DE89370400440532013000\"/>")),
    ON_EXPENSE("R37", AS_IT_IS, EDITED("FR7630006", "fr7630006")),
    ON_EXPENSE("R37", AS_IT_IS, EDITED("890189", "890188")),
    ON_EXPENSE("R38", EDITED("\"Papier\"", "\"n\""), EDITED("\"Papier\"", "\"nc\"")),
    ON_EXPENSE("R38", EDITED("\"Papier\"", "\"0001\""), EDITED("\"Papier\"", "\"000\"")),
    ON_EXPENSE("R38", EDITED("\"Papier\"", "\"...\""), EDITED("\"Papier\"", "\".\"")),
    ON_EXPENSE("R39", EDITED("<MtHT V=\"100.50\"/>", "<MtHT V=\"100.5\"/>"),
               EDITED("<MtHT V=\"100.50\"/>", "<MtHT V=\"1e5\"/>")),
    ON_RECEIPT("R40", EDITED(SECOND_RECEIPT("0.01"), "\"80.00\"", "\"80.01\""), EDITED(SECOND_RECEIPT("0.00"))),
    ON_RECEIPT("R41", EDITED(RAISED("<DteMajo V=\"2026-02-01\"/><TxMajo V=\"10.00\"/>"), BACK("05", "2026", "")),
               EDITED(RAISED("<DteMajo V=\"2026-02-01\"/>"), BACK("05", "2026", ""))),
    ON_RECEIPT("R41", AS_IT_IS, EDITED(BACK("05", "2026", ""))),
    ON_RECEIPT("R42", EDITED(KINDS("01", "06", "01"), ASKED("<IdRol V=\"3\"/>")), EDITED(ASKED("<IdRol V=\"3\"/>"))),
    ON_RECEIPT("R43", EDITED(ASKED("<Edition V=\"01\"/><PJRef><IdUnique V=\"PJ9\"/></PJRef>")),
               EDITED(ASKED("<Edition V=\"01\"/>"))),
    ON_RECEIPT("R43", AS_IT_IS, EDITED(ASKED("<Edition V=\"01\"/><PJRef><IdUnique V=\"PJ9\"/></PJRef>"),
               "<TypTiers V=\"01\"/>", "<TypTiers V=\"03\"/>")),
    {"R44", test_receipt, EDITED(ASKED("<DebFact V=\"2026-01-01\"/>")), &m22,
     EDITED(ASKED("<DebFact V=\"2026-01-01\"/>")), &m57, NULL},
    {"R44", test_receipt, AS_IT_IS, &m57, EDITED("<TypTiers V=\"01\"/>", "<TypTiers V=\"05\"/>"), &m57, NULL},
    ON_RECEIPT("R45", EDITED(DEBIT("RUM-1")), EDITED(DEBIT("RUM_1"))),
    ON_RECEIPT("R45", AS_IT_IS, EDITED(DEBIT("RUM-1"), ACCOUNT, "")),
    ON_RECEIPT("R46", EDITED(MULTIPLE("15", KEYS("Z"))), EDITED(MULTIPLE("15", KEYS("I")))),
    ON_RECEIPT("R46", AS_IT_IS, EDITED(MULTIPLE("01", KEYS("Z")))),
    {"R47", test_expense, AS_IT_IS, &other_known, AS_IT_IS, &known_documents, NULL},
    ON_EXPENSE("R48", EDITED("\"facture.pdf\"", "\"facture.ab\""), EDITED("\"facture.pdf\"", "\"facture\"")),
    ON_EXPENSE("R48", EDITED("\"facture.pdf\"", "\"facture.html\""), EDITED("\"facture.pdf\"", "\"facture.shtml\"")),
    ON_EXPENSE("R49", EDITED("AAAAA6sAA", "AAAA\n A6sAA"), EDITED("3IwBAAAA", "")),
    ON_EXPENSE("R49", AS_IT_IS, EDITED("H4sI", "!!!!")),
    ON_EXPENSE("R49", AS_IT_IS, EDITED(" MIMEType=\"application/pdf\"", "")),
    ON_EXPENSE("R50", EDITED("<TypePJ V=\"003\"/>", "<TypePJ V=\"006\"/>"),
               EDITED("<TypePJ V=\"003\"/>", "<TypePJ V=\"002\"/>")),
    ON_EXPENSE("R51", EDITED("<Identifiant V=\"34\"/>", "<Identifiant V=\"34\"/><ComplementIdentifiant V=\"1\"/>"),
               EDITED("<Identifiant V=\"34\"/>", "")),
    {"R52", test_acquit, AS_IT_IS, NULL, EDITED("<EtatAck V=\"1\"/>", "<EtatAck V=\"2\"/>"), NULL, NULL},
    {"R52", test_acquit, AS_IT_IS, NULL, EDITED("<DomaineAck V=\"4\"/>", "<DomaineAck V=\"3\"/>"), NULL, NULL},
    {"R52", test_acquit, AS_IT_IS, NULL, EDITED("<NumBord V=\"12\"/>", ""), NULL, NULL},
    {"R52", test_acquit, AS_IT_IS, NULL, EDITED("<IdUnique V=\"PJ1\"/>", ""), NULL, NULL},
    {"R52", test_acquit, AS_IT_IS, NULL, EDITED("<ACQUIT>", "<AUTRE>", "</ACQUIT>", "</AUTRE>"), NULL, NULL},
    ON_EXPENSE("R51", AS_IT_IS,
               EDITED("\"34\"/></RefCompta>", "\"34\"/><ComplementIdentifiant V=\"A1\"/></RefCompta>")),
    ON_RECEIPT("R41", AS_IT_IS, EDITED(RAISED("<TxMajo V=\"10.00\"/>"), BACK("05", "2026", ""))),
    ON_RECEIPT("R41", AS_IT_IS, EDITED(RAISED("<DteMajo V=\"2026-02-01\"/><TxMajo V=\"10.00\"/>"))),
    ON_RECEIPT("R46", AS_IT_IS, EDITED(MULTIPLE("15", KEYS("Z")), "<TypTiers V=\"01\"/>", "<TypTiers V=\"04\"/>")),
    ON_RECEIPT("R46", AS_IT_IS, EDITED(MULTIPLE("15", "<Cle2 V=\"Z\"/>"))),
    ON_EXPENSE("R07", AS_IT_IS, EDITED(PAPERLESS, RUNNING, "</n:PES_Aller>", SIGNATURE("#F2") "</n:PES_Aller>")),
};

static void each_rule_is_kept_and_broken(void **state)
{
    bool has[RULES + 1] = {false};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct one_case *one = &cases[i];
        uint64_t number;
        assert_int_equal(str_to_u64(str_after(str_of(one->rule), 1), RULES, &number), OK);
        has[number] = true;
        test_becomes(one->file, one->right, one->right_knows, false, "");
        test_becomes(one->file, one->wrong, one->wrong_knows, false, one->wanted != NULL ? one->wanted : one->rule);
    }
    for (size_t i = 1; i <= RULES; i++)
        if (!has[i])
            fail_msg("R%02zu has no case", i);
    print_message("rules kept and broken: %d of %d\n", RULES, RULES);
}

/* B15: within one file too; and numbers of a year, a kind, a direction are a series of their own. */
static void numbers_are_a_series(void **state)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(TEST_FILE_MAX);
    struct str file = str_of(test_expense);
    size_t from = str_find(file, STR("<Bordereau ")), to = str_find(file, STR("</PES_DepenseAller>"));
    (void)state;
    buf_add(&bytes, str_slice(file, 0, to));
    buf_add(&bytes, str_slice(file, from, to));
    buf_add(&bytes, str_after(file, to));
    buf_add_byte(&bytes, '\0');
    const char *twice = bytes.at;
    test_becomes(twice, AS_IT_IS, NULL, false, "R07; R08");
    test_becomes(twice, EDITED("\"B12\"", "\"B11\"", "<IdBord V=\"12\"/>", "<IdBord V=\"11\"/>"), NULL, false, "");
    test_becomes(twice, EDITED("\"B12\"", "\"B11\"", "<IdBord V=\"12\"/>", "<IdBord V=\"10\"/>"), NULL, false, "R08");
    test_becomes(twice, EDITED("\"B12\"", "\"B11\"", "<Exer V=\"2026\"/>", "<Exer V=\"2025\"/>"), NULL, false, "");
    test_becomes(twice, EDITED("\"B12\"", "\"B11\"", KINDS("03", "11", "01")), NULL, false, "");
}

/* I9, B16, B17, B28. */
static void sums_are_those_of_the_lines(void **state)
{
    (void)state;
    test_becomes(test_expense, EDITED("<MtBordHT V=\"100.50\"/>", "<MtBordHT V=\"100.51\"/>"), NULL, false, "I9");
    test_becomes(test_expense, EDITED(SECOND_EXPENSE("0.01")), NULL, false, "I9");
    test_becomes(test_expense,
                 EDITED(TAXED, "<MtBordHT V=\"100.50\"/>", "<MtBordHT V=\"100.50\"/><MtBordTVA V=\"20.11\"/>"), NULL,
                 false, "I9");
    test_becomes(test_expense, EDITED(SECOND_EXPENSE("999999999999.99")), NULL, false, "pes.large");
    test_becomes(test_receipt, EDITED("<MtBordHt V=\"80.00\"/>", "<MtBordHt V=\"80.01\"/>"), NULL, false, "I9");
}

/* One more than may be is not looked at, and said so. */
static void documents_have_a_maximum(void **state)
{
    const struct str file = str_of(test_receipt), end = STR("</n:PES_Aller>");
    (void)state;
    for (size_t count = PES_KEYS_MAX; count <= PES_KEYS_MAX + 1; count++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(TEST_FILE_MAX), got BUF_SCOPE = BUF_INIT(TEST_FILE_MAX);
        buf_add(&bytes, str_slice(file, 0, str_find(file, end)));
        buf_add_literal(&bytes, "<PES_PJ>");
        for (size_t i = 0; i < count; i++)
            buf_add_format(&bytes, "<PJ><IdUnique V=\"A%zu\"/></PJ>", i + 1);
        buf_add_literal(&bytes, "</PES_PJ>");
        buf_add(&bytes, end);
        assert_int_equal(test_faults(buf_str(&bytes), NULL, false, &got), count <= PES_KEYS_MAX ? OK : LIMIT);
    }
}

static void places_say_where(void **state)
{
    (void)state;
    test_becomes(test_expense, EDITED("21560046100085", "21560046100086"), NULL, true,
                 "R30 /PES_Aller/PES_DepenseAller/Bordereau[1]/Piece[1]/LigneDePiece[1]/Tiers/InfoTiers/IdTiers, "
                 "ligne 7 = 21560046100086");
    test_becomes(test_receipt, EDITED("\"MME\"", "\"Mlle\""), NULL, true,
                 "R33 /PES_Aller/PES_RecetteAller/Bordereau[1]/Piece[1]/LigneDePiece[1]/Tiers[1]/InfoTiers/Civilite, "
                 "ligne 7 = Mlle");
    test_becomes(test_expense, EDITED("\"facture.pdf\"", "\"facture\""), NULL, true,
                 "R48 /PES_Aller/PES_PJ/PJ[1]/NomPJ, ligne 8 = facture");
    test_becomes(test_expense, EDITED(ACCOUNT, ""), NULL, true,
                 "R21 /PES_Aller/PES_DepenseAller/Bordereau[1]/Piece[1]/LigneDePiece[1]/Tiers/CpteBancaire, "
                 "ligne 7 = 03");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_is_kept_and_broken),
        cmocka_unit_test(numbers_are_a_series),
        cmocka_unit_test(sums_are_those_of_the_lines),
        cmocka_unit_test(documents_have_a_maximum),
        cmocka_unit_test(places_say_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
