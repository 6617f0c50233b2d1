/* A single financial account: one made small here, and the real one, changed in 300 ways that are all to be found. */
#include "service/accounting/cfu/cfu.h"

#include "base/seeded.h"
#include "service/accounting/test_shared.h"

enum { TREE_MAX = 64 << 20, ROWS_MAX = 32 << 20, MUTATIONS = 300 };

static struct arena *tree, *rows;
static struct cfu cfu;
static struct faults *faults;

static int set_up(void **state)
{
    (void)state;
    tree = arena_create(TREE_MAX);
    rows = arena_create(ROWS_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&tree);
    arena_destroy(&rows);
    return 0;
}

/* ---- a small one ---- */

#define CFU(accountant, town)                                                                                          \
    "<c:CompteFinancierUnique xmlns:c=\"http://www.minefi.gouv.fr/cp/demat/doccfu\"><DocumentComptable>"               \
    "<EnteteComptable><Infos><Exercice V=\"2023\"/></Infos></EnteteComptable>"                                         \
    "<BudgetComptable SIRET=\"21560046100010\">" accountant "</BudgetComptable></DocumentComptable>"                   \
    "<DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\"><VersionSchema V=\"113\"/>"        \
    "<EnTeteDocBudgetaire><LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/></EnTeteDocBudgetaire><Budget>"    \
    "<EnTeteBudget><LibelleEtab V=\"BUDGET\"/><IdEtab V=\"21560046100010\"/><Nomenclature V=\"M57-M57_A\"/>"           \
    "</EnTeteBudget><BlocBudget><NatDec V=\"10\"/><Exer V=\"2023\"/><CodTypBud V=\"P\"/></BlocBudget>" town            \
    "</Budget></DocumentBudgetaire></c:CompteFinancierUnique>"
#define ROW(state, treatment, nature, chapter, side, section, more, net)                                               \
    "<LigneComptable><Etat V=\"" state "\"/><Nature V=\"" nature "\"/>" more "<Chapitre V=\"" chapter "\"/>"           \
    "<CodeRD V=\"" side "\"/><Section V=\"" section "\"/><MtEmissions V=\"" net "\"/><MtRealNettes V=\"" net "\"/>"    \
    "<ModeTraitement V=\"" treatment "\"/></LigneComptable>"
#define TOTAL(state, treatment, more, net)                                                                             \
    "<LigneComptable><Etat V=\"" state "\"/>" more "<MtEmissions V=\"" net "\"/><MtRealNettes V=\"" net "\"/>"         \
    "<ModeTraitement V=\"" treatment "\"/></LigneComptable>"
#define LINE(nature, more, side, order, done)                                                                          \
    "<LigneBudget><Nature V=\"" nature "\"/>" more "<CodRD V=\"" side "\"/><CredOuv V=\"100.00\"/>"                    \
    "<MtReal V=\"" done "\"/><OpBudg V=\"" order "\"/></LigneBudget>"

/* Water in two lines of the town, a purchase within an operation, a grant received for one, a result carried over. */
#define WATER ROW("EB_DF", "DETAIL_CHAPITRE", "60611", "011", "D", "F", "", "30.00")
#define CHAPTER TOTAL("EB_DF", "TOTAL_DETAIL_CHAPITRE", "<Chapitre V=\"011\"/>", "30.00")
#define DESK ROW("EB_DI", "OPERATION_EQUIPEMENT", "2188103", "103", "D", "I", "<Operation V=\"103\"/>", "12.50")
#define OPERATION TOTAL("EB_DI", "SANS_TRAITEMENT", "<Operation V=\"103\"/>", "12.50")
#define GRANT ROW("EB_RI", "DETAIL_CHAPITRE", "1323", "13", "R", "I", "", "7.00")
#define CARRIED                                                                                                        \
    "<LigneComptable><Etat V=\"EB_RF\"/><Chapitre V=\"002\"/><CodeRD V=\"R\"/><Section V=\"F\"/>"                      \
    "<MtPrevisions V=\"5.00\"/><ModeTraitement V=\"CHAPITRE_SANS_EXECUTION\"/></LigneComptable>"
#define ALL_ROWS WATER CHAPTER DESK OPERATION GRANT CARRIED
#define TOWN_WATER                                                                                                     \
    LINE("60611", "<ContNat V=\"011\"/>", "D", "0", "10.00")                                                           \
    LINE("60611", "<ContNat V=\"011\"/>", "D", "0", "20.00")
