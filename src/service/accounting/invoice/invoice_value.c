#include "service/accounting/invoice/invoice_reading.h"

#include <stdio.h>

#include "core/identifier.h"

enum { PIVOT_PLACES = 6 /* with which Chorus Pro writes whole cents: "12.500000" */, CENT_PLACES = 2 };

/* ---- where ---- */

struct search {
    const struct xml *nearest;
    size_t depth; /* of it */
};

static const struct xml *find(struct search *search, const struct xml *from, struct str path, size_t depth)
{
    struct str rest = path, name = str_cut(&rest, '/');
    for (const struct xml *child = from->first; child != NULL; child = child->next) {
        if (!str_eq(child->name, name))
            continue;
        if (str_is_absent(rest))
            return child;
        if (depth + 1 > search->depth)
            *search = (struct search){child, depth + 1};
        const struct xml *found = find(search, child, rest, depth + 1);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const struct xml *invoice_find(const struct xml *from, const char *path, const struct xml **ret_nearest)
{
    struct search search = {from, 0};
    const struct xml *found = find(&search, from, str_of(path), 0);
    *ret_nearest = found != NULL ? found : search.nearest;
    return found;
}

/* ---- what ---- */

static void refuse(struct invoice_reading *reading, const char *rule, const struct invoice_text *text,
                   struct str wanted)
{
    invoice_fault(reading->faults, reading->root, rule, text->at, text->text, wanted);
}

struct invoice_text invoice_take_text(struct invoice_reading *reading, const struct xml *from, const char *path,
                                      bool is_needed)
{
    struct invoice_text text;
    const struct xml *element = invoice_find(from, path, &text.at);
    text.text = xml_text(reading->arena, element);
    if (is_needed && text.text.len == 0)
        refuse(reading, "invoice.missing", &text, str_of(path));
    return text;
}

/* "20261124" as CII writes it (UNTDID 2379, 102) is "2026-11-24" elsewhere. */
static enum status parse_day(enum invoice_form form, struct str text, struct date *ret_date)
{
    char day[10];
    if (form != INVOICE_CII)
        return date_parse(text, ret_date);
    if (text.len != 8)
        return INVALID;
    memcpy(day, text.at, 4);
    day[4] = day[7] = '-';
    memcpy(day + 5, text.at + 4, 2);
    memcpy(day + 8, text.at + 6, 2);
    return date_parse((struct str){day, sizeof day}, ret_date);
}

static void take_day(struct invoice_reading *reading, const struct invoice_text *text, struct invoice_day *ret_day)
{
    ret_day->at = text->at;
    if (text->text.len > 0 && parse_day(reading->form, text->text, &ret_day->date) != OK)
        refuse(reading, "invoice.date", text, reading->form == INVOICE_CII ? STR("20260331") : STR("2026-03-31"));
}

/* Without the noughts behind that many decimals. */
static struct str without_noughts(struct str text, size_t places)
{
    size_t point = str_find_byte(text, '.');
    while (point != SIZE_MAX && text.len > point + 1 + places && text.at[text.len - 1] == '0')
        text.len--;
    return text;
}

void invoice_take_amount(struct invoice_reading *reading, const struct invoice_text *text,
                         struct invoice_amount *ret_amount)
{
    size_t point = str_find_byte(text->text, '.');
    size_t places = point == SIZE_MAX ? 0 : text->text.len - point - 1;
    bool may_have_noughts = reading->form == INVOICE_PIVOT && places <= PIVOT_PLACES;
    struct str written = may_have_noughts ? without_noughts(text->text, CENT_PLACES) : text->text;
    ret_amount->at = text->at;
    ret_amount->is_there = text->text.len > 0 && money_parse(written, &ret_amount->money) == OK;
    if (text->text.len > 0 && !ret_amount->is_there)
        refuse(reading, "invoice.amount", text, STR("1250.40"));
}

static bool add_digits(struct str digits, int64_t *value)
{
    for (size_t i = 0; i < digits.len; i++)
        if (!ascii_is_digit(digits.at[i]) || __builtin_mul_overflow(*value, 10, value) ||
            __builtin_add_overflow(*value, digits.at[i] - '0', value))
            return false;
    return true;
}

/* "64." and ".5" are decimals too (XML Schema, part 2, section 3.2.3). */
static enum status parse_decimal(struct str text, int64_t *ret_value)
{
    bool is_negative = str_starts(text, STR("-"));
    struct str decimals = str_after(without_noughts(text, INVOICE_DECIMAL_PLACES), is_negative);
    struct str whole = str_cut(&decimals, '.');
    int64_t value = 0;
    if (whole.len + decimals.len == 0 || decimals.len > INVOICE_DECIMAL_PLACES)
        return INVALID;
    if (!add_digits(whole, &value) || !add_digits(decimals, &value) ||
        !add_digits(str_slice(STR("00000000"), decimals.len, INVOICE_DECIMAL_PLACES), &value))
        return INVALID;
    if (is_negative && value == 0)
        return INVALID;
    *ret_value = is_negative ? -value : value;
    return OK;
}

static void take_decimal(struct invoice_reading *reading, const struct invoice_text *text,
                         struct invoice_decimal *ret_decimal)
{
    ret_decimal->at = text->at;
    ret_decimal->is_there = text->text.len > 0 && parse_decimal(text->text, &ret_decimal->value) == OK;
    if (text->text.len > 0 && !ret_decimal->is_there)
        refuse(reading, "invoice.decimal", text, STR("12.5"));
}

void invoice_take(struct invoice_reading *reading, const struct xml *from, const struct invoice_path *paths, void *into)
{
    for (; paths->path != NULL; paths++) {
        void *field = (char *)into + paths->field;
        struct invoice_text text = invoice_take_text(reading, from, paths->path, paths->is_needed);
        if (paths->taking == INVOICE_TAKE_TEXT)
            *(struct invoice_text *)field = text;
        else if (paths->taking == INVOICE_TAKE_DAY)
            take_day(reading, &text, field);
        else if (paths->taking == INVOICE_TAKE_AMOUNT)
            invoice_take_amount(reading, &text, field);
        else
            take_decimal(reading, &text, field);
    }
}

void *invoice_take_all(struct invoice_reading *reading, const struct xml *parent, const char *name,
                       const struct invoice_path *paths, size_t size, size_t most, size_t *ret_count)
{
    size_t count = 0;
    for (const struct xml *at = xml_child(parent, name); at != NULL; at = xml_next(at, name))
        count++;
    char *first = count > most ? NULL : arena_alloc_array(reading->arena, size, count + 1), *into = first;
    *ret_count = first == NULL ? 0 : count;
    if (first == NULL)
        return NULL;
    for (const struct xml *at = xml_child(parent, name); at != NULL; at = xml_next(at, name), into += size)
        invoice_take(reading, at, paths, into);
    return first;
}

/* ---- what several forms say alike ---- */

void invoice_take_kind(struct invoice_reading *reading, const struct xml *from, const char *path,
                       struct invoice *invoice)
{
    /* UNTDID 1001, as EN 16931 (BR-CL-01) restricts it; the pivot knows 380 and 381 alone. */
    static const char bills[] = " 80 82 84 130 202 203 204 211 295 325 326 380 383 384 385 386 387 388 389 390 393 394 "
                                "395 456 457 471 472 473 500 501 527 575 623 633 751 780 817 870 875 876 877 935 ";
    static const char credits[] = " 81 83 261 262 296 308 381 396 420 458 502 503 532 ";
    char wanted[8];
    invoice->type = invoice_take_text(reading, from, path, true);
    struct str type = invoice->type.text;
    if (type.len == 0)
        return;
    bool is_code = type.len <= 3 && str_find_byte(type, ' ') == SIZE_MAX;
    snprintf(wanted, sizeof wanted, " %.*s ", is_code ? (int)type.len : 0, type.at);
    invoice->is_credit = is_code && strstr(credits, wanted) != NULL;
    bool is_known = is_code && (invoice->is_credit || strstr(bills, wanted) != NULL);
    if (reading->form == INVOICE_PIVOT)
        is_known = str_eq(type, STR("380")) || str_eq(type, STR("381"));
    if (reading->form == INVOICE_UBL) /* the root says so too */
        is_known = is_known && invoice->is_credit == str_eq(reading->root->name, STR("CreditNote"));
    if (!is_known)
        refuse(reading, "invoice.kind", &invoice->type, STR(""));
}

/* By ISO 6523: 0009 is a SIRET, 0002 a SIREN, under which suppliers of Chorus Pro give a SIRET too. */
static void take_identifier(const struct invoice_text *text, struct str scheme, struct invoice_party *party)
{
    bool is_siren = str_eq(scheme, STR("0002"));
    bool is_siret = str_eq(scheme, STR("0009")) || (is_siren && text->text.len > SIREN_DIGITS) ||
                    (str_is_absent(scheme) && siret_is_right(text->text));
    struct invoice_text *into = is_siret ? &party->siret : is_siren ? &party->siren : &party->other;
    if (into->text.len == 0)
        *into = *text;
}

void invoice_take_identifiers(struct invoice_reading *reading, const struct xml *from, const char *path,
                              struct invoice_party *party)
{
    const struct xml *nearest;
    struct str rest = str_of(path), name = str_cut(&rest, '/');
    for (const struct xml *child = from->first; child != NULL; child = child->next) {
        if (!str_eq(child->name, name))
            continue;
        const struct xml *at = str_is_absent(rest) ? child : invoice_find(child, rest.at, &nearest);
        const struct invoice_text text = {xml_text(reading->arena, at), at};
        if (text.text.len > 0)
            take_identifier(&text, xml_attribute(at, "schemeID"), party);
    }
}
