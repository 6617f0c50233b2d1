/* planDeCompte.xml: Nomenclature with Norme, Declinaison, Exer; in it Nature (Chapitres, Comptes) and Fonction
 * (Chapitres, RefFonctionnelles, and Comptes, which are chapters told by function and are left out). Accounts and
 * functions stand within one another. */
#include "service/accounting/chart/chart_table.h"

struct reading {
    struct arena *arena;
    struct xml_fault *fault;
    struct str above[CHART_DEPTH_MAX]; /* the codes around the element, and its own */
    size_t depth;
    bool is_by_function; /* what is read now */
    struct chart chart;
    bool is_full;
};

/* Where rows stand: of each part in one element, but chapters in two. */
enum source { SOURCE_CHAPTERS, SOURCE_BY_FUNCTION, SOURCE_ACCOUNTS, SOURCE_FUNCTIONS, SOURCES };
static const struct {
    const char *name;
    enum chart_part part;
} sources[SOURCES] = {{"Chapitre", CHART_CHAPTERS},
                      {"Chapitre", CHART_CHAPTERS},
                      {"Compte", CHART_ACCOUNTS},
                      {"RefFonc", CHART_FUNCTIONS}};

static enum status fault_at(struct reading *reading, const struct xml *at, enum status status, const char *what)
{
    *reading->fault = (struct xml_fault){.line = at->line, .what = what};
    return status;
}

/* ---- words ---- */

static struct str copy(struct reading *reading, struct str text)
{
    struct str copied = str_copy(reading->arena, str_is_absent(text) ? STR("") : text);
    reading->is_full |= str_is_absent(copied);
    return copied;
}

static struct str attribute(struct reading *reading, const struct xml *element, const char *name)
{
    return copy(reading, xml_attribute(element, name));
}

static bool is_set(const struct xml *element, const char *name)
{
    return str_eq(xml_attribute(element, name), STR("1"));
}