#define TOWN_DESK LINE("2188", "<Operation V=\"103\"/>", "D", "0", "12.50")
#define TOWN_GRANT LINE("1323", "<Operation V=\"116\"/>", "R", "0", "7.00")
#define TOWN_CARRIED LINE("002", "", "R", "0", "5.00")
#define TOWN_NOTHING LINE("60612", "<ContNat V=\"011\"/>", "R", "0", "0.00")
#define ALL_LINES TOWN_WATER TOWN_DESK TOWN_GRANT TOWN_CARRIED TOWN_NOTHING

static enum status read_text(struct str text)
{
    struct xml *root;
    struct xml_fault fault;
    arena_reset(tree);
    arena_reset(rows);
    faults = arena_new(rows, struct faults);
    faults->arena = rows;
    assert_int_equal(xml_read(tree, text, &root, &fault), OK);
    return cfu_read(rows, root, &cfu, faults);
}

/* What both sides differ in. */
static size_t differences(struct cfu_difference **ret_found)
{
    size_t count;
    assert_int_equal(cfu_reconcile(rows, cfu.town, cfu.accountant, ret_found, &count), OK);
    return count;
}

static bool has_fault(const char *rule)
{
    for (size_t i = 0; i < faults->count; i++)
        if (str_eq(faults->kept[i].rule, str_of(rule)))
            return true;
    return false;
}

static void both_sides_meet(void **state)
{
    (void)state;
    struct cfu_difference *found;
    assert_int_equal(read_text(STR(CFU(ALL_ROWS, ALL_LINES))), OK);
    assert_int_equal(cfu.accountant.count, 4);
    assert_int_equal(differences(&found), 0);
    cfu_check(&cfu, faults);
    assert_int_equal(faults->found, 0);
}

static void differences_say_which_and_how_much(void **state)
{
    (void)state;
    struct cfu_difference *found;
    struct buf out BUF_SCOPE = BUF_INIT(4096);
    assert_int_equal(read_text(STR(CFU(WATER GRANT CARRIED, TOWN_WATER TOWN_DESK TOWN_CARRIED))), OK);
    assert_int_equal(differences(&found), 2);
    assert_true(found[0].kind == CFU_TOWN_ONLY && str_eq(found[0].line.nature, STR("2188")) &&
                str_eq(found[0].line.operation, STR("103")) && found[0].line.done.cents == 1250);
    assert_true(found[1].kind == CFU_ACCOUNTANT_ONLY && str_eq(found[1].line.nature, STR("1323")) &&
                found[1].accountant.cents == 700);
    cfu_differences_write(&out, found, 2);
    assert_true(str_find(buf_str(&out), STR("\nordonnateur seul\tI\tD\t0\t\t103\t2188\t12.50\t0.00\n")) != SIZE_MAX);
    assert_true(str_find(buf_str(&out), STR("\ncomptable seul\tI\tR\t0\t13\t\t1323\t0.00\t7.00\n")) != SIZE_MAX);
    assert_int_equal(read_text(STR(CFU(ALL_ROWS, ALL_LINES TOWN_WATER))), OK);
    assert_int_equal(differences(&found), 1);
    assert_true(found[0].kind == CFU_AMOUNT && found[0].line.done.cents == 6000 && found[0].accountant.cents == 3000);
}

/* Sums are never lines: a file of them alone has nothing to compare. */
static void files_of_sums_are_refused(void **state)
{
    (void)state;
    assert_int_equal(read_text(STR(CFU(CHAPTER OPERATION, ALL_LINES))), INVALID);
    assert_true(has_fault("cfu.sums"));
    assert_int_equal(read_text(STR(CFU(CARRIED, ALL_LINES))), INVALID);
    assert_true(has_fault("cfu.sums"));
    assert_int_equal(read_text(STR(CFU(ALL_ROWS, "<LigneBudget><ChapitreNature V=\"011\"/><CodRD V=\"D\"/>"
                                                 "<MtReal V=\"30.00\"/></LigneBudget>"))),
                     INVALID);
    assert_true(has_fault("cfu.sums"));
    assert_int_equal(read_text(STR("<DocumentBudgetaire/>")), INVALID);
    assert_true(has_fault("cfu.root"));
    assert_int_equal(read_text(STR("<CompteFinancierUnique/>")), INVALID);
    assert_true(has_fault("cfu.root"));
    assert_int_equal(read_text(STR("<CompteFinancierUnique><DocumentComptable/></CompteFinancierUnique>")), INVALID);
    assert_true(has_fault("cfu.budget"));
}

