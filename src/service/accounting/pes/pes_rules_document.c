/* A document that goes with the pieces (PES_PJ): R47 to R51. */
#include "base/base64.h"
#include "document/gzip.h"
#include "service/accounting/pes/pes_rules.h"

enum {
    QUANTUM = 4096, /* letters of base64 that are decoded at once, a multiple of 4 */
    NUMBER_MAX = 999999999,
    BLANKS = 4,
};

/* What a document may hold once inflated: what it is made of stands in a file of 16 MiB at most. */
#define INFLATED_MAX ((uint64_t)256 << 20)

/* ---- what it is ---- */

/* So many letters at a time: neither its bytes nor what is in them lie in memory as a whole. */
struct unpacking {
    struct gzip *gzip;
    char letters[QUANTUM];
    size_t count;
};

static enum status flush(struct unpacking *unpacking)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(QUANTUM);
    TRY(base64_decode(&bytes, (struct str){unpacking->letters, unpacking->count}));
    unpacking->count = 0;
    return bytes.len == 0 ? OK : gzip_take(unpacking->gzip, buf_str(&bytes));
}

static enum status unpack(struct unpacking *unpacking, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (str_find_byte((struct str){" \t\r\n", BLANKS}, text.at[i]) != SIZE_MAX)
            continue;
        unpacking->letters[unpacking->count++] = text.at[i];
        if (unpacking->count == QUANTUM)
            TRY(flush(unpacking));
    }
    return flush(unpacking);
}

/* base64 of a gzip that is whole and holds something. */
static bool is_readable(struct str text)
{
    struct gzip *gzip GZIP_SCOPE = gzip_create(INFLATED_MAX);
    struct unpacking unpacking = {.gzip = gzip};
    return unpack(&unpacking, text) == OK && gzip_is_whole(gzip) && gzip_inflated(gzip) > 0;
}

/* R49. The one text between the tags: a file of others has it in one piece. */
static void check_file(struct pes_rules *rules, const struct pes_at *document)
{
    const struct pes_at content = pes_child(document, "Contenu"), file = pes_child(&content, "Fichier");
    const struct xml *text = file.element == NULL ? NULL : file.element->first;
    if (file.element == NULL)
        return; /* said already */
    if (xml_attribute(file.element, "MIMEType").len == 0)
        pes_fault(rules->faults, "R49", &file, NULL, STR(""), STR("MIMEType"));
    else if (text == NULL || text->next != NULL || !str_is_absent(text->name) || !is_readable(text->text))
        pes_fault(rules->faults, "R49", &file, NULL, STR(""), STR("gzip, base64"));
}

/* ---- what it is of ---- */

/* R50: which kinds go with which part of the accounts; 007 and 008 with any. */
static bool is_at_home(struct str kind, struct str part)
{
    static const struct {
        struct str kind, parts;
    } homes[] = {{STR_INIT("001"), STR_INIT("04")}, {STR_INIT("002"), STR_INIT("02")},
                 {STR_INIT("003"), STR_INIT("01")}, {STR_INIT("004"), STR_INIT("01")},
                 {STR_INIT("005"), STR_INIT("01")}, {STR_INIT("006"), STR_INIT("01 02")}};
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
        if (str_eq(kind, homes[i].kind))
            return part.len == 2 && str_find(homes[i].parts, part) != SIZE_MAX;
    return true;
}

static void check_reference(struct pes_rules *rules, const struct pes_at *document, const struct pes_at *reference)
{
    struct str kind = pes_says(document, "TypePJ"), part = pes_says(reference, "Domaine");
    struct str more = pes_says(reference, "ComplementIdentifiant");
    if (part.len > 0 && !is_at_home(kind, part))
        pes_fault(rules->faults, "R50", reference, "Domaine", part, kind);
    if (pes_says(reference, "Identifiant").len == 0)
        pes_fault(rules->faults, "R51", reference, "Identifiant", STR(""), STR("Identifiant"));
    if (more.len > 0 && pes_number(reference, "ComplementIdentifiant", NUMBER_MAX) == 0)
        pes_fault(rules->faults, "R51", reference, "ComplementIdentifiant", more, STR("1"));
}

/* R47: in this file, and in those before it. */
static enum status check_name(struct pes_rules *rules, const struct pes_at *document)
{
    struct str name = pes_says(document, "IdUnique");
    enum status done = name.len == 0 ? OK : map_add(&rules->documents, name, rules);
    if (done == CONFLICT || (name.len > 0 && pes_has(&rules->context->documents, name)))
        pes_fault(rules->faults, "R47", document, "IdUnique", name, STR(""));
    return done == CONFLICT ? OK : done;
}

enum status pes_rules_documents(struct pes_rules *rules, const struct pes_at *part)
{
    for (struct pes_at at = pes_first(part, "PJ"); at.element != NULL; at = pes_next(&at)) {
        TRY(check_name(rules, &at));
        check_file(rules, &at);
        for (struct pes_at one = pes_first(&at, "RefCompta"); one.element != NULL; one = pes_next(&one))
            check_reference(rules, &at, &one);
    }
    return OK;
}