/* Windows-1252 taken for Latin-1: U+0085, U+0091 and so on stand where these were meant. */
static struct str letter_meant(struct str two)
{
    static const struct {
        struct str is, meant;
    } letters[] = {{STR_INIT("\xC2\x85"), STR_INIT("…")}, {STR_INIT("\xC2\x91"), STR_INIT("‘")},
                   {STR_INIT("\xC2\x92"), STR_INIT("’")}, {STR_INIT("\xC2\x96"), STR_INIT("–")},
                   {STR_INIT("\xC2\x97"), STR_INIT("—")}, {STR_INIT("\xC2\x9C"), STR_INIT("œ")}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (str_eq(two, letters[i].is))
            return letters[i].meant;
    return STR_NONE;
}

static struct str trim(struct str label)
{
    struct str before;
    do {
        before = label;
        label = str_trim(label);
        if (str_starts(label, STR("\xC2\xA0")))
            label = str_after(label, 2);
        if (str_ends(label, STR("\xC2\xA0")))
            label = str_slice(label, 0, label.len - 2);
    } while (label.len != before.len);
    return label;
}

/* Two bytes become at most three. */
static enum status label_of(struct reading *reading, const struct xml *element, struct str *ret_label)
{
    struct str given = trim(xml_attribute(element, "Libelle"));
    if (given.len > CHART_LABEL_MAX)
        return fault_at(reading, element, LIMIT, "label");
    char room[CHART_LABEL_MAX * 2];
    struct buf out = {.at = room, .room = sizeof room, .max = sizeof room};
    for (size_t i = 0; i < given.len; i++) {
        struct str meant = letter_meant(str_slice(given, i, i + 2));
        i += !str_is_absent(meant);
        buf_add(&out, str_is_absent(meant) ? str_slice(given, i, i + 1) : meant);
    }
    *ret_label = copy(reading, buf_str(&out));
    return out.len <= CHART_LABEL_MAX ? OK : fault_at(reading, element, LIMIT, "label");
}

/* ---- rows ---- */

static enum status add_chapter(struct reading *reading, const struct xml *element)
{
    struct chart_chapter *chapter = &reading->chart.chapters[reading->chart.chapter_count++];
    struct str section = xml_attribute(element, "Section");
    bool is_investment = str_eq(section, STR("I"));
    if (!is_investment && !str_eq(section, STR("F")))
        return fault_at(reading, element, INVALID, "section");
    *chapter = (struct chart_chapter){.code = attribute(reading, element, "Code"),
                                      .section = is_investment ? CHART_INVESTMENT : CHART_FUNCTIONING,
                                      .is_special = is_set(element, "Special"),
                                      .is_by_function = reading->is_by_function,
                                      .is_shown_only = is_set(element, "PourEtatSeul")};
    return label_of(reading, element, &chapter->label);
}

static struct str parent_of(struct reading *reading)
{
    return copy(reading, reading->depth > 1 ? reading->above[reading->depth - 2] : STR(""));
}

static struct str removed_since(struct reading *reading, const struct xml *element)
{
    struct str since = xml_attribute(element, "SupprimeDepuis");
    return copy(reading, since.len > 0 ? since : is_set(element, "Supprime") ? STR("1") : STR(""));
}

static enum status add_account(struct reading *reading, const struct xml *element)
{
    static const char *const chapters[CHART_KINDS][2] = {{"DR", "RR"}, {"DOES", "ROES"}, {"DOIS", "ROIS"}};
    struct chart_account *account = &reading->chart.accounts[reading->chart.account_count++];
    *account = (struct chart_account){.code = attribute(reading, element, "Code"),
                                      .parent = parent_of(reading),
                                      .is_equipment = {is_set(element, "DEquip"), is_set(element, "REquip")},
                                      .is_total = is_set(element, "RegrTotalise"),
                                      .is_shown_only = is_set(element, "PourEtatSeul"),
                                      .removed_since = removed_since(reading, element)};
    for (int i = 0; i < CHART_KINDS * 2; i++)
        account->chapter[i / 2][i % 2] = attribute(reading, element, chapters[i / 2][i % 2]);
    return label_of(reading, element, &account->label);
}

static enum status add_function(struct reading *reading, const struct xml *element)
{
    struct chart_function *function = &reading->chart.functions[reading->chart.function_count++];
    *function = (struct chart_function){.code = attribute(reading, element, "Code"), .parent = parent_of(reading)};
    return label_of(reading, element, &function->label);
}

static enum status add(struct reading *reading, const struct xml *element, enum chart_part part)
{
    if (part == CHART_CHAPTERS)
        return add_chapter(reading, element);
    return part == CHART_ACCOUNTS ? add_account(reading, element) : add_function(reading, element);
}

/* ---- the tree ---- */

static enum status enter(struct reading *reading, const struct xml *element)
{
    struct str code = xml_attribute(element, "Code");
    if (!chart_is_code(code))
        return fault_at(reading, element, INVALID, "code");
    if (reading->depth == CHART_DEPTH_MAX)
        return fault_at(reading, element, LIMIT, "deep");
    for (size_t i = 0; i < reading->depth; i++)
        if (str_eq(reading->above[i], code))
            return fault_at(reading, element, INVALID, "cycle");
    reading->above[reading->depth++] = code;
    return OK;
}

/* As deep as CHART_DEPTH_MAX at most. */
static enum status add_within(struct reading *reading, const struct xml *parent, enum source source)
{
    const char *name = sources[source].name;
    for (const struct xml *element = xml_child(parent, name); element != NULL; element = xml_next(element, name)) {
        TRY(enter(reading, element));
        TRY(add(reading, element, sources[source].part));
        TRY(add_within(reading, element, source));
        reading->depth--;
    }
    return OK;
}

static size_t count_within(const struct xml *parent, const char *name)
{
    size_t count = 0;
    for (const struct xml *element = xml_child(parent, name); element != NULL; element = xml_next(element, name))
        count += 1 + count_within(element, name);
    return count;
}

/* The last of that code; NULL: none. */
static const struct xml *find_last(const struct xml *parent, const char *name, struct str code)
{
    const struct xml *last = NULL;
    for (const struct xml *element = xml_child(parent, name); element != NULL; element = xml_next(element, name)) {
        const struct xml *within = find_last(element, name, code);
        if (within != NULL || str_eq(xml_attribute(element, "Code"), code))
            last = within != NULL ? within : element;
    }
    return last;
}

/* ---- the whole ---- */

static enum status read_head(struct reading *reading, const struct xml *root)
{
    uint64_t year;
    if (str_to_u64(xml_attribute(root, "Exer"), INT32_MAX, &year) != OK)
        return fault_at(reading, root, INVALID, "head");
    reading->chart.norm = attribute(reading, root, "Norme");
    reading->chart.variant = attribute(reading, root, "Declinaison");
    reading->chart.year = (int32_t)year;
    return chart_is_head(&reading->chart) || reading->is_full ? OK : fault_at(reading, root, INVALID, "head");
}

static enum status make_room(struct reading *reading, const struct xml *const at[SOURCES])
{
    static const size_t most[CHART_PARTS] = {CHART_CHAPTERS_MAX, CHART_ACCOUNTS_MAX, CHART_FUNCTIONS_MAX};
    struct chart *chart = &reading->chart;
    size_t counts[CHART_PARTS] = {0};
    for (enum source source = 0; source < SOURCES; source++) {
        enum chart_part part = sources[source].part;
        counts[part] += count_within(at[source], sources[source].name);
        if (counts[part] > most[part])
            return fault_at(reading, at[source], LIMIT, "many");
    }
    chart->chapters = arena_array(reading->arena, struct chart_chapter, counts[CHART_CHAPTERS] + 1);
    chart->accounts = arena_array(reading->arena, struct chart_account, counts[CHART_ACCOUNTS] + 1);
    chart->functions = arena_array(reading->arena, struct chart_function, counts[CHART_FUNCTIONS] + 1);
    reading->is_full |= chart->chapters == NULL || chart->accounts == NULL || chart->functions == NULL;
    return OK;
}

static enum status check(struct reading *reading, const struct xml *root, const struct xml *const at[SOURCES])
{
    struct chart_break broken = {.what = "memory"};
    const struct xml *found = NULL;
    for (enum chart_part part = 0; part < CHART_PARTS; part++) {
        struct chart_table table = chart_table_of(&reading->chart, part);
        chart_table_sort(&table);
    }
    enum status done = chart_check(reading->arena, &reading->chart, &broken);
    if (done == OK)
        return OK;
    for (enum source source = 0; source < SOURCES; source++) {
        const struct xml *last = find_last(at[source], sources[source].name, broken.code);
        if (sources[source].part == broken.part && last != NULL)
            found = last;
    }
    return fault_at(reading, found != NULL ? found : root, done, broken.what);
}

enum status chart_of_xml(struct arena *arena, const struct xml *root, struct chart *ret_chart,
                         struct xml_fault *ret_fault)
{
    struct reading reading = {.arena = arena, .fault = ret_fault};
    const struct xml *nature = xml_child(root, "Nature"), *function = xml_child(root, "Fonction");
    const struct xml *at[SOURCES] = {xml_child(nature, "Chapitres"), xml_child(function, "Chapitres"),
                                     xml_child(nature, "Comptes"), xml_child(function, "RefFonctionnelles")};
    bool is_chart = str_eq(root->name, STR("Nomenclature")) && at[SOURCE_CHAPTERS] != NULL &&
                    at[SOURCE_ACCOUNTS] != NULL;
    if (!is_chart)
        return fault_at(&reading, root, INVALID, "root");
    TRY(read_head(&reading, root));
    TRY(make_room(&reading, at));
    for (enum source source = 0; source < SOURCES && !reading.is_full; source++) {
        reading.is_by_function = source == SOURCE_BY_FUNCTION;
        TRY(add_within(&reading, at[source], source));
    }
    if (reading.is_full)
        return fault_at(&reading, root, LIMIT, "memory");
    TRY(check(&reading, root, at));
    *ret_chart = reading.chart;
    return OK;
}