#define BROKEN(rule, text)                                                                                             \
    do {                                                                                                               \
        assert_int_equal(read_text(STR(text)), OK);                                                                    \
        cfu_check(&cfu, faults);                                                                                       \
        assert_true(has_fault(rule));                                                                                  \
    } while (0)

static void parts_must_agree_with_themselves(void **state)
{
    (void)state;
    static const char *const siret = "21560046100010";
    BROKEN("cfu.chapter", CFU(CHAPTER DESK OPERATION, ALL_LINES));
    BROKEN("cfu.operation", CFU(WATER CHAPTER OPERATION, ALL_LINES));
    BROKEN("cfu.state", CFU(ROW("EB_DF", "DETAIL_CHAPITRE", "60611", "011", "R", "F", "", "30.00"), ALL_LINES));
    BROKEN("cfu.state", CFU(ROW("EB_DF", "DETAIL_CHAPITRE", "60611", "011", "D", "I", "", "30.00"), ALL_LINES));
    BROKEN("cfu.credits", CFU(ALL_ROWS, TOWN_WATER));
    assert_int_equal(read_text(STR(CFU(WATER "<LigneComptable><Etat V=\"EB_DF\"/><MtRealNettes V=\"1,5\"/>"
                                             "</LigneComptable>",
                                       ALL_LINES))),
                     OK);
    assert_true(has_fault("cfu.amount"));
    BROKEN("cfu.net", CFU(WATER "<LigneComptable><Etat V=\"EB_DF\"/><MtEmissions V=\"2\"/><MtAnnulations V=\"1\"/>"
                                "<MtRealNettes V=\"2\"/></LigneComptable>", ALL_LINES));
    assert_int_equal(read_text(STR(CFU(ALL_ROWS, ALL_LINES))), OK);
    cfu.siret = STR("21560046100028");
    cfu.year = 2022;
    cfu_check(&cfu, faults);
    assert_true(has_fault("cfu.siret") && has_fault("cfu.year"));
    assert_true(str_eq(cfu.document.budgets[0].siret, str_of(siret)));
}

/* ---- the real one, and ways to falsify it ---- */

static const char real[] = "totem/mohon_CFU2023_M57A/totem.xml";

struct lines {
    struct xml *parent, **at;
    size_t count;
    const char *amount, *direction; /* names of the elements that say them */
};

/* Lines with an account and an amount done, of either side. */
static struct lines lines_of(struct xml *parent, const char *name, struct lines about)
{
    struct lines lines = about;
    struct money money;
    lines.parent = parent;
    lines.at = arena_array(rows, struct xml *, xml_count(parent) + 1);
    for (struct xml *child = xml_child(parent, name); child != NULL; child = xml_next(child, name)) {
        bool is_executed = str_eq(child->name, STR("LigneBudget")) ||
                           str_starts(xml_value(child, "Etat"), STR("EB_"));
        struct str amount = xml_value(child, about.amount);
        if (is_executed && !str_is_absent(xml_value(child, "Nature")) && !str_is_absent(amount) &&
            money_parse(amount, &money) == OK && money.cents != 0)
            lines.at[lines.count++] = child;
    }
    return lines;
}

static void drop(struct lines *lines, const struct xml *line)
{
    struct xml *child = lines->parent->first;
    lines->parent->first = lines->parent->last = NULL;
    for (struct xml *next; child != NULL; child = next) {
        next = child->next;
        if (child != line)
            xml_append(lines->parent, child);
    }
}

static void put_amount(const struct lines *lines, struct xml *line, int64_t cents)
{
    struct buf text BUF_SCOPE = BUF_INIT(64);
    money_write(&text, (struct money){cents});
    xml_set_value(tree, line, lines->amount, str_copy(tree, buf_str(&text)));
}

/* The first two neighbouring digits that differ change places. */
static void transpose(const struct lines *lines, struct xml *line)
{
    struct buf text BUF_SCOPE = BUF_INIT(64);
    struct money money;
    assert_int_equal(money_parse(xml_value(line, lines->amount), &money), OK);
    money_write(&text, money);
    for (size_t i = 0; i + 1 < text.len; i++) {
        char one = text.at[i], two = text.at[i + 1];
        if (one >= '0' && one <= '9' && two >= '0' && two <= '9' && one != two) {
            text.at[i] = two;
            text.at[i + 1] = one;
            break;
        }
    }
    struct money after;
    assert_int_equal(money_parse(buf_str(&text), &after), OK);
    put_amount(lines, line, after.cents == money.cents ? money.cents + 9 : after.cents);
}

