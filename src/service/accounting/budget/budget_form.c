#include "service/accounting/budget/budget.h"

/* ---- what a row says, as values ---- */

static struct str amount_of(struct arena *arena, const struct budget_line *line, enum docbudg_amount amount)
{
    struct buf text BUF_SCOPE = BUF_INIT(64);
    if (!line->has[amount])
        return STR("");
    money_write(&text, line->amounts[amount]);
    return str_copy(arena, buf_str(&text));
}

static struct str order_of(enum chart_kind kind)
{
    return kind == CHART_REAL ? STR("0") : STR("1");
}

static struct str order_type_of(enum chart_kind kind)
{
    return kind == CHART_REAL ? STR("") : kind == CHART_WITHIN ? STR("1") : STR("2");
}

/* The children of a LigneBudget in the order of the schema (Class_LigneBudget.xsd V95), those with a field here before
 * FIELDS; "" for one that is not said. */
enum { NAMES = 21 };
static const char *const names[NAMES] = {
    "Nature",     "LibCpte",    "Fonction",   "Operation", "ContNat", "ArtSpe", "ContFon",   "ContOp",    "CodRD",
    "MtBudgPrec", "MtRARPrec",  "MtPropNouv", "MtPrev",    "CredOuv", "MtReal", "MtRAR3112", "OpBudg",    "TypOpBudg",
    "OpeCpteTiers", "MtSup", "CaracSup"};

static void values_of(struct arena *arena, const struct budget_line *line, struct str values[NAMES])
{
    const struct str own[NAMES] = {
        line->nature, STR(""), line->function, line->operation, line->chapter, STR(""), line->function_chapter,
        line->operation_chapter, line->direction == CHART_EXPENSE ? STR("D") : STR("R"),
        amount_of(arena, line, DOCBUDG_PREVIOUS), amount_of(arena, line, DOCBUDG_CARRIED),
        amount_of(arena, line, DOCBUDG_PROPOSED), amount_of(arena, line, DOCBUDG_VOTED),
        amount_of(arena, line, DOCBUDG_OPEN), amount_of(arena, line, DOCBUDG_DONE),
        amount_of(arena, line, DOCBUDG_LEFT), order_of(line->kind), order_type_of(line->kind), STR(""), STR(""),
        STR("")};
    for (size_t i = 0; i < NAMES; i++)
        values[i] = own[i];
}

/* ---- from an element ---- */

/* Says <name V="value"/> that, and nothing else? */
static bool says(const struct xml *child, struct str value)
{
    return child->first == NULL && child->attribute_count == 1 && str_eq(xml_attribute(child, "V"), value);
}

static size_t place_of(const struct xml *child)
{
    size_t i = 0;
    while (i < NAMES && !str_eq(child->name, str_of(names[i])))
        i++;
    return i;
}

/* What a row would say and the element did not: a child of `extra` in a space of its own. */
#define WITHOUT "Without"
#define WHOLE "Whole"
#define OWN_SPACE "urn:parvis:budget"

static bool is_without(const struct xml *extra, const char *name)
{
    for (const struct xml *child = xml_child(extra, WITHOUT); child != NULL; child = xml_next(child, WITHOUT))
        if (str_eq(child->space, STR(OWN_SPACE)) && str_eq(xml_attribute(child, "V"), str_of(name)))
            return true;
    return false;
}

/* What stands there and is no field's, or is not as a field would be written. */
static void add_extras(struct arena *arena, const struct xml *element, const struct str values[NAMES],
                       struct xml *extra)
{
    bool is_met[NAMES] = {false};
    for (struct xml *child = element->first; child != NULL; child = child->next) {
        size_t i = place_of(child);
        bool is_field = i < NAMES && values[i].len > 0 && !is_met[i] && says(child, values[i]);
        if (i < NAMES)
            is_met[i] = true;
        struct xml *copy = is_field ? NULL : arena_new(arena, struct xml);
        if (copy == NULL)
            continue;
        *copy = *child;
        xml_append(extra, copy);
    }
    for (size_t i = 0; i < NAMES; i++)
        if (values[i].len > 0 && !is_met[i])
            xml_set(arena, xml_add(arena, extra, STR(OWN_SPACE), WITHOUT), "V", str_of(names[i]));
}