static void swap_accounts(const struct lines *lines, struct xml *line, uint64_t start)
{
    struct str nature = xml_value(line, "Nature"), amount = xml_value(line, lines->amount);
    for (size_t i = 0; i < lines->count; i++) {
        struct xml *other = lines->at[(start + i) % lines->count];
        struct str theirs = xml_value(other, "Nature");
        if (str_eq(theirs, nature) || str_eq(xml_value(other, lines->amount), amount))
            continue;
        xml_set_value(tree, line, "Nature", theirs);
        xml_set_value(tree, other, "Nature", nature);
        return;
    }
    fail();
}

/* The accountant names the section; the town's line is told by a marker, or by its chapter. */
static void swap_section(struct xml *line)
{
    if (str_eq(line->name, STR("LigneComptable"))) {
        bool is_functioning = str_eq(xml_value(line, "Section"), STR("F"));
        xml_set_value(tree, line, "Section", is_functioning ? STR("I") : STR("F"));
        return;
    }
    struct str nature = xml_value(line, "Nature");
    bool is_functioning = nature.at[0] >= '6' || str_eq(nature, STR("002")) || str_eq(nature, STR("023"));
    struct xml *marker = xml_add_value(tree, line, "CaracSup", is_functioning ? STR("I") : STR("F"));
    xml_set(tree, marker, "Code", STR("Section"));
}

enum mutation { AMOUNT, DROPPED, DOUBLED, ACCOUNT, DIRECTION, SECTION, DIGITS, MUTATION_KINDS };

static void mutate(struct lines *lines, enum mutation kind, struct xml *line, struct seeded *seeded)
{
    struct money money;
    struct xml *copy;
    assert_int_equal(money_parse(xml_value(line, lines->amount), &money), OK);
    switch (kind) {
    case AMOUNT:
        put_amount(lines, line, money.cents + 1 + (int64_t)seeded_below(seeded, 10000));
        return;
    case DROPPED:
        drop(lines, line);
        return;
    case DOUBLED:
        copy = arena_new(tree, struct xml);
        *copy = *line;
        xml_append(lines->parent, copy);
        return;
    case ACCOUNT:
        swap_accounts(lines, line, seeded_below(seeded, lines->count));
        return;
    case DIRECTION:
        xml_set_value(tree, line, lines->direction,
                      str_eq(xml_value(line, lines->direction), STR("D")) ? STR("R") : STR("D"));
        return;
    case SECTION:
        swap_section(line);
        return;
    case DIGITS:
        transpose(lines, line);
        return;
    case MUTATION_KINDS:
        fail();
    }
}

/* Does a difference name that account, or a fault say that a line contradicts its statement? */
static bool is_told(struct str nature)
{
    struct cfu_difference *found;
    size_t count = differences(&found);
    for (size_t i = 0; i < count; i++)
        if (str_starts(nature, found[i].line.nature))
            return true;
    cfu_check(&cfu, faults);
    return has_fault("cfu.state");
}

static struct xml *real_tree(struct str bytes)
{
    struct xml *root;
    struct xml_fault fault;
    arena_reset(tree);
    arena_reset(rows);
    faults = arena_new(rows, struct faults);
    faults->arena = rows;
    assert_int_equal(xml_read(tree, bytes, &root, &fault), OK);
    return root;
}

static void the_real_one_is_right(void **state)
{
    (void)state;
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct cfu_difference *found;
    shared_need("the_real_one_is_right");
    assert_true(shared_read(real, &bytes));
    struct xml *root = real_tree(buf_str(&bytes));
    assert_int_equal(cfu_read(rows, root, &cfu, faults), OK);
    cfu_check(&cfu, faults);
    for (size_t i = 0; i < faults->count; i++)
        print_message("%.*s %.*s\n", STR_ARG(faults->kept[i].rule), STR_ARG(faults->kept[i].place));
    assert_int_equal(faults->found, 0);
    assert_int_equal(differences(&found), 0);
    assert_true(cfu.accountant.count > 100 && cfu.town.count > 100);
}