static enum status write_extra(struct arena *arena, const struct xml *extra, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(BUDGET_EXTRA_MAX);
    xml_write_part(&text, extra, 0, XML_UTF_8);
    TRY(buf_status(&text));
    *ret_text = str_copy(arena, buf_str(&text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static enum status set_parts(struct arena *arena, const struct xml *element, struct budget_line *line)
{
    struct str values[NAMES];
    struct xml *extra = xml_add(arena, NULL, element->space, "LigneBudget");
    if (extra == NULL)
        return LIMIT;
    extra->attributes = element->attributes;
    extra->attribute_count = element->attribute_count;
    values_of(arena, line, values);
    add_extras(arena, element, values, extra);
    line->extra = STR("");
    return extra->first == NULL && extra->attribute_count == 0 ? OK : write_extra(arena, extra, &line->extra);
}

/* Whatever stands in an order of its own is kept as a whole, within an element of this program. */
static enum status set_whole(struct arena *arena, const struct xml *element, struct budget_line *line)
{
    struct xml *whole = xml_add(arena, NULL, STR(OWN_SPACE), WHOLE), *copy = arena_new(arena, struct xml);
    if (whole == NULL || copy == NULL)
        return LIMIT;
    *copy = *element;
    xml_append(whole, copy);
    return write_extra(arena, whole, &line->extra);
}

/* ---- to an element ---- */

/* Moves those of that name over, in their order; NULL: those the schema of this program has no place for. */
static void move(struct xml *from, struct xml *element, const char *name)
{
    struct xml *rest = from->first;
    from->first = from->last = NULL;
    while (rest != NULL) {
        struct xml *child = rest;
        rest = rest->next;
        bool is_it = name == NULL ? place_of(child) == NAMES : str_eq(child->name, str_of(name));
        xml_append(is_it ? element : from, child);
    }
}

static enum status element_of(struct arena *arena, const struct budget_line *line, struct str space,
                              struct xml **ret_element)
{
    struct str values[NAMES];
    struct xml_fault fault;
    struct xml *element = xml_add(arena, NULL, space, "LigneBudget"), *extra = NULL;
    if (element == NULL)
        return LIMIT;
    if (line->extra.len > 0)
        TRY(xml_read(arena, line->extra, &extra, &fault));
    if (extra != NULL && str_eq(extra->name, STR(WHOLE)) && str_eq(extra->space, STR(OWN_SPACE))) {
        *ret_element = extra->first;
        return extra->first == NULL ? CORRUPT : OK;
    }
    values_of(arena, line, values);
    for (size_t i = 0; i < NAMES; i++) {
        bool is_said = values[i].len > 0 && xml_child(extra, names[i]) == NULL && !is_without(extra, names[i]);
        if (is_said && xml_add_value(arena, element, names[i], values[i]) == NULL)
            return LIMIT;
        if (extra != NULL)
            move(extra, element, names[i]);
    }
    if (extra != NULL) {
        xml_drop(extra, WITHOUT);
        move(extra, element, NULL);
        element->attributes = extra->attributes;
        element->attribute_count = extra->attribute_count;
    }
    *ret_element = element;
    return OK;
}

/* ---- a line, and a sum ---- */

/* Parts that are put together again as they were; else all of it. */
static enum status set_extra(struct arena *arena, const struct xml *element, struct budget_line *line)
{
    struct xml *again;
    struct buf where BUF_SCOPE = BUF_INIT(BUDGET_EXTRA_MAX);
    TRY(set_parts(arena, element, line));
    TRY(element_of(arena, line, element->space, &again));
    return xml_same(element, again, &where) ? OK : set_whole(arena, element, line);
}

static struct str group_of(const struct docbudg_line *line, const struct chart *chart)
{
    const struct chart_account *account = chart == NULL ? NULL : chart_account(chart, line->nature);
    if (line->chapter.len > 0 || account == NULL)
        return line->chapter;
    return account->chapter[line->kind][line->direction];
}

enum status budget_line_of(struct arena *arena, const struct docbudg_line *line, const struct chart *chart,
                           struct budget_line *ret_line)
{
    struct budget_line row = {.place = line->number,
                              .nature = line->nature,
                              .function = line->function,
                              .operation = line->operation,
                              .chapter = line->chapter,
                              .function_chapter = line->function_chapter,
                              .operation_chapter = line->operation_chapter,
                              .group_chapter = group_of(line, chart),
                              .direction = line->direction,
                              .kind = line->kind,
                              .section = line->section};
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++) {
        row.amounts[i] = line->amounts[i];
        row.has[i] = line->has[i];
    }
    /* It may stand in MtSup alone. */
    row.has[DOCBUDG_CARRIED] = row.has[DOCBUDG_CARRIED] && xml_child(line->element, "MtRARPrec") != NULL;
    TRY(set_extra(arena, line->element, &row));
    *ret_line = row;
    return OK;
}

enum status budget_sum_of(struct arena *arena, const struct xml *element, int64_t place, struct budget_line *ret_line)
{
    bool is_receipt = str_eq(xml_value(element, "CodRD"), STR("R"));
    struct budget_line row = {.place = place,
                              .nature = STR(""),
                              .function = STR(""),
                              .operation = STR(""),
                              .chapter = STR(""),
                              .function_chapter = STR(""),
                              .operation_chapter = STR(""),
                              .group_chapter = STR(""),
                              .direction = is_receipt ? CHART_RECEIPT : CHART_EXPENSE,
                              .kind = CHART_REAL,
                              .section = CHART_NO_SECTION};
    TRY(set_extra(arena, element, &row));
    *ret_line = row;
    return OK;
}

/* ---- lines in their budget ---- */

enum status budget_add_line(struct arena *arena, const struct budget_line *line, const struct xml *budget,
                            struct xml *lines)
{
    struct xml *element;
    TRY(element_of(arena, line, budget->space, &element));
    element->prefix = budget->prefix;
    xml_append(lines, element);
    return OK;
}


static bool is_line(const struct xml *child)
{
    return !str_is_absent(child->name) && str_eq(child->name, STR("LigneBudget"));
}

void budget_take_lines(struct xml *budget)
{
    struct xml *rest = budget->first;
    budget->first = budget->last = NULL;
    while (rest != NULL) {
        struct xml *child = rest;
        rest = rest->next;
        if (!is_line(child))
            xml_append(budget, child);
    }
}

/* Behind what heads a budget (Class_Budget.xsd): its names, its vote, its figures of the town. */
static bool is_head(const struct xml *child)
{
    static const char *const heads[] = {"EnTeteBudget", "BlocBudget", "InformationsGenerales"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (!str_is_absent(child->name) && str_eq(child->name, str_of(heads[i])))
            return true;
    return false;
}

void budget_put_lines(struct xml *budget, struct xml *lines)
{
    struct xml *head = NULL;
    if (lines->first == NULL)
        return;
    for (struct xml *child = budget->first; child != NULL; child = child->next)
        if (is_head(child))
            head = child;
    lines->last->next = head == NULL ? budget->first : head->next;
    if (head == NULL)
        budget->first = lines->first;
    else
        head->next = lines->first;
    if (lines->last->next == NULL)
        budget->last = lines->last;
    lines->first = lines->last = NULL;
}