static void what_was_changed_is_found(void **state)
{
    (void)state;
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct seeded seeded = {.state = 20261129};
    size_t told[MUTATION_KINDS] = {0}, all = 0;
    shared_need("what_was_changed_is_found");
    assert_true(shared_read(real, &bytes));
    for (size_t i = 0; i < MUTATIONS; i++) {
        enum mutation kind = (enum mutation)(i % MUTATION_KINDS);
        struct xml *root = real_tree(buf_str(&bytes));
        struct xml *account = xml_child(xml_child(root, "DocumentComptable"), "BudgetComptable");
        struct xml *town = xml_child(xml_child(root, "DocumentBudgetaire"), "Budget");
        bool is_town = seeded_below(&seeded, 2) == 0;
        struct lines lines =
            is_town ? lines_of(town, "LigneBudget", (struct lines){.amount = "MtReal", .direction = "CodRD"})
                    : lines_of(account, "LigneComptable",
                               (struct lines){.amount = "MtRealNettes", .direction = "CodeRD"});
        struct xml *line = lines.at[seeded_below(&seeded, lines.count)];
        struct str nature = xml_value(line, "Nature");
        mutate(&lines, kind, line, &seeded);
        enum status done = cfu_read(rows, root, &cfu, faults);
        bool is_found = done == OK && is_told(nature);
        if (!is_found)
            print_message("mutation %zu, kind %d, %s, account %.*s: not told\n", i, (int)kind,
                          is_town ? "town" : "accountant", STR_ARG(nature));
        told[kind] += is_found;
        all += is_found;
    }
    print_message("mutations of the real file found: %zu of %d (amount %zu, dropped %zu, doubled %zu, account %zu, "
                  "direction %zu, section %zu, digits %zu)\n",
                  all, MUTATIONS, told[AMOUNT], told[DROPPED], told[DOUBLED], told[ACCOUNT], told[DIRECTION],
                  told[SECTION], told[DIGITS]);
    assert_int_equal(all, MUTATIONS);
}

/* ---- attacks: who refuses a file says why ---- */

static void says_why(enum status done)
{
    if (done == INVALID)
        assert_true(faults->count > 0);
    for (size_t i = 0; i < faults->count; i++)
        assert_true(faults->kept[i].rule.len > 0 && faults->kept[i].mend.len > 0);
}

/* Any byte another, or none; what is still XML is read, and whatever is refused has a fault. */
static void no_refusal_is_without_a_fault(void **state)
{
    static const char others[] = "<>\"&9-.,\xE9 /";
    static const char whole[] = CFU(ALL_ROWS, ALL_LINES);
    char text[sizeof whole];
    struct xml *root;
    struct xml_fault fault;
    (void)state;
    for (size_t i = 0; i + 1 < sizeof whole; i++)
        for (size_t j = 0; j < sizeof others; j++) {
            memcpy(text, whole, sizeof whole);
            text[i] = others[j];
            arena_reset(tree);
            arena_reset(rows);
            faults = faults_new(rows);
            if (xml_read(tree, (struct str){text, sizeof whole - 1}, &root, &fault) != OK)
                continue;
            enum status done = cfu_read(rows, root, &cfu, faults);
            says_why(done);
            if (done == OK)
                cfu_check(&cfu, faults);
        }
}

/* However little room there is. */
static void a_full_arena_still_says_why(void **state)
{
    enum { STEP = 2 << 10, STEPS = 200 };
    struct xml *root;
    struct xml_fault fault;
    (void)state;
    assert_int_equal(xml_read(tree, STR(CFU(CARRIED, ALL_LINES)), &root, &fault), OK);
    for (size_t i = 1; i <= STEPS; i++) {
        struct arena *tight ARENA_SCOPE = arena_create(sizeof *faults + i * STEP);
        faults = faults_new(tight);
        if (faults != NULL)
            says_why(cfu_read(tight, root, &cfu, faults));
    }
    struct arena *none ARENA_SCOPE = arena_create(sizeof *faults + 64);
    faults = faults_new(none);
    assert_non_null(faults);
    assert_int_equal(fault_refuse(faults, "cfu.root", "file", STR("x"), STR("y")), INVALID);
    assert_int_equal(faults->count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_sides_meet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(differences_say_which_and_how_much, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_of_sums_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_must_agree_with_themselves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_real_one_is_right, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_changed_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_refusal_is_without_a_fault, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_arena_still_says_why, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
